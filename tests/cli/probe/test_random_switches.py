"""Emulators with random switches: the probe reports each rightly, and its switch file makes another one like them."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from adobe_flow.probe.table import UNKNOWN_SWITCHES
from flow_service_emulator.switches import SWITCHES
from tests.cli.probe.probed import Probed, fill_sandbox, find_throw_aways
from tests.emulator_process import EmulatorProcess

pytestmark = pytest.mark.slow

_CHOICES = {
    "initializing": ("0", "1", "3", "800ms"),
    "updating": ("0", "1", "2", "700ms"),
    "list_lag": ("0", "900ms"),
    "spec_pages": ("whole", "9"),
    "page_size": ("20", "7", "1"),
    "page_limit": ("1000", "500", "23"),
    "landing_zone_days": ("90", "7"),
}
"""Values of the switches that take a number."""
_SEEDS = range(2253, 2263)
"""Ten that follow each other, and between them draw every value."""
_TOLERANCE = 900
"""Milliseconds: the emulator, and the machine that the tests share with others, take their time too."""


def draw_switches(seed: int) -> dict[str, str]:
    chance = random.Random(seed)  # noqa: S311 - chance that a seed repeats
    return {each.name: chance.choice(_CHOICES.get(each.name, each.values)) for each in SWITCHES}


def is_equal(first: str, second: str) -> bool:
    if first.endswith("ms") and second.endswith("ms"):
        return abs(int(first[:-2]) - int(second[:-2])) <= _TOLERANCE
    return first == second


def list_possible(finding: Mapping[str, Any]) -> list[str]:
    return [finding["value"]] if finding["value"] is not None else finding["candidates"]


def list_unknowable(switches: Mapping[str, str]) -> set[str]:
    """Return the switches that cannot be seen where others stand as they do."""
    unknowable = set(UNKNOWN_SWITCHES)
    cannot_change = switches["final_state"] == "failed"
    if cannot_change:
        unknowable |= {"updating", "description"}
    if cannot_change and switches["credentials"] == "unchecked":
        # The password stays `invalid`, and with it nothing can be explored.
        unknowable.add("missing_table")
    if switches["initializing"] == "0" and (cannot_change or switches["updating"] == "0"):
        unknowable.add("refusal_at_work")
    if cannot_change and switches["error_body"] != "envelope" and switches["refusal_at_work"].endswith("-400"):
        # A change of a failed connection has the same status, and there is no code to tell the two apart.
        unknowable.add("refusal_at_work")
    if {switches["initializing"], switches["updating"]} & {"1"}:
        # The read that shows the work ends it, so a change comes too late.
        unknowable.add("refusal_at_work")
    return unknowable


def list_ambiguous(switches: Mapping[str, str]) -> set[str]:
    """Return the switches of which more than one value fits what can be seen."""
    ambiguous = {"transformations", "test_result"}
    has_codes = switches["error_body"] == "envelope"
    if (
        not has_codes
        or {switches["initializing"], switches["updating"]} & {"0", "1"}
        or switches["final_state"] == "failed"
    ):
        # Without both states, or without codes, several refusals look the same.
        ambiguous.add("refusal_at_work")
    if not has_codes:
        ambiguous.add("missing_table")
    if switches["final_state"] == "failed":
        ambiguous.add("if_match")
    if switches["unique_names"] == "on":
        # Without a second connection, nobody knows whether reads or time have ended the work.
        ambiguous.add("initializing")
    return ambiguous


def assert_right(result: Mapping[str, Any], switches: Mapping[str, str]) -> None:
    wrong = [
        (each["switch"], switches[each["switch"]], list_possible(each), each["because"])
        for each in result["switches"]
        if list_possible(each) and not any(is_equal(switches[each["switch"]], one) for one in list_possible(each))
    ]
    unknown = {each["switch"]: each["because"] for each in result["switches"] if each["status"] == "unknown"}
    several = {each["switch"]: each["candidates"] for each in result["switches"] if each["status"] == "narrowed"}
    assert wrong == []
    assert {name: left for name, left in several.items() if name not in list_ambiguous(switches)} == {}
    assert {name: why for name, why in unknown.items() if name not in list_unknowable(switches)} == {}


def assert_reproduced(first: Mapping[str, Any], second: Mapping[str, Any], switches: Mapping[str, str]) -> None:
    """The second probe reports the same; of a switch of which several values fit, at least one of these."""
    later = {each["switch"]: each for each in second["switches"]}
    exact = [
        (each["switch"], each["value"], later[each["switch"]]["value"])
        for each in first["switches"]
        if each["switch"] not in list_ambiguous(switches)
        and each["value"] != later[each["switch"]]["value"]
        and not is_equal(str(each["value"]), str(later[each["switch"]]["value"]))
    ]
    outside = [
        (each["switch"], list_possible(each), list_possible(later[each["switch"]]))
        for each in first["switches"]
        if list_possible(each)
        and not any(is_equal(one, two) for one in list_possible(each) for two in list_possible(later[each["switch"]]))
    ]
    assert (exact, outside) == ([], [])


@pytest.mark.parametrize("seed", _SEEDS)
def test_random_switches_are_measured_correctly_and_the_switch_file_reproduces_them(
    seed: int, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    switches = draw_switches(seed)
    emulator.switch(transformations=switches["transformations"])
    fill_sandbox(emulator)
    kept = {"connections": emulator.connections(), **emulator.entities()}
    emulator.switch(**switches)

    first = Probed(emulator.url).run()

    assert_right(first, switches)
    assert find_throw_aways(emulator) == []
    file = tmp_path / "switches.json"
    file.write_text(json.dumps(first["switchFile"]))
    with EmulatorProcess.start(tmp_path / "like-it.sqlite", "--switches", str(file)) as like_it:
        like_it.load(
            {kind: kept[kind] for kind in ("connections", "sourceConnections", "targetConnections", "flows", "runs")}
        )
        second = Probed(like_it.url).run()
    assert_reproduced(first, second, switches)


def test_each_value_of_each_measured_switch_is_drawn_by_a_seed() -> None:
    drawn = {(name, value) for seed in _SEEDS for name, value in draw_switches(seed).items()}

    every = {(each.name, value) for each in SWITCHES for value in _CHOICES.get(each.name, each.values)}
    missing = {name for name, _ in every - drawn} - set(UNKNOWN_SWITCHES) - {"refusal_at_work", "missing_table"}
    assert missing == set()
