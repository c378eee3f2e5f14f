"""The flow specs: the ways from a kind of source into the data lake.

Adobe: crm.md ("Create a dataflow for CRM sources") prints CRMToAEP whole; cloud-storage.md, streaming.md and the pages
of the Sources SDK name the others. Which sources each of them has is in the data of the connection specs.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from flow_service_emulator import catalogue
from flow_service_emulator.catalogue import LAKE_SPEC, REST_TO_LAKE

TABLES_TO_LAKE = "14518937-270c-4525-bdec-c2ba7cce3860"
FILES_TO_LAKE = "9753525b-82c7-4dce-8a9b-5ccfce2b9876"
STREAM_WITH_MAPPING = "c1a19761-d2c7-4702-b9fa-fe91f0613e81"
STREAM = "d69717ba-71b4-4313-b654-49f9cf126d7a"
STREAM_WITHOUT_MAPPING = "d8a6f005-7eaf-4153-983e-e8574508b877"
STREAMING_SDK = "e77fde5a-22a8-11ed-861d-0242ac120002"
_FREQUENCIES = ("once", "minute", "hour", "day", "week")


@cache
def get_flow_specs() -> dict[str, dict[str, Any]]:
    """Return all flow specs by id, as `GET /flowSpecs/{id}` shows them."""
    batch = [
        _build_spec(TABLES_TO_LAKE, "CRMToAEP", [_COPY, _MAPPING]),
        _build_spec(FILES_TO_LAKE, "CloudStorageToAEP", [_MAPPING]),
        _build_spec(REST_TO_LAKE, "RestStorageToAEP", [_MAPPING]),
    ]
    streams = [
        _build_stream_spec(STREAM_WITH_MAPPING, "Stream data with transformation", [_MAPPING], updateSupported=False),
        _build_stream_spec(STREAM, "Stream data with optional transformation", [_MAPPING]),
        _build_stream_spec(STREAM_WITHOUT_MAPPING, "Stream data without transformation", []),
        _build_stream_spec(STREAMING_SDK, "Streaming SDK", [_MAPPING]),
    ]
    return {spec["id"]: spec for spec in [*batch, *streams]}


def _build_stream_spec(id_: str, name: str, transformations: list[dict[str, Any]], **features: bool) -> dict[str, Any]:
    """Return the spec of streams: no schedule, no options, and no runs that a client starts (streaming.md)."""
    whole = _build_spec(id_, name, transformations)
    batch_only = {"scheduleSpec", "runSpec", "optionSpec"}
    shown = {member: value for member, value in whole.items() if member not in batch_only}
    permissions = {
        kind: [{"@type": "lowLevel", "name": "StreamingSource", "permissions": [right]}]
        for kind, right in (("view", "read"), ("manage", "write"))
    }
    return {
        **shown,
        "providerId": catalogue.STREAMING_PROVIDER_ID,
        "attributes": {
            "isSourceFlow": True,
            "flacValidationSupported": True,
            "isDraftModeSupported": True,
            "frequency": "streaming",
            "uiAttributes": {"apiFeatures": {"flowRunsSupported": False, **features}},
        },
        "permissionsInfo": permissions,
    }


def is_update_supported(flow_spec_id: str) -> bool:
    """Return whether Flow Service can update dataflows of a flow spec; only one spec says that it cannot."""
    attributes = get_flow_specs().get(flow_spec_id, {}).get("attributes", {})
    supported: bool = attributes.get("uiAttributes", {}).get("apiFeatures", {}).get("updateSupported", True)
    return supported


def _build_spec(id_: str, name: str, transformations: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": id_,
        "name": name,
        "providerId": catalogue.PROVIDER_ID,
        "version": "1.0",
        "sourceConnectionSpecIds": catalogue.list_sources_of_flow_spec(id_),
        "targetConnectionSpecIds": [LAKE_SPEC],
        "optionSpec": {"name": "OptionSpec", "spec": _OPTIONS},
        "transformationSpecs": transformations,
        "scheduleSpec": {"name": "PeriodicSchedule", "type": "Periodic", "spec": _SCHEDULE},
        "runSpec": {
            "name": "ProviderParams",
            "type": "ProviderParams",
            "spec": _build_object_schema(_WINDOW, list(_WINDOW)),
        },
        "attributes": {
            "isSourceFlow": True,
            "flacValidationSupported": True,
            "isDraftModeSupported": True,
            "frequency": "batch",
            "recordTypeEnabled": True,
            "defaultRecordType": "profile",
        },
    }


def _build_object_schema(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": properties,
        "required": required,
    }


_OPTIONS = _build_object_schema(
    {
        "errorDiagnosticsEnabled": {"type": "boolean", "default": False},
        "partialIngestionPercent": {"type": "number", "exclusiveMinimum": 0},
    },
    [],
)
_INTERVAL = {"properties": {"interval": {"minimum": 1}}}
_SCHEDULE = {
    **_build_object_schema(
        {
            "startTime": {"description": "epoch time", "type": "integer"},
            "frequency": {"type": "string", "enum": list(_FREQUENCIES)},
            "interval": {"type": "integer"},
            "backfill": {"type": "boolean", "default": True},
        },
        ["startTime", "frequency"],
    ),
    "if": {"properties": {"frequency": {"const": "once"}}},
    "then": {"allOf": [{"not": {"required": ["interval"]}}, {"not": {"required": ["backfill"]}}]},
    "else": {
        "required": ["interval"],
        "if": {"properties": {"frequency": {"const": "minute"}}},
        "then": {"properties": {"interval": {"minimum": 15}}},
        "else": _INTERVAL,
    },
}
_TEXT = {"type": "string"}
_COPY = {
    "name": "Copy",
    "spec": _build_object_schema(
        {"deltaColumn": _build_object_schema({"name": _TEXT, "dateFormat": _TEXT, "timezone": _TEXT}, ["name"])},
        ["deltaColumn"],
    ),
}
_WINDOW = {
    **{
        name: {"description": "epoch time", "type": "integer"}
        for name in ("startTime", "windowStartTime", "windowEndTime")
    },
    "deltaColumn": _build_object_schema({"name": _TEXT}, ["name"]),
}
_MAPPING = {
    "name": "Mapping",
    "spec": _build_object_schema(
        {"mappingId": {"type": "string"}, "mappingVersion": {"type": "string"}}, ["mappingId"]
    ),
}
