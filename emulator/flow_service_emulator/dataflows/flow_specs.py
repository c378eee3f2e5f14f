"""The flow specs: how data moves from a kind of source into the data lake.

Adobe: crm.md ("Create a dataflow for CRM sources") prints CRMToAEP whole; cloud-storage.md, streaming.md and the pages
of the Sources SDK name the others.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from flow_service_emulator import catalogue
from flow_service_emulator.catalogue import LAKE_SPEC, LANDING_ZONE
from flow_service_emulator.connections.explore import WITH_FILES, WITH_TABLES

TABLES_TO_LAKE = "14518937-270c-4525-bdec-c2ba7cce3860"
FILES_TO_LAKE = "9753525b-82c7-4dce-8a9b-5ccfce2b9876"
REST_TO_LAKE = "6499120c-0b15-42dc-936e-847ea3c24d72"
STREAM_WITH_MAPPING = "c1a19761-d2c7-4702-b9fa-fe91f0613e81"
STREAM = "d69717ba-71b4-4313-b654-49f9cf126d7a"
STREAM_WITHOUT_MAPPING = "d8a6f005-7eaf-4153-983e-e8574508b877"
STREAMING_SDK = "e77fde5a-22a8-11ed-861d-0242ac120002"
_STREAMED = {
    STREAM_WITH_MAPPING: ("bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb", "51ae16c2-bdad-42fd-9fce-8d5dfddaf140"),
    STREAM: (
        "86043421-563b-46ec-8e6c-e23184711bf6",
        "bf9f5905-92b7-48bf-bf20-455bc6b60a4e",
        "70116022-a743-464a-bbfe-e226a7f8210c",
    ),
    STREAM_WITHOUT_MAPPING: ("bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb",),
}
"""Snowflake streaming and the HTTP API; Kinesis, Event Hubs and Pub/Sub; the HTTP API with XDM data (streaming.md)."""
_ALSO_LISTED = (
    "4f63aa36-bd48-4e33-bb83-49fbcd11c708",
    "2acf109f-9b66-4d5e-bc18-ebb2adcff8d5",
    "8e6b41a8-d998-4545-ad7d-c6a9fff406c3",
)
"""Shopify, Square and OData: on Adobe's list for CRMToAEP, though there is nothing to explore in them here."""
_FREQUENCIES = ("once", "minute", "hour", "day", "week")


@cache
def flow_specs() -> dict[str, dict[str, Any]]:
    """All flow specs by id, as ``GET /flowSpecs/{id}`` shows them."""
    streamed = {id_ for ids in _STREAMED.values() for id_ in ids}
    categories = {id_: spec["attributes"]["category"] for id_, spec in catalogue.specs().items() if id_ not in streamed}
    tables = [id_ for id_, category in categories.items() if category in WITH_TABLES]
    tables += _ALSO_LISTED
    files = [*(id_ for id_, category in categories.items() if category == WITH_FILES), LANDING_ZONE]
    rest = [id_ for id_ in categories if id_ not in {*tables, *files}]
    batch = [
        _spec(TABLES_TO_LAKE, "CRMToAEP", tables, [_COPY, _MAPPING]),
        _spec(FILES_TO_LAKE, "CloudStorageToAEP", files, [_MAPPING]),
        _spec(REST_TO_LAKE, "RestStorageToAEP", rest, [_MAPPING]),
    ]
    streams = [
        _stream(STREAM_WITH_MAPPING, "Stream data with transformation", [_MAPPING]),
        _stream(STREAM, "Stream data with optional transformation", [_MAPPING]),
        _stream(STREAM_WITHOUT_MAPPING, "Stream data without transformation", []),
        _stream(STREAMING_SDK, "Streaming SDK", [_MAPPING]),
    ]
    return {spec["id"]: spec for spec in [*batch, *streams]}


def _stream(id_: str, name: str, transformations: list[dict[str, Any]]) -> dict[str, Any]:
    """Adobe: streaming.md: no schedule, and no runs that somebody starts."""
    whole = _spec(id_, name, list(_STREAMED.get(id_, ())), transformations)
    shown = {member: value for member, value in whole.items() if member not in {"scheduleSpec", "runSpec"}}
    attributes = {"isSourceFlow": True, "flacValidationSupported": True, "isDraftModeSupported": True}
    return {**shown, "attributes": {**attributes, "frequency": "streaming", "flowRunsSupported": False}}


def _spec(id_: str, name: str, sources: list[str], transformations: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": id_,
        "name": name,
        "providerId": catalogue.PROVIDER_ID,
        "version": "1.0",
        "sourceConnectionSpecIds": sources,
        "targetConnectionSpecIds": [LAKE_SPEC],
        "optionSpec": {"name": "OptionSpec", "spec": _OPTIONS},
        "transformationSpecs": transformations,
        "scheduleSpec": {"name": "PeriodicSchedule", "type": "Periodic", "spec": _SCHEDULE},
        "runSpec": {"name": "ProviderParams", "type": "ProviderParams", "spec": _object(_WINDOW, list(_WINDOW))},
        "attributes": {
            "isSourceFlow": True,
            "flacValidationSupported": True,
            "isDraftModeSupported": True,
            "frequency": "batch",
            "recordTypeEnabled": True,
            "defaultRecordType": "profile",
        },
    }


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": properties,
        "required": required,
    }


_OPTIONS = _object(
    {
        "errorDiagnosticsEnabled": {"type": "boolean", "default": False},
        "partialIngestionPercent": {"type": "number", "exclusiveMinimum": 0},
    },
    [],
)
_INTERVAL = {"properties": {"interval": {"minimum": 1}}}
_SCHEDULE = {
    **_object(
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
    "spec": _object(
        {"deltaColumn": _object({"name": _TEXT, "dateFormat": _TEXT, "timezone": _TEXT}, ["name"])}, ["deltaColumn"]
    ),
}
_WINDOW = {
    **{
        name: {"description": "epoch time", "type": "integer"}
        for name in ("startTime", "windowStartTime", "windowEndTime")
    },
    "deltaColumn": _object({"name": _TEXT}, ["name"]),
}
_MAPPING = {
    "name": "Mapping",
    "spec": _object({"mappingId": {"type": "string"}, "mappingVersion": {"type": "string"}}, ["mappingId"]),
}
