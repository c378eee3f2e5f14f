"""The flow specs: how data moves from a kind of source into the data lake.

Adobe: crm.md ("Create a dataflow for CRM sources") prints CRMToAEP whole, cloud-storage.md names CloudStorageToAEP.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from flow_service_emulator import catalogue
from flow_service_emulator.connections.explore import WITH_TABLES

TABLES_TO_LAKE = "14518937-270c-4525-bdec-c2ba7cce3860"
FILES_TO_LAKE = "9753525b-82c7-4dce-8a9b-5ccfce2b9876"
LANDING_ZONE = "26f526f2-58f4-4712-961d-e41bf1ccc0e8"
"""The one source that has no base connection (code 1332), and so is not among the connection specs here."""
LAKE_SPEC = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
"""The connection spec of the data lake as a target, the only one that sources may have (code 1307)."""
_ALSO_LISTED = (
    "4f63aa36-bd48-4e33-bb83-49fbcd11c708",
    "2acf109f-9b66-4d5e-bc18-ebb2adcff8d5",
    "8e6b41a8-d998-4545-ad7d-c6a9fff406c3",
)
"""Shopify, Square and OData: on Adobe's list for CRMToAEP, though there is nothing to explore in them here."""
_PROVIDER = "0ed90a81-07f4-4586-8190-b40eccef1c5a"
_FREQUENCIES = ("once", "minute", "hour", "day", "week")


@cache
def flow_specs() -> dict[str, dict[str, Any]]:
    """All flow specs by id, as ``GET /flowSpecs/{id}`` shows them."""
    tables = [id_ for id_, spec in catalogue.specs().items() if spec["attributes"]["category"] in WITH_TABLES]
    tables += _ALSO_LISTED
    files = [id_ for id_, spec in catalogue.specs().items() if spec["attributes"]["category"] == "cloud-storage"]
    files.append(LANDING_ZONE)
    return {
        TABLES_TO_LAKE: _spec(TABLES_TO_LAKE, "CRMToAEP", tables, [_COPY, _MAPPING]),
        FILES_TO_LAKE: _spec(FILES_TO_LAKE, "CloudStorageToAEP", files, [_MAPPING]),
    }


def _spec(id_: str, name: str, sources: list[str], transformations: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": id_,
        "name": name,
        "providerId": _PROVIDER,
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
