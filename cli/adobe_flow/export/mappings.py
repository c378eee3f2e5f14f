"""The mapping of a dataflow: read from its mapping set, and written as a program declares it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from adobe_flow.aep.entities import Entity
from adobe_flow.export.declaration import NotExpressible
from adobe_flow.export.expressions import CallExpression, needs_noqa_comment
from adobe_flow.export.literals import format_literal
from pulumi_adobe.flow_service import platform_apis
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import AccessDenied, InvalidRequest, NotFound
from pulumi_adobe.json_values import get_objects
from pulumi_adobe.resource_types.dataflow import SCHEMA, get_mapping_set
from pulumi_adobe.resource_types.mapping import EXPRESSION, STATIC, MappingEntry, list_entries
from pulumi_adobe.resource_types.mapping_sets import parse_mappings, read_mapping

_LONGEST_KEY: Final = 60
"""The most characters of a column in the short form, in which a line cannot be broken."""


def read_declared_mapping(service: FlowServiceClient, entity: Entity, columns: Collection[str]) -> Any:
    """Return the mapping that a program declares for a dataflow; None if the dataflow has none.

    Args:
        service: The client.
        entity: The dataflow.
        columns: The names of the columns of its source connection.

    Raises:
        NotExpressible: The mapping set, or a mapping in it, cannot be read.
    """
    id_, version = get_mapping_set(SCHEMA.from_entity(entity))
    if id_ is None:
        return None
    try:
        mapping_set = platform_apis.get_mapping_set(service, id_, version)
    except (AccessDenied, InvalidRequest, NotFound) as error:
        raise NotExpressible(f"its mapping set {id_} cannot be read: {error.message}") from None
    entries = parse_mappings(mapping_set)
    _require_sources(mapping_set, entries)
    return read_mapping(entries, columns=columns)


def _require_sources(mapping_set: Mapping[str, Any], entries: Collection[MappingEntry]) -> None:
    """Raise `NotExpressible` if a mapping has another source than a text, or is no object."""
    listed = mapping_set.get("mappings")
    if not isinstance(listed, list) or len(get_objects(mapping_set, "mappings")) != len(listed):
        raise NotExpressible("its mapping set has mappings in a form that cannot be read")
    without_source = next((entry for entry in entries if not entry.source and entry.type != STATIC), None)
    if without_source:
        raise NotExpressible(f"its mapping to {without_source.destination} has no source that can be read")


def build_mapping_expression(mapping: Any) -> Any:
    """Return the mapping as the program writes it: the short form if each line of it can stand, else a list."""
    if isinstance(mapping, Mapping) and all(map(_fits_in_short_form, mapping)):
        return dict(mapping)
    return [_build_mapping_entry(entry) for entry in list_entries(mapping)]


def _fits_in_short_form(column: str) -> bool:
    return len(format_literal(column)) <= _LONGEST_KEY and not needs_noqa_comment(column)


def _build_mapping_entry(entry: MappingEntry) -> CallExpression:
    if entry.type == EXPRESSION:
        return CallExpression("Mapping.expression", (entry.source,), {"to": entry.destination})
    if entry.type == STATIC:
        return CallExpression("Mapping.constant", (entry.source,), {"to": entry.destination})
    return CallExpression("Mapping", (), {"source": entry.source, "to": entry.destination})
