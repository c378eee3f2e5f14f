"""A short campaign with a fixed seed; `make chaos` runs the long one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import requests

from pulumi_adobe.lifecycle.errors import AlreadyExists
from tests.chaos.engine_cases import fault_cases, kill_cases
from tests.chaos.http_faults import MODES, faulted
from tests.chaos.mistake_cases import MistakeTally, mistake_cases
from tests.chaos.mistake_cases import table as mistake_table
from tests.chaos.refresh_cases import choose_faults, refresh_cases
from tests.chaos.stacks import named_ids
from tests.chaos.tally import Tally, add_up, table
from tests.chaos.thread_cases import create_under_faults
from tests.chaos.two_stacks import find_unreported
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World, build_inputs

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seed", [*range(5), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(5, 20))])
def test_after_faults_flow_service_has_exactly_the_declared_connections(
    emulator: EmulatorProcess, mode: str, seed: int
) -> None:
    tally = Tally(mode)

    faulted(World(emulator), seed, tally, mode)

    assert tally.failures == []
    assert tally.runs == 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_what_many_threads_create_under_faults_is_what_is_declared(emulator: EmulatorProcess, seed: int) -> None:
    tally = Tally("threads")

    create_under_faults(World(emulator), seed, tally, 40)

    assert tally.failures == []
    assert tally.runs == 1


@pytest.mark.engine
def test_after_kills_and_faults_under_the_engine_flow_service_has_exactly_the_declared_connections(
    tmp_path: Path,
) -> None:
    tallies = [*fault_cases(tmp_path, (1, 2)), *kill_cases(tmp_path, (4, 5))]

    assert [failure for tally in tallies for failure in tally.failures] == []
    assert sum(tally.runs for tally in tallies) == 4
    assert sum(tally.signals for tally in tallies) >= 2


@pytest.mark.engine
def test_after_a_kill_and_faults_the_native_adapter_leaves_exactly_what_is_declared(tmp_path: Path) -> None:
    tallies = [*fault_cases(tmp_path, (1,), "native"), *kill_cases(tmp_path, (4,), "native")]

    assert [failure for tally in tallies for failure in tally.failures] == []
    assert sum(tally.runs for tally in tallies) == 2
    assert all("native" in tally.label for tally in tallies)


@pytest.mark.engine
def test_a_mistake_on_the_native_adapter_costs_nothing_that_worked(tmp_path: Path) -> None:
    tallies = mistake_cases(tmp_path, 1, random.Random(1), "native")

    assert [failure for tally in tallies for failure in tally.failures] == []
    assert sum(tally.red_updates for tally in tallies) > 0


@pytest.mark.engine
def test_mistake_in_one_resource_loses_no_resource_that_worked(tmp_path: Path) -> None:
    tallies = mistake_cases(tmp_path, 4, random.Random(1))

    assert [failure for tally in tallies for failure in tally.failures] == []
    assert sum(tally.cases for tally in tallies) == 4
    assert sum(tally.red_updates for tally in tallies) > 0


def test_ids_to_adopt_are_those_that_the_refusals_name(emulator: EmulatorProcess) -> None:
    world = World(emulator)
    ids = [world.create_foreign(name=name) for name in ("a", "b")]
    lifecycle, said = world.start_process().lifecycle, ""
    for name in ("a", "b"):
        with pytest.raises(AlreadyExists) as refused:
            lifecycle.create(build_inputs(name=name))
        said += str(refused.value)

    assert named_ids(said) == ids


def test_a_lost_dataflow_is_counted_with_its_seed() -> None:
    tally = MistakeTally("a mistake")

    tally.count("lost_dataflows", 1, "seed 7")
    tally.count("left_over", 0, "seed 8")

    assert (tally.lost_dataflows, tally.left_over) == (1, 0)
    assert tally.failures == ["a mistake: lost_dataflows: seed 7"]
    assert "| a mistake | 0 | 0 | 0 | 1 | 0 |" in mistake_table([tally])


def test_tally_counts_each_violation() -> None:
    tally = Tally("x")
    tally.compare("case", {"a"}, [{"name": "a", "id": "1"}, {"name": "a", "id": "2"}], {"1", "3"})
    tally.search("case", "with a secret", ["secret", "other"])

    assert (tally.duplicates, tally.orphans, tally.lost_ids, tally.leaks) == (1, 1, 1, 1)
    assert not tally.is_clean
    assert "| x | 0 | 0 | 0 | 1 | 1 | 1 | 1 | 0 |" in table([tally])


def test_tallies_of_one_kind_of_run_are_added_up() -> None:
    first, other, second = Tally("x", runs=1), Tally("y", leaks=1), Tally("x", runs=2, signals=3)
    second.fail("seed 7")

    total, rest = add_up([first, other, second])

    assert (total.runs, total.signals, total.others, total.failures) == (3, 3, 1, ["seed 7"])
    assert rest == other


@pytest.mark.parametrize(
    ("said", "unreported"),
    [
        (("", ""), ["lake"]),
        (("created id-1", "created id-2"), ["lake"]),
        (("also there: id-2", ""), []),
        (("", "also there: id-1"), []),
    ],
)
def test_a_second_connection_counts_unless_one_of_the_runs_named_the_id_of_the_other(
    said: tuple[str, str], unreported: list[str]
) -> None:
    there = [{"id": "id-1", "name": "lake"}, {"id": "id-2", "name": "lake"}, {"id": "id-3", "name": "only one"}]

    assert find_unreported(there, [{"id-1", "id-3"}, {"id-2"}], said) == unreported


def test_the_faults_of_a_refresh_are_spread_over_its_reads(emulator: EmulatorProcess) -> None:
    faults = choose_faults(random.Random(1), requests=200)
    for fault in faults:
        emulator.fault("GET /connections/{id}", nth=fault["nth"], status=503)
    url = f"{emulator.url}/data/foundation/flowservice/connections/1"

    met = [number for number in range(200) if requests.get(url, timeout=10).status_code == 503]

    assert 3 <= len(met) <= 20
    assert len(met) == len(faults)


@pytest.mark.engine
def test_a_refresh_with_faults_in_a_share_of_the_reads_ends_well(tmp_path: Path) -> None:
    [tally] = refresh_cases(tmp_path, (1,), connections=40)

    assert tally.failures == []
    assert (tally.runs, tally.faults > 0) == (1, True)
