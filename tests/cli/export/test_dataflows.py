"""How dataflows are declared: schedule, mapping, options and state; and why some cannot be."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from adobe_flow.export.dataflows import DataflowContext, declare_dataflow, get_connection_ids
from adobe_flow.export.declaration import Declaration, NotExpressible
from adobe_flow.export.expressions import CallExpression, NameExpression
from pulumi_adobe.sources import connection_specs

NOW = datetime(2026, 11, 29, 12, tzinfo=timezone.utc)
PAST, FUTURE = int(NOW.timestamp()) - 3600, int(NOW.timestamp()) + 3600
START = "2026-11-29T13:00:00Z"
COPY = {"name": "Copy", "params": {"deltaColumn": {"name": "ordered_at"}}}
MAPPING = {"name": "Mapping", "params": {"mappingId": "m-1", "mappingVersion": 0}}


def build(**changed: Any) -> dict[str, Any]:
    body = {
        "id": "f-1",
        "name": "orders daily",
        "state": "enabled",
        "flowSpec": {"id": "14518937-270c-4525-bdec-c2ba7cce3860", "version": "1.0"},
        "sourceConnectionIds": ["s-1"],
        "targetConnectionIds": ["t-1"],
        "transformations": [COPY, MAPPING],
        "scheduleParams": {"startTime": str(FUTURE), "frequency": "day", "interval": "1"},
        **changed,
    }
    return {name: value for name, value in body.items() if value is not None}


def declare(body: dict[str, Any], **changed: Any) -> Declaration:
    known: dict[str, Any] = {
        "source": NameExpression("orders_source"),
        "target": NameExpression("orders_target"),
        "flow_spec": "CRMToAEP",
        "mapping": {"order_id": "_id"},
        "reports_changes": False,
        "now": NOW,
        "declared_ids": ("s-1", "t-1"),
    }
    return declare_dataflow(body, "orders-flow", "dev", DataflowContext(**known | changed))


def get_schedule(body: dict[str, Any], **changed: Any) -> CallExpression:
    schedule = declare(body, **changed).call.keywords["schedule"]
    assert isinstance(schedule, CallExpression)
    return schedule


@pytest.mark.parametrize(
    ("frequency", "interval", "function", "keywords"),
    [
        ("day", "1", "Schedule.daily", {}),
        ("hour", 1, "Schedule.hourly", {}),
        ("week", 1, "Schedule.weekly", {}),
        ("minute", 15, "Schedule.every", {"minutes": 15}),
        ("day", 2, "Schedule.every", {"days": 2}),
    ],
)
def test_schedule_is_exported_in_the_short_form(
    frequency: str, interval: Any, function: str, keywords: dict[str, Any]
) -> None:
    params = {"startTime": FUTURE, "frequency": frequency, "interval": interval, "backfill": "false"}

    schedule = get_schedule(build(scheduleParams=params))

    assert schedule.function == function
    expected = {**keywords, "start": START, "delta_column": "ordered_at", "backfill": False}
    assert schedule.keywords == expected


@pytest.mark.parametrize(("start", "keywords"), [(FUTURE, {"start": START}), (PAST, {})])
def test_passed_start_is_omitted_from_a_one_time_dataflow(start: int, keywords: dict[str, Any]) -> None:
    body = build(scheduleParams={"startTime": start, "frequency": "once"}, transformations=[MAPPING])

    schedule = get_schedule(body)

    assert (schedule.function, schedule.keywords) == ("Schedule.once", keywords)


def test_delta_column_that_a_run_wrote_into_a_one_time_dataflow_is_not_exported() -> None:
    body = build(scheduleParams={"startTime": PAST, "frequency": "once"}, transformations=[COPY, MAPPING])

    assert "delta_column" not in get_schedule(body).keywords


@pytest.mark.parametrize(
    ("options", "arguments"),
    [
        (None, {}),
        ({"errorDiagnosticsEnabled": False}, {}),
        ({"errorDiagnosticsEnabled": True}, {"error_diagnostics": True}),
        ({"errorDiagnosticsEnabled": True, "partialIngestionPercent": "5"}, {"partial_ingestion_percent": 5}),
        ({"partialIngestionPercent": 5}, {"error_diagnostics": False, "partial_ingestion_percent": 5}),
    ],
)
def test_only_options_that_differ_from_the_default_are_exported(options: Any, arguments: dict[str, Any]) -> None:
    keywords = declare(build(options=options)).call.keywords

    names = ("error_diagnostics", "partial_ingestion_percent")
    assert {name: keywords[name] for name in names if name in keywords} == arguments


@pytest.mark.parametrize(
    ("state", "arguments"), [("enabled", {}), ("disabled", {"enabled": False}), ("draft", {"draft": True})]
)
def test_only_a_state_other_than_enabled_is_exported(state: str, arguments: dict[str, Any]) -> None:
    keywords = declare(build(state=state)).call.keywords

    assert {name: keywords[name] for name in ("enabled", "draft") if name in keywords} == arguments


def test_labels_and_a_non_default_flow_spec_are_exported() -> None:
    keywords = declare(
        build(labels=["core/C2", "core/C1"], transformations=[MAPPING]), flow_spec="CloudStorageToAEP"
    ).call.keywords

    assert (keywords["labels"], keywords["flow_spec"]) == (["core/C1", "core/C2"], "CloudStorageToAEP")


@pytest.mark.parametrize(
    ("flow_spec", "mapping"),
    [
        ("Stream data with transformation", {"id": "_id"}),
        ("Stream data with optional transformation", None),
        ("Stream data without transformation", None),
        ("Streaming SDK", {"id": "_id"}),
    ],
)
def test_streaming_dataflow_is_exported_without_a_schedule_and_with_its_mapping(flow_spec: str, mapping: Any) -> None:
    body = build(
        scheduleParams=None,
        transformations=[MAPPING] if mapping else None,
        options={"errorDiagnosticsEnabled": True, "inletUrl": "https://dcs.adobedc.net/collection/1"},
    )

    declaration = declare(body, flow_spec=flow_spec, mapping=mapping)

    assert declaration.call.keywords.get("mapping") == mapping
    assert declaration.call.keywords["flow_spec"] == flow_spec
    assert {"schedule", "error_diagnostics", "inlet_url"}.isdisjoint(declaration.call.keywords)
    assert "inletUrl" not in declaration.inputs
    assert declaration.notes == []


@pytest.mark.parametrize(
    ("source", "flow_spec", "written"),
    [
        ("amazon-s3", "CloudStorageToAEP", None),
        ("amazon-s3", "CRMToAEP", "CRMToAEP"),
        ("zendesk", "RestStorageToAEP", None),
        ("databricks", "CRMToAEP", None),
        ("databricks", "CloudStorageToAEP", "CloudStorageToAEP"),
    ],
)
def test_flow_spec_is_exported_if_it_is_not_the_default_of_the_source(
    source: str, flow_spec: str, written: str | None
) -> None:
    spec = connection_specs()[source]

    assert declare(build(), source_spec=spec, flow_spec=flow_spec).call.keywords.get("flow_spec") == written


def test_change_data_capture_needs_no_delta_column() -> None:
    assert "delta_column" not in get_schedule(build(transformations=[MAPPING]), reports_changes=True).keywords


def test_mapping_transformation_without_a_version_is_exported_unchanged() -> None:
    unversioned = {"name": "Mapping", "params": {"mappingId": "m-1"}}

    assert declare(build(transformations=[COPY, unversioned])).name == "orders daily"


@pytest.mark.parametrize(
    ("changed", "surroundings", "words"),
    [
        ({"scheduleParams": None}, {}, "no schedule"),
        ({}, {"flow_spec": None}, "no flow spec"),
        ({}, {"mapping": None}, "mapping: is missing"),
        (
            {"scheduleParams": None, "transformations": [MAPPING]},
            {"flow_spec": "Stream data without transformation"},
            "XDM already",
        ),
        ({}, {"mapping": {"order_id": ""}}, "no path"),
        ({"transformations": [MAPPING]}, {}, "no delta column"),
        ({"transformations": [COPY, MAPPING, {"name": "Encryption", "params": {}}]}, {}, "transformations"),
        ({"scheduleParams": {"startTime": FUTURE, "frequency": "day"}}, {}, "interval"),
        ({"scheduleParams": {"startTime": FUTURE, "frequency": "month", "interval": 1}}, {}, "frequency"),
        ({"scheduleParams": {"startTime": "soon", "frequency": "day", "interval": 1}}, {}, "start"),
        ({"options": {"partialIngestionPercent": 0.5}}, {}, "partial_ingestion_percent"),
        ({"labels": ["no label"]}, {}, "labels"),
    ],
)
def test_content_that_a_dataflow_cannot_declare_is_noted(
    changed: dict[str, Any], surroundings: dict[str, Any], words: str
) -> None:
    with pytest.raises(NotExpressible, match=words):
        declare(build(**changed), **surroundings)


def test_format_of_the_delta_column_is_noted_because_a_program_would_remove_it() -> None:
    copy = {"name": "Copy", "params": {"deltaColumn": {"name": "ordered_at", "dateFormat": "yyyy"}}}

    with pytest.raises(NotExpressible, match="transformations"):
        declare(build(transformations=[copy, MAPPING]))


@pytest.mark.parametrize("ids", [[], ["s-1", "s-2"]])
def test_dataflow_with_several_sources_or_targets_is_not_exported(ids: list[str]) -> None:
    with pytest.raises(NotExpressible, match="takes one each"):
        get_connection_ids(build(sourceConnectionIds=ids))
