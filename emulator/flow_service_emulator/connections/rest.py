"""Exploring a REST source: its records, and a JSON schema that is made of them.

Adobe: zendesk.md and mailchimp-members.md ("Explore your source"): `objectType=rest&object=json&fileType=json`, and in
`sourceParams` the `params` of the source connection as base64, with padding (`e30=`) or without (`e30`).
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, Final

from flow_service_emulator.errors import FlowServiceError

_PREVIEW: Final = 100
_TYPES: Final = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"))


def explore_records(records: list[dict[str, Any]], query: Mapping[str, str]) -> dict[str, Any]:
    """Return the schema of the records and, with `preview=true`, the records."""
    object_type = query.get("objectType", "")
    if object_type.lower() != "rest":
        raise FlowServiceError("CONNECTOR-1358-400", f"objectType [{object_type}] is not supported")
    if query.get("fileType", "json").lower() != "json":
        raise FlowServiceError("CONNECTOR-1312-400", f"fileType [{query['fileType']}] is not supported")
    read_source_params(query.get("sourceParams", ""))
    data = {"data": records[:_PREVIEW]} if query.get("preview", "false").lower() == "true" else {}
    return {"format": "hierarchical", "schema": build_schema(records), **data}


def read_source_params(text: str) -> dict[str, Any]:
    """Return the parameters in `sourceParams`. Decided: without them the request is refused."""
    if not text:
        raise FlowServiceError("CONNECTOR-1304-400", "sourceParams is required for objectType [rest]")
    try:
        padded = text + "=" * (-len(text) % 4)
        params = json.loads(base64.b64decode(padded, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        params = None
    if not isinstance(params, dict):
        raise FlowServiceError("CONNECTOR-1312-400", "sourceParams must be a JSON object as base64")
    return params


def build_schema(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the JSON schema of some objects, with every member that one of them has."""
    properties: dict[str, Any] = {}
    for record in records:
        for name, value in record.items():
            if name not in properties and value is not None:
                properties[name] = _build_json_type(value)
    return {"type": "object", "properties": properties}


def _build_json_type(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return build_schema([value])
    if isinstance(value, list):
        return {"type": "array", **({"items": _build_json_type(value[0])} if value else {})}
    return {"type": next(name for type_, name in _TYPES if isinstance(value, type_))}
