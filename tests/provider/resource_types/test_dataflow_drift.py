"""A dataflow that somebody, or the service itself, has disabled: shown with its reason, and never enabled silently."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.flow_service.runs import start_run
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConflictingChange
from pulumi_adobe.timestamps import from_epoch_seconds
from tests.provider.resources.flow_world import FlowWorld

pytestmark = pytest.mark.slow

DAY = 86_400
FAILURE = {"code": "CONNECTOR-1001-500", "detail": "Unable to access container using anonymous credentials."}


@pytest.fixture
def disabled(flow_world: FlowWorld) -> CreatedResource:
    """A dataflow that the service has disabled since it was created."""
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    emulator = flow_world.world.emulator
    emulator.set_scenario(runs=[FAILURE])
    emulator.turn_clock(33 * DAY)
    assert flow_world.get_dataflow(created.id)["state"] == "disabled"
    emulator.set_scenario()
    emulator.clear_journal()
    return created


def _list_actions(flow_world: FlowWorld) -> list[str]:
    journal = flow_world.world.emulator.journal()
    return [request["path"] for request in journal if request["path"].endswith("/action")]


def test_read_shows_when_and_why_a_dataflow_was_disabled(flow_world: FlowWorld, disabled: CreatedResource) -> None:
    process = flow_world.world.start_process()
    state = flow_world.create_lifecycle(process=process).read(disabled.id, disabled.outputs)

    assert state is not None
    assert (state.inputs["enabled"], state.outputs["enabled"]) == (False, False)
    message = process.messages[-1]
    changed = flow_world.get_dataflow(disabled.id)["lastRunDetails"]["completedAtUTC"] // 1000
    assert from_epoch_seconds(changed) in message
    assert "30 days" in message
    assert "anonymous credentials" in message
    assert "fs.azure.sas" in message, "the remedy"
    assert flow_world.create_lifecycle().diff(disabled.id, state.outputs, flow_world.build_dataflow_inputs())


def test_read_of_a_declared_disabled_dataflow_does_not_read_runs(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(enabled=False))
    flow_world.world.emulator.clear_journal()
    process = flow_world.world.start_process()

    assert flow_world.create_lifecycle(process=process).read(created.id, created.outputs) is not None
    assert process.messages == []
    assert not any(request["path"].endswith("/runs") for request in flow_world.world.emulator.journal())


def test_read_warns_about_a_dataflow_whose_runs_cannot_be_read(
    flow_world: FlowWorld, disabled: CreatedResource
) -> None:
    flow_world.world.emulator.fault("GET /runs", status=403, times=9, body={"errorMessage": "no runs for you"})
    process = flow_world.world.start_process()

    assert flow_world.create_lifecycle(process=process).read(disabled.id, disabled.outputs) is not None
    assert "could not be read" in process.messages[-1]


@pytest.mark.parametrize("changes", [{}, {"description": "for the finance team"}], ids=str)
def test_update_does_not_enable_a_dataflow_that_no_preview_has_shown_as_disabled(
    flow_world: FlowWorld, disabled: CreatedResource, changes: dict[str, Any]
) -> None:
    inputs = flow_world.build_dataflow_inputs(**changes)
    flow_world.create_lifecycle().update(disabled.id, disabled.outputs, inputs)

    assert flow_world.get_dataflow(disabled.id)["state"] == "disabled"
    assert _list_actions(flow_world) == []


def test_update_without_a_patch_reports_a_disabled_dataflow_and_the_next_preview_shows_the_change(
    flow_world: FlowWorld, disabled: CreatedResource
) -> None:
    process, inputs = flow_world.world.start_process(), flow_world.build_dataflow_inputs()
    outputs = flow_world.create_lifecycle(process=process).update(disabled.id, disabled.outputs, inputs)

    assert outputs["enabled"] is False
    assert any("is disabled since" in message for message in process.messages)
    assert flow_world.create_lifecycle().diff(disabled.id, outputs, inputs)
    enabled = flow_world.create_lifecycle().update(disabled.id, outputs, inputs)
    assert (enabled["enabled"], flow_world.get_dataflow(disabled.id)["state"]) == (True, "enabled")


def test_adoption_does_not_enable_a_disabled_dataflow(flow_world: FlowWorld, disabled: CreatedResource) -> None:
    process = flow_world.world.start_process()
    inputs = flow_world.build_dataflow_inputs(adoptId=disabled.id)
    adopted = flow_world.create_lifecycle(process=process).create(inputs)

    assert (adopted.id, adopted.outputs["enabled"]) == (disabled.id, False)
    assert flow_world.get_dataflow(disabled.id)["state"] == "disabled"
    assert any("is disabled since" in message for message in process.messages)


def _run_over_a_window(flow_world: FlowWorld, id_: str) -> None:
    start_run(flow_world.world.start_process().service, id_, (1767225600, 1798761600), "ordered_at")


def test_delta_column_that_a_run_with_a_time_window_wrote_is_no_change(flow_world: FlowWorld) -> None:
    inputs = flow_world.build_dataflow_inputs(frequency="once", interval=None, deltaColumn=None)
    created = flow_world.create_lifecycle().create(inputs)
    _run_over_a_window(flow_world, created.id)

    state = flow_world.create_lifecycle().read(created.id, created.outputs)

    assert state is not None
    assert [each["name"] for each in state.outputs["transformations"]] == ["Copy", "Mapping"]
    assert not flow_world.create_lifecycle().diff(created.id, state.outputs, inputs)
    renamed = {**inputs, "name": "renamed"}
    outputs = flow_world.create_lifecycle().update(created.id, state.outputs, renamed)
    assert flow_world.get_dataflow(created.id)["transformations"] == outputs["transformations"]


def test_changed_mapping_does_not_overwrite_a_delta_column_that_no_read_has_stored(flow_world: FlowWorld) -> None:
    inputs = flow_world.build_dataflow_inputs(frequency="once", interval=None, deltaColumn=None)
    created = flow_world.create_lifecycle().create(inputs)
    _run_over_a_window(flow_world, created.id)
    before = flow_world.get_dataflow(created.id)["transformations"]

    with pytest.raises(ConflictingChange):
        flow_world.create_lifecycle().update(created.id, created.outputs, {**inputs, "mapping": {"order_id": "_id"}})
    assert flow_world.get_dataflow(created.id)["transformations"] == before
