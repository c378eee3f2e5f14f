"""The mapping of a dataflow: which column goes to which path of the XDM schema.

Adobe: Data Prep, `POST /mappingSets` (crm.md, data-prep.yaml).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def validate_mapping(mapping: object) -> Iterator[str]:
    """Return what is wrong with a mapping of columns to paths, by itself."""
    if not isinstance(mapping, Mapping):
        return
    if not mapping:
        yield "mapping: needs at least one column"
    paths = [path for path in mapping.values() if isinstance(path, str)]
    for path in sorted({path for path in paths if paths.count(path) > 1}):
        columns = ", ".join(sorted(str(column) for column, other_path in mapping.items() if other_path == path))
        yield f"mapping: {columns} go to the same path, {path}"
    for column, path in mapping.items():
        if path is None or (isinstance(path, str) and not path.strip()):
            yield f"mapping.{column}: has no path"


def build_mappings(mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the mappings in the form that Data Prep takes."""
    return [
        {
            "sourceAttribute": column,
            "destinationXdmPath": path,
            "identity": False,
            "identityGroup": None,
            "namespaceCode": None,
            "version": 0,
        }
        for column, path in sorted(mapping.items())
    ]


def list_schema_paths(schema: Mapping[str, Any]) -> set[str]:
    """Return every path of an XDM schema, objects on the way included."""
    paths: set[str] = set()
    properties = schema.get("properties")
    for name, property_schema in (properties if isinstance(properties, Mapping) else {}).items():
        paths.add(name)
        if isinstance(property_schema, Mapping):
            paths |= {f"{name}.{path}" for path in list_schema_paths(property_schema)}
    return paths


def has_schema_path(schema: Mapping[str, Any], path: str) -> bool:
    """Return whether an XDM schema has this path; True also where the schema does not say what an object has.

    A path may name members of a list, as in `items[*].sku`, and any key of a map.
    """
    node: Any = schema
    for step in path.split("."):
        name = step.partition("[")[0]
        while isinstance(node, Mapping) and isinstance(node.get("items"), Mapping):
            node = node["items"]
        if not isinstance(node, Mapping) or node.get("type", "object") not in {"object", "array"}:
            return False
        properties = node.get("properties")
        if not isinstance(properties, Mapping) or "allOf" in node or "$ref" in node:
            return True
        if name not in properties:
            return isinstance(node.get("additionalProperties"), Mapping)
        node = properties[name]
    return True
