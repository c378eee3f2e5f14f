"""The newest runs of a dataflow, however many there are and however the service sorts them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.runs import get_start, list_newest_runs
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World
from tests.provider.resources.flow_world import FlowWorld

QUARTER_OF_AN_HOUR = 900
MOMENT = 1_796_000_000_000
ORDERS = ("by_field", "ignored", "refused")


def _create_dataflow(emulator: EmulatorProcess, runs: int) -> tuple[str, FlowServiceClient]:
    """Create a dataflow that has run this often, and return its id and a client."""
    flow_world = FlowWorld(World(emulator))
    inputs = flow_world.build_dataflow_inputs(frequency="minute", interval=15)
    dataflow_id = flow_world.create_lifecycle().create(inputs).id
    emulator.turn_clock(120 + (runs - 1) * QUARTER_OF_AN_HOUR)
    emulator.clear_journal()
    return dataflow_id, flow_world.world.start_process().service


def _count_list_requests(emulator: EmulatorProcess) -> int:
    return sum(request["path"].endswith("/runs") for request in emulator.journal())


def _starts(client: FlowServiceClient, dataflow_id: str) -> Sequence[int]:
    """Return the starts of all runs, the newest first."""
    entities = client.list("runs", (("property", f"flowId=={dataflow_id}"), ("limit", "100")))
    return sorted((get_start(entity) for entity in entities), reverse=True)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 3, 10, 500])
def test_newest_runs_come_first_even_if_the_service_does_not_sort(
    emulator: EmulatorProcess, order: str, limit: int
) -> None:
    dataflow_id, client = _create_dataflow(emulator, 12)
    starts = _starts(client, dataflow_id)
    assert len(starts) == 12
    emulator.switch(runs_order=order)

    newest = list_newest_runs(client, dataflow_id, limit)

    assert [get_start(run) for run in newest.runs] == starts[:limit]
    assert newest.is_complete


def test_newest_run_of_a_service_that_sorts_is_one_request(emulator: EmulatorProcess) -> None:
    dataflow_id, client = _create_dataflow(emulator, 250)

    assert len(list_newest_runs(client, dataflow_id, 1).runs) == 1

    assert _count_list_requests(emulator) == 1


def test_limit_beyond_a_page_reads_further_pages(emulator: EmulatorProcess) -> None:
    dataflow_id, client = _create_dataflow(emulator, 250)

    assert len(list_newest_runs(client, dataflow_id, 220).runs) == 220

    assert _count_list_requests(emulator) == 3


@pytest.mark.slow
def test_unsorted_runs_are_read_up_to_a_limit_and_the_omission_is_reported(
    emulator: EmulatorProcess,
) -> None:
    dataflow_id, client = _create_dataflow(emulator, 1020)
    emulator.switch(runs_order="ignored")

    newest = list_newest_runs(client, dataflow_id, 5)

    assert len(newest.runs) == 5
    assert not newest.is_complete
    assert _count_list_requests(emulator) == 11


def test_dataflow_without_runs_has_none(emulator: EmulatorProcess) -> None:
    flow_world = FlowWorld(World(emulator))
    dataflow_id = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs()).id

    newest = list_newest_runs(flow_world.world.start_process().service, dataflow_id, 10)

    assert (newest.runs, newest.is_complete) == ([], True)


@pytest.mark.parametrize(
    ("run", "start"),
    [
        ({"metrics": {"durationSummary": {"startedAtUTC": MOMENT + 5}}, "createdAt": MOMENT}, MOMENT + 5),
        ({"metrics": {"durationSummary": {"startedAtUTC": MOMENT // 1000}}, "createdAt": 3}, MOMENT),
        ({"metrics": {"durationSummary": {"startedAtUTC": 0}}, "createdAt": MOMENT}, MOMENT),
        ({"metrics": None, "createdAt": MOMENT}, MOMENT),
        ({"createdAt": "soon"}, 0),
        ({}, 0),
    ],
    ids=str,
)
def test_start_of_a_run_is_parsed_in_either_unit_and_defaults_to_its_creation(
    run: dict[str, object], start: int
) -> None:
    assert get_start(run) == start
