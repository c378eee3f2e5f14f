"""A dataflow and its connections as a program declares them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from pulumi_adobe import (
    BaseConnection,
    DatabricksSourceConnection,
    Dataflow,
    Schedule,
    SourceConnection,
    TargetConnection,
)
from tests.provider.resources.mock_engine import (
    DATABRICKS_ARGUMENTS,
    MockEngine,
    get_value,
    ignore_warnings_of_sdk,
)

pytestmark = ignore_warnings_of_sdk

DAILY = Schedule.daily(delta_column="ordered_at")
ARGUMENTS: dict[str, Any] = {"source": "s", "target": "t", "mapping": {"order_id": "_id"}, "schedule": DAILY}


def test_resources_and_ids_declare_the_same_relations(mock_engine: MockEngine) -> None:
    base_connection = DatabricksSourceConnection("lake", **DATABRICKS_ARGUMENTS)
    source = SourceConnection("orders", base_connection=base_connection, table="acme.orders")
    target = TargetConnection("orders-lake", dataset_id="6889f4f89b982b2b90bc1207")
    get_value(Dataflow("daily", source=source, target=target, mapping={"order_id": "_id"}, schedule=DAILY).id)

    source_inputs, flow_inputs = mock_engine.get_inputs("orders"), mock_engine.get_inputs("daily")
    assert source_inputs["baseConnectionId"] == "lake-id"
    assert source_inputs["connectionSpec"] == mock_engine.get_inputs("lake")["connectionSpec"]
    assert flow_inputs["sourceConnectionIds"] == ["orders-id"]
    assert flow_inputs["targetConnectionIds"] == ["orders-lake-id"]
    assert (flow_inputs["frequency"], flow_inputs["interval"]) == ("day", 1)


def test_source_connection_is_declared_with_the_columns_that_its_dataflows_use(mock_engine: MockEngine) -> None:
    base_connection = DatabricksSourceConnection("lake", **DATABRICKS_ARGUMENTS)
    source = SourceConnection("orders", base_connection=base_connection, table="acme.orders")
    other = SourceConnection("other", base_connection="id", source="databricks", table="acme.orders")
    late = pulumi.Output.from_input({"amount": "_acme.amount"})
    ignored = pulumi.ResourceOptions(ignore_changes=["mapping"])
    flows = [
        Dataflow("daily", **{**ARGUMENTS, "source": source}),
        Dataflow("once", **{**ARGUMENTS, "source": source, "mapping": late, "schedule": Schedule.once()}),
        Dataflow("kept", **{**ARGUMENTS, "source": source}, opts=ignored),
        Dataflow("by-id", **ARGUMENTS),
    ]
    get_value(pulumi.Output.all(other.id, *(flow.id for flow in flows)))

    assert mock_engine.get_inputs("orders")["dataflowColumns"] == [
        {"dataflow": "daily", "mapped": ["order_id"], "deltaColumn": "ordered_at"},
        {"dataflow": "once", "mapped": [], "deltaColumn": ""},
    ]
    assert mock_engine.get_inputs("other")["dataflowColumns"] == []


def test_name_is_by_default_that_of_the_resource(mock_engine: MockEngine) -> None:
    get_value(Dataflow("daily", **ARGUMENTS).id)

    assert mock_engine.get_inputs("daily")["name"] == "daily"


@pytest.mark.parametrize(
    ("changed_arguments", "argument"),
    [
        ({"schedule": Schedule(frequency="month", interval=1, delta_column="t")}, "schedule.frequency"),
        ({"mapping": {}}, "mapping"),
    ],
    ids=str,
)
def test_wrong_argument_is_named(mock_engine: MockEngine, changed_arguments: dict[str, Any], argument: str) -> None:
    with pytest.raises(pulumi.RunError, match=f'^Dataflow "daily": {argument}'):
        Dataflow("daily", **{**ARGUMENTS, **changed_arguments})

    assert mock_engine.registered_resources == []


@pytest.mark.parametrize(("cdc", "is_refused"), [(None, True), (False, True), (True, False)])
@pytest.mark.usefixtures("mock_engine")
def test_a_recurring_dataflow_needs_a_delta_column_unless_its_source_reports_changes(
    *, cdc: bool | None, is_refused: bool
) -> None:
    base_connection = DatabricksSourceConnection("lake", **DATABRICKS_ARGUMENTS)
    source = SourceConnection("orders", base_connection=base_connection, table="acme.orders", cdc=cdc)
    arguments = {**ARGUMENTS, "source": source, "schedule": Schedule.daily()}

    if is_refused:
        with pytest.raises(pulumi.RunError, match=r"schedule\.delta_column"):
            Dataflow("daily", **arguments)
    else:
        assert get_value(Dataflow("daily", **arguments).id) == "daily-id"


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ({}, {}),
        ({"error_diagnostics": True}, {"errorDiagnostics": True}),
        # As in Adobe's user interface, partial ingestion turns on the diagnostics.
        ({"partial_ingestion_percent": 5}, {"errorDiagnostics": True, "partialIngestionPercent": 5}),
        ({"partial_ingestion_percent": 5, "error_diagnostics": False}, {"partialIngestionPercent": 5}),
    ],
)
def test_options_are_declared(mock_engine: MockEngine, arguments: dict[str, Any], options: dict[str, Any]) -> None:
    get_value(Dataflow("daily", **ARGUMENTS, **arguments).id)

    inputs = mock_engine.get_inputs("daily")
    names = ("errorDiagnostics", "partialIngestionPercent")
    assert {name: inputs[name] for name in names if inputs.get(name) is not None} == options


@pytest.mark.parametrize(
    ("source", "values", "flow_spec"),
    [
        ("data-landing-zone", {"format": "json", "path": "in.json"}, "CloudStorageToAEP"),
        ("pendo", {}, "Streaming SDK"),
    ],
)
def test_flow_spec_is_that_of_the_source(
    mock_engine: MockEngine, source: Any, values: dict[str, Any], flow_spec: str
) -> None:
    connection = SourceConnection("in", source=source, **values)
    schedule = None if flow_spec == "Streaming SDK" else Schedule.once()
    get_value(Dataflow("flow", source=connection, target="t", mapping={"a": "_id"}, schedule=schedule).id)

    assert mock_engine.get_inputs("flow")["flowSpecName"] == flow_spec


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"schedule": None}, "schedule: is missing"),
        ({"mapping": None}, "mapping: is missing"),
        ({"flow_spec": "Streaming SDK"}, "Remove schedule"),
        ({"flow_spec": "Streaming SDK", "schedule": None, "error_diagnostics": True}, "no such option"),
    ],
    ids=str,
)
def test_options_that_the_flow_spec_lacks_are_refused_in_the_program(
    mock_engine: MockEngine, changes: dict[str, Any], problem: str
) -> None:
    with pytest.raises(pulumi.RunError, match=problem):
        Dataflow("daily", **{**ARGUMENTS, **changes})

    assert mock_engine.registered_resources == []


@pytest.mark.parametrize(
    ("make_data_type", "arguments", "warnings"),
    [
        (lambda: "raw", {}, 1),
        (lambda: "raw", {"mapping": {"id": "_id"}}, 0),
        (lambda: "xdm", {}, 0),
        # An output needs an event loop, which only a test has: from Python 3.12 on there is none by default.
        (lambda: pulumi.Output.from_input("raw"), {}, 0),
    ],
    ids=["raw", "raw with a mapping", "xdm", "not known yet"],
)
def test_raw_data_of_an_http_api_without_a_mapping_is_a_warning(
    mock_engine: MockEngine,
    caplog: pytest.LogCaptureFixture,
    make_data_type: Callable[[], Any],
    arguments: Any,
    warnings: int,
) -> None:
    api = BaseConnection("api", source="http-api-streaming", name="API", auth={"dataType": make_data_type()})
    events = SourceConnection("events", base_connection=api)
    get_value(Dataflow("flow", source=events, target="t", **arguments).id)

    assert mock_engine.get_inputs("flow")["sourceConnectionIds"] == ["events-id"]
    assert caplog.text.count('Dataflow "flow": the base connection receives raw data') == warnings
