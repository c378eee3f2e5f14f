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
