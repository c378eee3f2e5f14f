"""The mapping of a dataflow in one form: the source of each destination, read from a mapping set or from a state.

Adobe's pages print mapping sets in five forms, and quote names only where they must (`order_id`, `${First Name}`). The
provider reads them all; here both sides get its own spelling.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from adobe_flow.aep.reading import UNREADABLE
from pulumi_adobe.resource_types.mapping import (
    ATTRIBUTE,
    EXPRESSION,
    STATIC,
    MappingEntry,
    list_entries,
    normalize_mapping,
)
from pulumi_adobe.resource_types.mapping_paths import format_path, parse_path
from pulumi_adobe.resource_types.mapping_sets import build_mappings, parse_mappings

_TYPES = {EXPRESSION: "expression", STATIC: "constant"}
"""The names in a program for the types of a source that is no path."""


def read_mapping_set(mapping_set: Mapping[str, Any]) -> Any:
    """Return the source of each destination of a mapping set, or `UNREADABLE` if it has no list of mappings."""
    if not isinstance(mapping_set.get("mappings"), list):
        return UNREADABLE
    return _group_by_destination(parse_mappings(mapping_set))


def read_declared_mapping(mapping: Any, columns: Collection[str] | None) -> Any:
    """Return the source of each destination of a mapping in a state, or `UNREADABLE` if it is no mapping.

    Args:
        mapping: The input of the dataflow.
        columns: The names of the columns of the source connection; None if the stack does not declare it.
    """
    if not isinstance(mapping, (Mapping, list)):
        return UNREADABLE
    entries = list_entries(normalize_mapping(mapping))
    if len(entries) != len(mapping) or not all(_is_readable_entry(entry) for entry in entries):
        return UNREADABLE
    return _group_by_destination(parse_mappings({"mappings": build_mappings(entries, columns)}))


def _is_readable_entry(entry: MappingEntry) -> bool:
    return all(isinstance(text, str) for text in (entry.source, entry.destination, entry.type))


def _group_by_destination(entries: Iterable[MappingEntry]) -> dict[str, Any]:
    """Return the source of each destination; a list of them if a set fills a destination several times."""
    sources: dict[str, list[Any]] = {}
    for entry in entries:
        sources.setdefault(_format_mapping_path(entry.destination), []).append(_read_mapping_source(entry))
    return {
        path: path_sources[0] if len(path_sources) == 1 else sorted(path_sources, key=repr)
        for path, path_sources in sources.items()
    }


def _read_mapping_source(entry: MappingEntry) -> Any:
    if entry.type == ATTRIBUTE:
        return _format_mapping_path(entry.source)
    return {_TYPES.get(entry.type, str(entry.type)): entry.source}


def _format_mapping_path(path: str) -> str:
    """Return a path with quotes only around names that need them; an invalid path is returned unchanged."""
    segments = parse_path(path)
    return format_path(segments) if segments else path
