"""Mapping sets: what Data Prep receives, and what a mapping set that it returns means.

It is sent in the form of Adobe's OpenAPI (`outputSchema`, `source`, `destination`). Adobe's pages print four other
forms, in which a set that somebody else made may come back.

Adobe: data-prep.yaml; "Mapping sets endpoint"; crm.md; the guides for Pendo, Mixpanel and LAVA.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pulumi_adobe.json_values import get_objects
from pulumi_adobe.resource_types.mapping import ATTRIBUTE, EXPRESSION, STATIC, MappingEntry, build_mapping, list_entries
from pulumi_adobe.resource_types.mapping_paths import format_path, is_ambiguous, parse_path, resolve_source

_TYPES: Final = {
    "attribute": ATTRIBUTE,
    "text/x.schema-path": ATTRIBUTE,
    "expression": EXPRESSION,
    "text/x.aep-xl": EXPRESSION,
    "static": STATIC,
}


DEFAULT_CONTENT_TYPE: Final = "application/vnd.adobe.xed-full+json;version=1"


@dataclass(frozen=True)
class SchemaReference:
    """An XDM schema and its version, which dataset, target connection and mapping set must share (Adobe: 1425-400)."""

    id: str
    content_type: str = DEFAULT_CONTENT_TYPE

    @classmethod
    def parse(cls, id_: object, content_type: object) -> SchemaReference | None:
        """Return the reference that an entity has; None if it has no id."""
        if not isinstance(id_, str):
            return None
        return cls(id_, content_type if isinstance(content_type, str) else DEFAULT_CONTENT_TYPE)


def build_mapping_set(
    schema: SchemaReference, entries: Iterable[MappingEntry], columns: Collection[str] | None
) -> dict[str, Any]:
    """Return the body of a mapping set that fills this schema."""
    reference = {"id": schema.id, "contentType": schema.content_type}
    return {"outputSchema": {"schemaRef": reference}, "mappings": build_mappings(entries, columns)}


def build_mappings(entries: Iterable[MappingEntry], columns: Collection[str] | None) -> list[dict[str, Any]]:
    """Return the mappings as Data Prep takes them, the names of columns quoted.

    Args:
        entries: The declared mappings.
        columns: The names of the columns of the source connection; None if they are not known.
    """
    return [
        {"sourceType": entry.type, "source": _format_source(entry, columns), "destination": entry.destination}
        for entry in sorted(entries, key=lambda entry: str(entry.destination))
    ]


def parse_mappings(mapping_set: Mapping[str, Any]) -> list[MappingEntry]:
    """Return the mappings of a mapping set, whatever its form."""
    return [_parse_mapping(mapping) for mapping in get_objects(mapping_set, "mappings")]


def read_mapping(
    entries: Sequence[MappingEntry], prior_mapping: object = None, columns: Collection[str] | None = None
) -> Any:
    """Return what a program would declare for the mappings of a set.

    Args:
        entries: The mappings of the set.
        prior_mapping: A mapping that the program declares: one that says the same is written as there.
        columns: The names of the columns of the source connection; None if they are not known. A name with a mark of
            paths, such as a dot, is written without quotes only if it is one of them.
    """
    prior_entries = {_normalize_path(entry.destination): entry for entry in list_entries(prior_mapping)}
    return build_mapping(
        [_read_entry(entry, prior_entries.get(_normalize_path(entry.destination)), columns) for entry in entries]
    )


def _format_source(entry: MappingEntry, columns: Collection[str] | None) -> str:
    return format_path(resolve_source(entry.source, columns)) if entry.type == ATTRIBUTE else str(entry.source)


def _parse_mapping(mapping: Mapping[str, Any]) -> MappingEntry:
    sources = [mapping.get(name) for name in ("source", "sourceAttribute", "sourceExpression")]
    source = next((value for value in sources if isinstance(value, str)), "")
    destinations = [mapping.get(name) for name in ("destination", "destinationXdmPath")]
    destination = next((value for value in destinations if isinstance(value, str)), "")
    default_type = (
        EXPRESSION if mapping.get("sourceExpression") == source and sources[:2] == [None, None] else ATTRIBUTE
    )
    type_ = str(mapping.get("sourceType") or default_type)
    return MappingEntry(source, destination, _TYPES.get(type_.lower(), type_))


def _read_entry(entry: MappingEntry, prior: MappingEntry | None, columns: Collection[str] | None) -> MappingEntry:
    if prior is not None and prior.type == entry.type and _has_source(prior, entry):
        return prior
    path = parse_path(entry.source) if entry.type == ATTRIBUTE else None
    if path is None or len(path) > 1 or path[0].indexes:
        return entry
    if is_ambiguous(path[0].name) and path[0].name not in (columns or ()):
        return entry
    return MappingEntry(path[0].name, entry.destination, entry.type)


def _has_source(prior: MappingEntry, entry: MappingEntry) -> bool:
    """Return whether a declared mapping has the source of one that Data Prep returned."""
    if entry.type != ATTRIBUTE or not isinstance(prior.source, str):
        return bool(prior.source == entry.source)
    path = parse_path(entry.source)
    return path is not None and path in (
        resolve_source(prior.source, None),
        resolve_source(prior.source, {prior.source}),
    )


def _normalize_path(path: Any) -> Any:
    return (parse_path(path) or path) if isinstance(path, str) else path
