"""Which paths an XDM schema has, elements of arrays and keys of maps included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flow_service_emulator.lake.mapping_paths import Path

OPEN: Final = object()
"""A schema that is composed of others ("allOf"), or does not list its members: it has every path."""


def find_path_problem(schema: Mapping[str, Any], path: Path, *, allow_map_keys: bool) -> str:
    """Return why a schema does not have a path; an empty text if it has the path."""
    node: Any = schema
    for step in path:
        if node is OPEN:
            return ""
        if not isinstance(step, str):
            node = _get_element_schema(node)
        elif _is_map(node, step):
            if not allow_map_keys:
                return "a key of a map cannot be mapped"
            node = node["additionalProperties"]
        else:
            node = _get_member_schema(node, step)
        if node is None:
            return "not found in the schema"
    return ""


def _get_element_schema(node: Any) -> Any:
    items = node.get("items") if isinstance(node, dict) else None
    if isinstance(items, dict):
        return items
    return OPEN if isinstance(node, dict) and node.get("type", "array") == "array" else None


def _is_map(node: Any, step: str) -> bool:
    if not isinstance(node, dict) or not isinstance(node.get("additionalProperties"), dict):
        return False
    properties = node.get("properties")
    return not (isinstance(properties, dict) and step in properties)


def _get_member_schema(node: Any, step: str) -> Any:
    while isinstance(node, dict) and isinstance(node.get("items"), dict):
        node = node["items"]
    if not isinstance(node, dict) or node.get("type", "object") != "object":
        return None
    properties = node.get("properties")
    if not isinstance(properties, dict) or not properties or "allOf" in node:
        return OPEN
    inner = properties.get(step)
    return inner if isinstance(inner, dict) or inner is None else {}
