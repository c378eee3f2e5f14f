"""Fields of a live dataflow that Adobe may not change: the preview names them, and a refusal says how to go on."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.flow_service.errors import InvalidRequest
from tests.provider.resources.flow_world import FlowWorld, format_time_from_now

PAST_START = "2026-01-01T03:00:00Z"


def _diff_started(flow_world: FlowWorld, prior: dict[str, Any], changes: dict[str, Any]) -> tuple[Any, list[str]]:
    """Return the diff of a dataflow that has started, and the messages of the preview."""
    declared = flow_world.build_dataflow_inputs(startTime=format_time_from_now(600), **prior)
    created = flow_world.create_lifecycle().create(declared)
    started = {**created.outputs, "startTime": PAST_START, "effectiveStart": PAST_START}
    process = flow_world.world.start_process()
    new_inputs = flow_world.build_dataflow_inputs(**{"startTime": PAST_START, **prior, **changes})
    return flow_world.create_lifecycle(process=process).diff(created.id, started, new_inputs), process.messages


@pytest.mark.parametrize(
    ("changes", "label", "order"),
    [
        ({"startTime": "2099-01-01T00:00:00Z"}, "schedule.start", "created first"),
        ({"backfill": False}, "schedule.backfill", "created first"),
        ({"frequency": "once", "interval": None, "deltaColumn": None}, "schedule.frequency", "deleted first"),
    ],
    ids=["start", "backfill", "frequency"],
)
def test_preview_names_the_field_that_replaces_a_started_dataflow(
    flow_world: FlowWorld, changes: dict[str, Any], label: str, order: str
) -> None:
    diff, messages = _diff_started(flow_world, {}, changes)

    assert len(diff.replaces) == 1
    (message,) = [each for each in messages if label in each]
    assert "replaces" in message
    assert order in message


@pytest.mark.parametrize(
    ("prior", "changes", "label"),
    [
        ({}, {"errorDiagnostics": True}, "error_diagnostics"),
        ({"errorDiagnostics": True, "partialIngestionPercent": 5}, {"partialIngestionPercent": 9}, "partial_ingestion"),
        ({"errorDiagnostics": True}, {"errorDiagnostics": None}, "error_diagnostics"),
        ({}, {"deltaColumn": None}, "schedule.delta_column"),
    ],
    ids=["diagnostics on", "percentage", "diagnostics off", "no delta column"],
)
def test_preview_names_the_field_of_which_nobody_knows_whether_it_may_change(
    flow_world: FlowWorld, prior: dict[str, Any], changes: dict[str, Any], label: str
) -> None:
    diff, messages = _diff_started(flow_world, prior, changes)

    assert diff.replaces == ()
    assert diff.patch_operations
    (message,) = [each for each in messages if label in each]
    assert "refuses" in message


@pytest.mark.parametrize(
    "changes",
    [{"description": "x"}, {"frequency": "week"}, {"interval": 2}, {"deltaColumn": "amount"}, {"labels": ["core/C12"]}],
    ids=str,
)
def test_change_that_adobe_documents_has_no_message(flow_world: FlowWorld, changes: dict[str, Any]) -> None:
    diff, messages = _diff_started(flow_world, {}, changes)

    assert diff.patch_operations
    assert diff.replaces == ()
    assert messages == []


@pytest.mark.parametrize(
    ("prior", "changes"),
    [
        ({}, {"errorDiagnostics": True, "sourceConnectionIds": ["another"]}),
        ({}, {"deltaColumn": None, "targetConnectionIds": ["another"]}),
        (
            {"frequency": "once", "interval": None, "deltaColumn": None},
            {"frequency": None, "startTime": None, "backfill": None, "flowSpecName": "Streaming SDK"},
        ),
    ],
    ids=["options and source", "delta column and target", "another family"],
)
def test_field_that_does_not_decide_the_replacement_has_no_message(
    flow_world: FlowWorld, prior: dict[str, Any], changes: dict[str, Any]
) -> None:
    diff, messages = _diff_started(flow_world, prior, changes)

    assert diff.replaces
    assert messages == []


def test_change_of_options_is_sent_where_adobe_allows_it(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    new_inputs = flow_world.build_dataflow_inputs(errorDiagnostics=True, partialIngestionPercent=5)

    outputs = flow_world.create_lifecycle().update(created.id, created.outputs, new_inputs)

    options = flow_world.get_dataflow(created.id)["options"]
    assert options == {"errorDiagnosticsEnabled": True, "partialIngestionPercent": 5}
    assert not flow_world.create_lifecycle().diff(created.id, outputs, new_inputs)


def test_refused_change_of_options_says_how_to_replace_the_dataflow(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    flow_world.world.emulator.switch(flow_options_update="refused")

    with pytest.raises(InvalidRequest) as failure:
        flow_world.create_lifecycle().update(
            created.id, created.outputs, flow_world.build_dataflow_inputs(errorDiagnostics=True)
        )

    for fact in ("error_diagnostics", "pulumi up --refresh --replace <URN>"):
        assert fact in failure.value.hint
    assert "options" not in flow_world.get_dataflow(created.id)


def test_refused_change_of_another_field_has_the_usual_advice(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    flow_world.world.emulator.fault("PATCH /flows/{id}", status=400, body={"errorMessage": "no"})

    with pytest.raises(InvalidRequest) as failure:
        flow_world.create_lifecycle().update(
            created.id, created.outputs, flow_world.build_dataflow_inputs(description="x")
        )

    assert failure.value.hint == ""


def test_options_of_a_draft_change_without_a_message(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(draft=True))
    process = flow_world.world.start_process()

    flow_world.create_lifecycle(process=process).diff(
        created.id, created.outputs, flow_world.build_dataflow_inputs(draft=True, errorDiagnostics=True)
    )

    assert process.messages == []
