"""The paths of an XDM schema, as the destinations of a mapping name them.

Adobe: "Data Prep data handling" says that maps are not supported, "Data Prep mapping functions" has functions for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_adobe.resource_types.mapping_paths import Segment, parse_path


def list_schema_paths(schema: Mapping[str, Any]) -> set[str]:
    """Return every path of an XDM schema, objects on the way included."""
    paths: set[str] = set()
    properties = schema.get("properties")
    for name, property_schema in (properties if isinstance(properties, Mapping) else {}).items():
        paths.add(name)
        if isinstance(property_schema, Mapping):
            paths |= {f"{name}.{path}" for path in list_schema_paths(property_schema)}
    return paths


@dataclass(frozen=True)
class SchemaPath:
    """What an XDM schema says of a path.

    Attributes:
        exists: Whether the schema has it; True also where the schema does not say what an object has.
        has_map_key: Whether it names a key of a map.
    """

    exists: bool
    has_map_key: bool = False


def find_schema_path(schema: Mapping[str, Any], path: str) -> SchemaPath:
    """Return what a schema says of a path, which may name elements of arrays (`items[*].sku`) and keys of maps."""
    node: Any = schema
    has_map_key = False
    for segment in parse_path(path) or ():
        node, is_map = _enter(node, segment)
        has_map_key = has_map_key or is_map
        if not isinstance(node, Mapping):
            return SchemaPath(exists=node is not None, has_map_key=has_map_key)
    return SchemaPath(exists=node is not schema, has_map_key=has_map_key)


def _enter(node: Mapping[str, Any], segment: Segment) -> tuple[Any, bool]:
    """Return the schema of a segment, and whether it is that of a map's key.

    The schema is None if there is no such segment, and `...` if anything may be there.
    """
    while isinstance(node.get("items"), Mapping):
        # A path may leave out the element: `items.sku`.
        node = node["items"]
    if not _may_be(node, {"object", "array"}):
        return None, False
    properties, values = node.get("properties"), node.get("additionalProperties")
    names = properties if isinstance(properties, Mapping) else {}
    is_map = segment.name not in names and isinstance(values, Mapping)
    if is_map:
        return _enter_elements(values, segment), True
    if not isinstance(properties, Mapping) or "allOf" in node or "$ref" in node:
        return ..., False
    return _enter_elements(properties.get(segment.name), segment), False


def _enter_elements(node: Any, segment: Segment) -> Any:
    for _ in range(segment.indexes.count("[")):
        if not isinstance(node, Mapping):
            return node
        if not isinstance(node.get("items"), Mapping):
            return ... if _may_be(node, {"array"}) else None
        node = node["items"]
    return node


def _may_be(node: Mapping[str, Any], types: set[str]) -> bool:
    """Return whether a schema allows one of these types; also if it names none."""
    declared = node.get("type")
    return declared is None or any(type_ in types for type_ in (declared if isinstance(declared, list) else [declared]))
