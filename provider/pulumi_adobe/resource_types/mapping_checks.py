"""What the XDM schema and Data Prep say of a mapping, before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.resource_types.mapping import ATTRIBUTE, MappingEntry, list_entries, validate_mapping
from pulumi_adobe.resource_types.mapping_paths import is_ambiguous
from pulumi_adobe.resource_types.mapping_sets import SchemaReference, build_mapping_set
from pulumi_adobe.resource_types.schema_paths import find_schema_path, list_schema_paths
from pulumi_adobe.suggestions import suggest_name

_MAP_KEY_WARNING: Final = (
    "fills a key of a map. Adobe's pages contradict each other about maps; after the first run, look whether the "
    'dataset has the value. A calculated field with to_map("key", value) fills the whole map instead'
)


def find_path_problems(context: ProviderContext, resource: str, schema_id: str, mapping: object) -> Iterator[str]:
    """Return the paths that the XDM schema lacks. Keys of maps are one warning."""
    entries = [entry for entry in list_entries(mapping) if isinstance(entry.destination, str)]
    if not entries:
        return
    schema = context.preview_checks.ask(
        "XDM schemas", "the mapping with the XDM schema", resource, lambda: context.metadata.get_schema(schema_id)
    )
    paths = list_schema_paths(schema or {})
    if schema is None or not paths:
        return
    found_paths = [(entry, find_schema_path(schema, entry.destination)) for entry in entries]
    for entry, found in found_paths:
        if not found.exists:
            path = entry.destination
            yield f"{entry.label}: the schema has no path {path}{suggest_name(path, paths)}"
    map_keys = ", ".join(entry.destination for entry, found in found_paths if found.exists and found.has_map_key)
    if map_keys:
        context.show_message_once(f"warning: {resource}: mapping to {map_keys} {_MAP_KEY_WARNING}")


def find_data_prep_problems(
    context: ProviderContext, resource: str, schema: SchemaReference, mapping: object, columns: Collection[str]
) -> Iterator[str]:
    """Return what Data Prep says is wrong with each mapping.

    Asks about those that are wholly known: the answer is about the mapping set that `up` would create.
    """
    entries = [entry for entry in list_entries(mapping) if _is_known(entry, columns)]
    if not entries or any(validate_mapping(mapping)):
        return
    entries.sort(key=lambda entry: str(entry.destination))
    body = build_mapping_set(schema, entries, columns)
    answers = context.preview_checks.ask(
        "Data Prep", "the mapping", resource, lambda: context.metadata.validate_mapping_set(body)
    )
    for entry, complaint in zip(entries, answers or (), strict=False):
        if complaint:
            yield f"{entry.label}: Data Prep refuses the mapping to {entry.destination}: {complaint}"


def _is_known(entry: MappingEntry, columns: Collection[str]) -> bool:
    if not isinstance(entry.source, str) or not isinstance(entry.destination, str):
        return False
    return bool(columns) or entry.type != ATTRIBUTE or not is_ambiguous(entry.source)
