"""The view of base connections on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flow_service_emulator import catalogue
from flow_service_emulator.console import masking
from flow_service_emulator.console.formats import format_text
from flow_service_emulator.console.places import Place
from flow_service_emulator.entities import states
from flow_service_emulator.json_values import get_member

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity


@dataclass(frozen=True)
class ConnectionView:
    """One connection on a page: ``entity`` is what GET shows; while initializing there is no etag."""

    id: str
    name: str
    source: str
    place: Place
    state: str
    etag: str
    entity: dict[str, Any]


def end_work_on_connections(emulator: Emulator) -> None:
    """End the initialization and updates of connections whose time is over. This counts as no read."""
    for connection in emulator.connections.all():
        if states.end_work(connection, read=False):
            emulator.connections.save(connection)


def build_connection_view(emulator: Emulator, connection: Entity) -> ConnectionView:
    """Return a connection in the form in which a page of the console shows it."""
    shown = masking.show_connection(connection, emulator.switches)
    return ConnectionView(
        id=connection.id,
        name=format_text(shown.get("name")) or "(no name)",
        source=get_source_name(shown.get("connectionSpec")),
        place=Place.from_entity(connection),
        state=connection.state,
        etag="" if connection.state == states.INITIALIZING else connection.etag,
        entity=shown,
    )


def list_connection_views(emulator: Emulator, place: Place, sought: str) -> list[ConnectionView]:
    """Return the connections of a place whose name, source or id has the text, the newest first."""
    connection_views = [
        build_connection_view(emulator, connection)
        for connection in emulator.connections.all()
        if place.contains(connection)
    ]
    word = sought.casefold()
    return [
        connection
        for connection in reversed(connection_views)
        if word in f"{connection.name} {connection.source} {connection.id}".casefold()
    ]


def get_source_name(spec: Any) -> str:
    """Return the documentation's title of the source, or the id of a spec that the catalogue lacks."""
    id_ = format_text(get_member(spec, "id"))
    spec = catalogue.get_base_specs().get(id_)
    return str(spec["attributes"]["connectorName"]) if spec else id_


def list_dependents(emulator: Emulator, connection_id: str) -> list[tuple[Entity, list[Entity]]]:
    """Return the source connections on a connection, each with its dataflows."""
    sources = [
        source
        for source in emulator.stores["sourceConnections"].all()
        if source.declared.get("baseConnectionId") == connection_id
    ]
    flows = emulator.stores["flows"].all()
    return [
        (source, [flow for flow in flows if source.id in (flow.declared.get("sourceConnectionIds") or [])])
        for source in sources
    ]
