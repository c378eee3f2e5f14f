"""A short campaign with a fixed seed; `make chaos` runs the long one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pulumi_adobe.lifecycle.errors import AlreadyExists
from tests.chaos.__main__ import MODES
from tests.chaos.engine_cases import fault_cases, kill_cases, named_ids
from tests.chaos.http_faults import faulted
from tests.chaos.mistake_cases import MistakeTally, mistake_cases
from tests.chaos.mistake_cases import table as mistake_table
from tests.chaos.tally import Tally, table
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World, build_inputs


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seed", range(20))
def test_what_is_there_after_faults_is_what_is_declared(emulator: EmulatorProcess, mode: str, seed: int) -> None:
    tally = Tally(mode)

    faulted(World(emulator), seed, tally, mode)

    assert tally.failures == []
    assert tally.runs == 1


@pytest.mark.engine
def test_what_is_there_after_kills_and_faults_under_the_engine_is_what_is_declared(tmp_path: Path) -> None:
    tallies = [*fault_cases(tmp_path, 2, random.Random(1)), *kill_cases(tmp_path, 3, random.Random(1))]

    assert [failure for tally in tallies for failure in tally.failures] == []
    assert sum(tally.kills for tally in tallies) == 3


@pytest.mark.engine
def test_a_mistake_costs_nothing_that_worked(tmp_path: Path) -> None:
    tallies = mistake_cases(tmp_path, 10, random.Random(1))

    assert [failure for tally in tallies for failure in tally.failures] == []
    assert sum(tally.cases for tally in tallies) == 10
    assert sum(tally.red_updates for tally in tallies) > 0


def test_the_ids_to_adopt_are_those_of_the_refusals(emulator: EmulatorProcess) -> None:
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


def test_a_tally_counts_what_must_not_be() -> None:
    tally = Tally("x")
    tally.compare("case", {"a"}, [{"name": "a", "id": "1"}, {"name": "a", "id": "2"}], {"1", "3"})
    tally.search("case", "with a secret", ["secret", "other"])

    assert (tally.duplicates, tally.orphans, tally.lost_ids, tally.leaks) == (1, 1, 1, 1)
    assert not tally.is_clean
    assert "| x | 0 | 0 | 0 | 1 | 1 | 1 | 1 |" in table([tally])
