"""The start of a dataflow that has passed, by the service's clock: the next time of the schedule, or what to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.resource_types.dataflow_start import StartHasPassed
from pulumi_adobe.timestamps import from_epoch_seconds, parse_timestamp
from tests.provider.lifecycle.world import Process
from tests.provider.resources.flow_world import DATAFLOW, FlowWorld, format_time_from_now

PAST_START = "2026-01-01T03:00:00Z"
ONCE: dict[str, Any] = {"frequency": "once", "interval": None, "deltaColumn": None}
DAY = 86_400


def _check(flow_world: FlowWorld, process: Process, inputs: dict[str, Any], **prior_outputs: Any) -> list[str]:
    """Check the inputs as the adapter does, and return the problems."""
    lifecycle = flow_world.create_lifecycle(process=process)
    problems = list(lifecycle.validate(prior_outputs, inputs))
    if not problems:
        lifecycle.check(prior_outputs, inputs)
    return problems


@pytest.mark.parametrize(
    ("changed_inputs", "step"),
    [
        ({}, timedelta(days=1)),
        ({"interval": 3}, timedelta(days=3)),
        ({"frequency": "week"}, timedelta(weeks=1)),
        ({"frequency": "hour", "interval": 6}, timedelta(hours=6)),
        ({"frequency": "minute", "interval": 15}, timedelta(minutes=15)),
    ],
    ids=str,
)
def test_new_recurring_dataflow_begins_at_the_next_time_of_its_schedule_with_one_message(
    flow_world: FlowWorld, changed_inputs: dict[str, Any], step: timedelta
) -> None:
    process = flow_world.world.start_process()
    inputs = flow_world.build_dataflow_inputs(startTime=PAST_START, **changed_inputs)

    assert _check(flow_world, process, inputs) == []
    created = flow_world.create_lifecycle(process=process).create(inputs)

    start = created.outputs["effectiveStart"]
    elapsed = parse_timestamp(start) - parse_timestamp(PAST_START)
    assert elapsed % step == timedelta(0)
    assert format_time_from_now(-2) < start <= format_time_from_now(step.total_seconds())
    (message,) = process.messages
    assert all(fact in message for fact in ("orders-daily", PAST_START, start))
    assert not flow_world.create_lifecycle().diff(created.id, created.outputs, inputs)


def test_preview_of_a_new_recurring_dataflow_shows_when_it_begins(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()

    problems = _check(flow_world, process, flow_world.build_dataflow_inputs(startTime=PAST_START))

    assert problems == []
    (message,) = process.messages
    assert PAST_START in message


def test_new_one_time_dataflow_whose_start_has_passed_is_an_error_that_says_what_to_do(flow_world: FlowWorld) -> None:
    inputs = flow_world.build_dataflow_inputs(startTime=PAST_START, **ONCE)

    (problem,) = _check(flow_world, flow_world.world.start_process(), inputs)
    with pytest.raises(StartHasPassed, match=PAST_START) as error:
        flow_world.create_lifecycle().create(inputs)

    assert "remove the start" in problem
    assert "remove the start" in error.value.hint
    assert flow_world.world.emulator.entities()["flows"] == []


def test_services_clock_decides_whether_the_start_of_a_new_dataflow_has_passed(flow_world: FlowWorld) -> None:
    start = format_time_from_now(DAY)
    flow_world.world.emulator.turn_clock(2 * DAY)
    process = flow_world.world.start_process()

    (problem,) = _check(flow_world, process, flow_world.build_dataflow_inputs(startTime=start, **ONCE))
    assert start in problem
    created = flow_world.create_lifecycle(process=process).create(flow_world.build_dataflow_inputs(startTime=start))

    assert created.outputs["effectiveStart"] > format_time_from_now(2 * DAY - 60)


def test_services_clock_decides_whether_a_change_of_the_start_replaces(flow_world: FlowWorld) -> None:
    inputs = flow_world.build_dataflow_inputs(startTime=format_time_from_now(DAY))
    created = flow_world.create_lifecycle().create(inputs)
    flow_world.world.emulator.turn_clock(2 * DAY)
    process = flow_world.world.start_process()
    process.context.service.list("flows")
    later_inputs = {**inputs, "startTime": format_time_from_now(9 * DAY)}

    assert flow_world.create_lifecycle(process=process).diff(created.id, created.outputs, later_inputs).replaces == (
        "startTime",
    )


def test_start_that_is_changed_to_a_passed_one_before_the_first_run_moves_to_the_next_time(
    flow_world: FlowWorld,
) -> None:
    created = flow_world.create_lifecycle().create(
        flow_world.build_dataflow_inputs(startTime=format_time_from_now(5 * DAY))
    )
    process = flow_world.world.start_process()
    inputs = flow_world.build_dataflow_inputs(startTime=PAST_START)

    assert _check(flow_world, process, inputs, **created.outputs) == []
    assert flow_world.create_lifecycle(process=process).diff(created.id, created.outputs, inputs).replaces == ()
    outputs = flow_world.create_lifecycle(process=process).update(created.id, created.outputs, inputs)

    assert format_time_from_now(0) < outputs["effectiveStart"] <= format_time_from_now(DAY)
    schedule = flow_world.get_dataflow(created.id)["scheduleParams"]
    assert from_epoch_seconds(schedule["startTime"]) == outputs["effectiveStart"]
    assert len(process.messages) == 1


def test_unchanged_start_of_an_existing_dataflow_has_no_problem_no_message_and_no_request(
    flow_world: FlowWorld,
) -> None:
    process = flow_world.world.start_process()
    inputs = flow_world.build_dataflow_inputs(startTime=PAST_START, **ONCE)
    flow_world.world.emulator.clear_journal()

    assert _check(flow_world, process, inputs, **inputs) == []
    assert process.messages == []
    assert flow_world.world.emulator.journal() == []


def test_adopted_one_time_dataflow_may_have_a_passed_start(flow_world: FlowWorld) -> None:
    inputs = flow_world.build_dataflow_inputs(startTime=format_time_from_now(60), **ONCE)
    created = flow_world.create(DATAFLOW, inputs)
    flow_world.world.emulator.turn_clock(DAY)
    process = flow_world.world.start_process()
    adopting_inputs = {**inputs, "adoptId": created.id}

    assert _check(flow_world, process, adopting_inputs) == []
    adopted = flow_world.create_lifecycle(process=process).create(adopting_inputs)

    assert (adopted.id, adopted.outputs["effectiveStart"]) == (created.id, created.outputs["effectiveStart"])


def test_own_one_time_dataflow_that_the_state_lost_may_have_a_passed_start(flow_world: FlowWorld) -> None:
    options = Options(test="off", ownership="description")
    inputs = flow_world.build_dataflow_inputs(startTime=format_time_from_now(60), **ONCE)
    created = flow_world.create_lifecycle(process=flow_world.world.start_process(options)).create(inputs)
    flow_world.world.emulator.turn_clock(DAY)
    process = flow_world.world.start_process(options)

    assert _check(flow_world, process, inputs) == []
    assert flow_world.create_lifecycle(process=process).create(inputs).id == created.id
