"""What the pages show of base connections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flow_service_emulator import catalogue
from flow_service_emulator.checks import member
from flow_service_emulator.console import masking
from flow_service_emulator.console.formats import text
from flow_service_emulator.console.places import Place
from flow_service_emulator.entities import states

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity


@dataclass(frozen=True)
class ConnectionView:
    """``entity`` is what GET shows; while initializing there is no etag."""

    id: str
    name: str
    source: str
    place: Place
    state: str
    etag: str
    entity: dict[str, Any]


def settle(emulator: Emulator) -> None:
    """As a list does: an initializing whose time is over ends; no read is counted."""
    for connection in emulator.connections.all():
        if states.end_work(connection, read=False):
            emulator.connections.save(connection)


def view(emulator: Emulator, connection: Entity) -> ConnectionView:
    """One connection."""
    shown = masking.shown(connection, emulator.switches)
    return ConnectionView(
        id=connection.id,
        name=text(shown.get("name")) or "(no name)",
        source=source_name(shown.get("connectionSpec")),
        place=Place.of(connection),
        state=connection.state,
        etag="" if connection.state == states.INITIALIZING else connection.etag,
        entity=shown,
    )


def views(emulator: Emulator, place: Place, sought: str) -> list[ConnectionView]:
    """Those of a place whose name, source or id has the text, the newest first."""
    found = [view(emulator, each) for each in emulator.connections.all() if place.has(each)]
    wanted = sought.casefold()
    return [each for each in reversed(found) if wanted in f"{each.name} {each.source} {each.id}".casefold()]


def source_name(spec: Any) -> str:
    """The documentation's title of the source, or the id of a spec that the catalogue lacks."""
    id_ = text(member(spec, "id"))
    known = catalogue.specs().get(id_)
    return str(known["attributes"]["connectorName"]) if known else id_


def used_by(emulator: Emulator, connection_id: str) -> list[tuple[Entity, list[Entity]]]:
    """The source connections on it, each with its dataflows."""
    sources = [
        each
        for each in emulator.stores["sourceConnections"].all()
        if each.declared.get("baseConnectionId") == connection_id
    ]
    flows = emulator.stores["flows"].all()
    return [
        (source, [flow for flow in flows if source.id in (flow.declared.get("sourceConnectionIds") or [])])
        for source in sources
    ]
