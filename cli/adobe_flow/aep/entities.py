"""The base connections of a sandbox with their parameters, and the dataflows.

Adobe: flow-service.yaml, `GET /connections`, `/sourceConnections`, `/flows`; times are epoch milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from adobe_flow.aep.reading import UNREADABLE, read_entities, read_entity
from adobe_flow.problem import Problem
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.json_values import get_member, get_object
from pulumi_adobe.sources import ConnectionSpec, find_spec_by_id
from pulumi_adobe.suggestions import find_similar_names

Entity: TypeAlias = Mapping[str, Any]
"""An entity as Flow Service shows it; its secrets are masked."""

_PAGE = (("limit", "100"),)


class EntityIdentity:
    """The id and the name of an entity, for the classes that hold one with more about it."""

    entity: Entity

    @property
    def id(self) -> str:
        """The id of the entity in Flow Service."""
        return str(self.entity.get("id"))

    @property
    def name(self) -> str:
        """The name of the entity in Experience Platform."""
        return str(self.entity.get("name"))


def list_connections(service: FlowServiceClient) -> list[Entity]:
    """Return all base connections, oldest first."""
    return read_entities(service.list("connections", _PAGE), "connection")


def get_connection(service: FlowServiceClient, id_: str) -> Entity:
    """Return the base connection with this id."""
    return read_entity(service.get("connections", id_))[0]


def get_spec_id(entity: Entity) -> str:
    """Return the id of the connection spec; an empty text if the entity has none."""
    return str(get_member(entity, "connectionSpec", "id") or "")


def get_auth_spec_name(entity: Entity) -> str:
    """Return Adobe's name of the auth spec; the text `None` if the entity has none."""
    return str(get_member(entity, "auth", "specName"))


def find_catalogue_spec(entity: Entity) -> ConnectionSpec | None:
    """Return the connection spec in the catalogue; None if the catalogue does not have it."""
    return find_spec_by_id(get_spec_id(entity))


def get_source_name(entity: Entity) -> str:
    """Return the name of the source in the catalogue; without an entry there, the id of the connection spec."""
    spec = find_catalogue_spec(entity)
    return spec.source if spec else get_spec_id(entity)


def read_parameters(entity: Entity) -> dict[str, Any]:
    """Return the parameters that the service shows and the required secrets; a secret's value is None.

    A parameter that the catalogue does not have counts as a secret, whatever the service shows of it.
    """
    spec = find_catalogue_spec(entity)
    catalogued = (
        {parameter.name: parameter for parameter in spec.auth_specs.get(get_auth_spec_name(entity), ())} if spec else {}
    )
    values = get_object(entity, "auth", "params")
    required = [parameter.name for parameter in catalogued.values() if parameter.secret and parameter.required]
    return {
        name: values.get(name) if name in catalogued and not catalogued[name].secret else None
        for name in dict.fromkeys((*values, *required))
    }


@dataclass(frozen=True)
class SandboxDataflows:
    """The dataflows of a sandbox, and the source connections through which they read."""

    flows: Sequence[Entity]
    source_connections: Sequence[Entity]

    def list_reading_from(self, connection_id: str) -> list[Entity]:
        """Return the dataflows that read from this base connection, through their source connections."""
        if connection_id == UNREADABLE:
            return []
        source_ids = {
            source_connection.get("id")
            for source_connection in self.source_connections
            if source_connection.get("baseConnectionId") == connection_id
        }
        return [flow for flow in self.flows if source_ids & set(flow.get("sourceConnectionIds") or ())]


def list_dataflows(service: FlowServiceClient) -> SandboxDataflows:
    """Read the dataflows and source connections of the sandbox."""
    return SandboxDataflows(
        read_entities(service.list("flows", _PAGE), "dataflow"),
        read_entities(service.list("sourceConnections", _PAGE), "source connection"),
    )


def name_contains(entity: Entity, text: str) -> bool:
    """Return whether a text is a part of the entity's name, in any case. An entity without a name has no part."""
    return text.lower() in str(entity.get("name") or "").lower()


def find_entity(entities: Sequence[Entity], name_or_id: str, kind: str = "connection") -> Entity:
    """Return the entity with this id or name.

    Raises:
        Problem: No entity has it, and the hint has similar names; or several have it, and the message has their ids.
    """
    matches = [entity for entity in entities if entity.get("id") == name_or_id] or [
        entity for entity in entities if entity.get("name") == name_or_id
    ]
    if len(matches) == 1:
        return matches[0]
    if matches:
        ids = ", ".join(str(entity.get("id")) for entity in matches)
        raise Problem(f'{len(matches)} {kind}s are named "{name_or_id}": {ids}.', "Give the id of one of them.")
    raise Problem(f'There is no {kind} "{name_or_id}" in the sandbox.', _suggest_names(entities, name_or_id, kind))


def _suggest_names(entities: Sequence[Entity], name: str, kind: str) -> str:
    names = sorted({str(entity.get("name")) for entity in entities})
    similar = find_similar_names(name, names)
    if similar:
        return f"Did you mean {' or '.join(similar)}?"
    return f"There are: {', '.join(names[:10])}{', …' if len(names) > 10 else ''}." if names else f"There is no {kind}."  # noqa: PLR2004 - a line's worth
