"""What Flow Service has in one sandbox, read whole, and found again by name or id.

Adobe: flow-service.yaml, `GET /connections`, `/sourceConnections`, `/flows`; times are epoch milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from adobe_flow.problem import Problem
from adobe_flow.reading import UNREADABLE, read_entities, read_entity
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.json_values import get_member
from pulumi_adobe.sources import ConnectionSpec, find_spec_by_id
from pulumi_adobe.suggestions import find_similar_names

Entity: TypeAlias = Mapping[str, Any]
"""An entity as Flow Service shows it; its secrets are masked."""

_PAGE = (("limit", "100"),)


def connections(service: FlowServiceClient) -> list[Entity]:
    """All base connections, oldest first."""
    return read_entities(service.list("connections", _PAGE), "connection")


def connection(service: FlowServiceClient, id_: str) -> Entity:
    """The base connection with this id."""
    return read_entity(service.get("connections", id_))[0]


def spec_id_of(entity: Entity) -> str:
    """The id of its connection spec; an empty text where it shows none."""
    return str(get_member(entity, "connectionSpec", "id") or "")


def auth_spec_of(entity: Entity) -> str:
    """Adobe's name of the way to authenticate; `None` where it shows none."""
    return str(get_member(entity, "auth", "specName"))


def catalogued(entity: Entity) -> ConnectionSpec | None:
    """Its connection spec in the catalogue; None where it is none of it."""
    return find_spec_by_id(spec_id_of(entity))


def source_of(entity: Entity) -> str:
    """The source's name in the catalogue; where it is none of it, the connection spec's id."""
    spec = catalogued(entity)
    return spec.source if spec else spec_id_of(entity)


@dataclass(frozen=True)
class Dataflows:
    """The dataflows of a sandbox, and which base connection each reads from."""

    flows: Sequence[Entity]
    source_connections: Sequence[Entity]

    def on(self, connection_id: str) -> list[Entity]:
        """Those that read from this base connection, through their source connections."""
        if connection_id == UNREADABLE:
            return []
        between = {each.get("id") for each in self.source_connections if each.get("baseConnectionId") == connection_id}
        return [flow for flow in self.flows if between & set(flow.get("sourceConnectionIds") or ())]


def dataflows(service: FlowServiceClient) -> Dataflows:
    """All of them."""
    return Dataflows(
        read_entities(service.list("flows", _PAGE), "dataflow"),
        read_entities(service.list("sourceConnections", _PAGE), "source connection"),
    )


def the_one(found: Sequence[Entity], wanted: str, what: str = "connection") -> Entity:
    """The one with this id or this name. Raises Problem: the nearest names where none has it, both where two have."""
    matches = [each for each in found if each.get("id") == wanted] or [
        each for each in found if each.get("name") == wanted
    ]
    if len(matches) == 1:
        return matches[0]
    if matches:
        listed = ", ".join(str(each.get("id")) for each in matches)
        raise Problem(
            f'{len(matches)} {what}s are named "{wanted}": {listed}.', "Name the one that is meant by its id."
        )
    raise Problem(f'There is no {what} "{wanted}" here.', _nearest(found, wanted, what))


def _nearest(found: Sequence[Entity], wanted: str, what: str) -> str:
    names = sorted({str(each.get("name")) for each in found})
    near = find_similar_names(wanted, names)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"There are: {', '.join(names[:10])}{', …' if len(names) > 10 else ''}." if names else f"There is no {what}."  # noqa: PLR2004 - a line's worth
