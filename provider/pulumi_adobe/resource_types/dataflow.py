"""The resource schema of a dataflow.

Adobe: crm.md ("Create a dataflow for CRM sources"), update-dataflows.md, draft.md; `/action` in flow-service.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

from pulumi_adobe.json_values import get_member, get_objects
from pulumi_adobe.resource_types.fields import ADOPT_ID, DEFAULT_NAME_AND_DESCRIPTION, DRAFT, keep_id_and_version
from pulumi_adobe.resource_types.flow_spec_rules import INLET_URL, TABLE_FLOW_SPEC, list_absent_fields
from pulumi_adobe.resource_types.mapping import normalize_mapping
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.timestamps import from_epoch_seconds, normalize_timestamp, to_epoch_seconds, validate_timestamp

MAPPING: Final = "Mapping"
"""The name of the transformation that names the mapping set."""

_MAX_PERCENT: Final = 100

SOURCE_OWNER: Final = "sourceOwner"
"""The input that names the source connection's resource, so that a check sees what it declares before it exists."""

TARGET_OWNER: Final = "targetOwner"
"""The same of the target connection's resource."""


def build_transformations(properties: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the transformations of a dataflow: the delta column, and the mapping set, if it has them."""
    delta_column, mapping_set_id = properties.get("deltaColumn"), properties.get("mappingSetId")
    copy = [{"name": "Copy", "params": {"deltaColumn": {"name": delta_column}}}] if delta_column else []
    version = properties.get("mappingSetVersion")
    # Without a version Data Prep uses its default one; a dataflow that somebody else created may name none.
    params = {"mappingId": mapping_set_id, **({} if version is None else {"mappingVersion": version})}
    mapping = [{"name": MAPPING, "params": params}] if properties.get("mapping") is not None else []
    return [*copy, *mapping]


def find_delta_column(shown: Mapping[str, Any]) -> Any:
    """Return the delta column; none for a one-time dataflow, into which Flow Service itself writes one."""
    if shown.get("frequency") == "once":
        return None
    transformations = get_objects(shown, "transformations")
    copies = [transformation for transformation in transformations if transformation.get("name") == "Copy"]
    return get_member(copies[0], "params", "deltaColumn", "name") if copies else None


def get_mapping_set(properties: Mapping[str, Any]) -> tuple[str | None, int | None]:
    """Return id and version of the mapping set that the transformations of a dataflow name."""
    transformations = properties.get("transformations")
    for transformation in _normalize_transformations(transformations if isinstance(transformations, list) else ()):
        if transformation["name"] == MAPPING:
            id_, version = (transformation["params"].get(name) for name in ("mappingId", "mappingVersion"))
            return (id_ if isinstance(id_, str) else None, version if isinstance(version, int) else None)
    return None, None


def _normalize_transformations(transformations: Sequence[Any]) -> list[Any]:
    """Return the transformations in one order, and with a number as version, which Flow Service may show as text."""
    normalized = [_normalize_transformation(each) for each in transformations if isinstance(each, dict)]
    return sorted(normalized, key=lambda transformation: str(transformation["name"]))


def _normalize_transformation(transformation: Mapping[str, Any]) -> dict[str, Any]:
    params = transformation.get("params")
    params = dict(params) if isinstance(params, Mapping) else {}
    version = params.get("mappingVersion")
    if isinstance(version, str) and version.isdecimal():
        params["mappingVersion"] = int(version)
    return {"name": transformation.get("name"), "params": params}


def _parse_number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _parse_bool(value: Any) -> Any:
    return {"true": True, "false": False}.get(str(value).lower(), value)


def _parse_error_diagnostics(value: Any) -> Any:
    """Return True, or None for Adobe's default, which a service may show although nobody declared it."""
    return _parse_bool(value) or None


def _validate_partial_ingestion(value: int) -> str | None:
    """Return a problem unless the value is a percentage; Adobe takes a whole number above 0 (flow-service.yaml)."""
    return None if 0 < value <= _MAX_PERCENT else "must be a whole number from 1 to 100"


def _normalize_labels(labels: Sequence[Any]) -> list[Any] | None:
    """Return the labels once each and in one order; None for none."""
    is_known = all(isinstance(label, str) for label in labels)
    return (sorted(set(labels)) if is_known else list(labels)) or None


def validate_labels(labels: Sequence[Any]) -> str | None:
    """Return a problem unless each label is known as yet, or has the form of `core/C12` (labels.md)."""
    wrong = [label for label in labels if label is not UNKNOWN and not _is_label(label)]
    return (
        f'{wrong[0]!r} is not an access label: give its namespace and its name, such as "core/C12"' if wrong else None
    )


def _is_label(label: Any) -> bool:
    return isinstance(label, str) and re.fullmatch(r"[^/\s]+/[^/\s]+", label) is not None


def _connection_ids(name: str, argument: str, declared_as: str) -> Field:
    return Field(name, (name,), argument, declared_as, required=True, replace_on_changes=True, type=list)


_EFFECTIVE_START: Final = Field(
    "effectiveStart",
    ("scheduleParams", "startTime"),
    "effective_start",
    computed=True,
    derived=True,
    encode=to_epoch_seconds,
    decode=from_epoch_seconds,
)

_TRANSFORMATIONS: Final = Field(
    "transformations",
    ("transformations",),
    "transformations",
    type=list,
    computed=True,
    derived=True,
    normalize=_normalize_transformations,
)

_FLOW_SPEC: Final = Field(
    "flowSpec",
    ("flowSpec",),
    "flow_spec_version",
    type=dict,
    computed=True,
    derived=True,
    replace_on_changes=True,
    normalize=keep_id_and_version,
)


@cache
def _build_schema(flow_spec_name: str) -> ResourceSchema:
    """Return the schema of the dataflows of a flow spec, without the fields that they cannot have."""
    absent = list_absent_fields(flow_spec_name)
    fields = tuple(field for field in SCHEMA.fields if field.name not in absent)
    return replace(SCHEMA, fields=fields, variant=None)


def _build_variant(properties: Mapping[str, Any]) -> ResourceSchema:
    return _build_schema(str(properties.get("flowSpecName")))


SCHEMA: Final = ResourceSchema(
    "Dataflow",
    "flows",
    (
        *DEFAULT_NAME_AND_DESCRIPTION,
        _connection_ids("sourceConnectionIds", "source_ids", "source"),
        _connection_ids("targetConnectionIds", "target_ids", "target"),
        Field(
            "flowSpecName",
            (),
            "flow_spec",
            required=True,
            replace_on_changes=True,
            default=lambda _: TABLE_FLOW_SPEC,
        ),
        _FLOW_SPEC,
        Field(
            "startTime", (), "start_time", "schedule.start", validate=validate_timestamp, normalize=normalize_timestamp
        ),
        _EFFECTIVE_START,
        Field("frequency", ("scheduleParams", "frequency"), "frequency", "schedule.frequency"),
        Field(
            "interval",
            ("scheduleParams", "interval"),
            "interval",
            "schedule.interval",
            type=int,
            decode=_parse_number,
        ),
        Field(
            "backfill",
            ("scheduleParams", "backfill"),
            "backfill",
            "schedule.backfill",
            type=bool,
            decode=_parse_bool,
        ),
        Field("deltaColumn", (), "delta_column", "schedule.delta_column"),
        Field("mapping", (), "mapping", type=(dict, list), normalize=normalize_mapping),
        Field("mappingSetId", (), "mapping_set_id", computed=True, derived=True),
        Field("mappingSetVersion", (), "mapping_set_version", type=int, computed=True, derived=True),
        _TRANSFORMATIONS,
        Field(
            "errorDiagnostics",
            ("options", "errorDiagnosticsEnabled"),
            "error_diagnostics",
            type=bool,
            decode=_parse_error_diagnostics,
            # As Adobe's user interface does.
            default=lambda properties: properties.get("partialIngestionPercent") is not None,
            false_is_absent=True,
        ),
        Field(
            "partialIngestionPercent",
            ("options", "partialIngestionPercent"),
            "partial_ingestion_percent",
            type=int,
            validate=_validate_partial_ingestion,
            decode=_parse_number,
        ),
        Field(
            "labels",
            ("labels",),
            "labels",
            type=list,
            validate=validate_labels,
            normalize=_normalize_labels,
            patched_after_create=True,
        ),
        Field("enabled", (), "enabled", type=bool, default=lambda _: True),
        Field(INLET_URL, ("options", "inletUrl"), "inlet_url", computed=True, reported=True),
        DRAFT,
        ADOPT_ID,
    ),
    check_inputs=(SOURCE_OWNER, TARGET_OWNER),
    atomic_pointers=("/transformations/0", "/transformations/1"),
    named_lists=("/transformations",),
    duplicate_scope=(),
    has_connection_test=False,
    variant=_build_variant,
)
