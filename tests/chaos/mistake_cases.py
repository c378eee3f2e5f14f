"""One mistake in a random program under the real engine: what worked must still work, and a corrected `up` finishes."""

from __future__ import annotations

import copy
import os
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from tests.chaos.mistakes import (
    Circumstances,
    Declared,
    Mistake,
    build_random_program,
    change_randomly,
    describe_circumstances,
    expected_preview,
    list_mistakes,
)
from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import list_managed_ids
from tests.stack.pipelines import COLLECTIONS, Pipelines, Program
from tests.stack.project import ORG

_RIGHT_SETTINGS: Final = {"adobe:sandbox": "dev", "adobe:orgId": ORG}
_UP: Final = ("up", "--yes", "--skip-preview")
_CASES_PER_STACK: Final = 3


@dataclass
class MistakeTally:
    """Counts of the cases of one mistake. The last two are what must not be."""

    label: str
    cases: int = 0
    live: int = 0
    red_updates: int = 0
    lost_dataflows: int = 0
    left_over: int = 0
    failures: list[str] = field(default_factory=list)
    """What went wrong, with the seed that makes it happen again."""

    def count(self, what: str, number: int, detail: str) -> None:
        """Add to a count, and keep the detail of what must not be."""
        setattr(self, what, getattr(self, what) + number)
        if number:
            self.failures.append(f"{self.label}: {what}: {detail}")


def mistake_cases(folder: Path, cases: int, chance: random.Random, adapter: str = "dynamic") -> list[MistakeTally]:
    """Run that many cases, each with the next mistake: the first of each stack is new, the others are live."""
    mistakes, plan = list_mistakes(adapter), list[Mistake]()
    while len(plan) < cases:
        plan += chance.sample(mistakes, len(mistakes))
    shares = [plan[first : min(first + _CASES_PER_STACK, cases)] for first in range(0, cases, _CASES_PER_STACK)]
    seeds = [chance.randrange(2**32) for _ in shares]
    folders = [folder / f"mistakes-{seed}" for seed in seeds]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        tallies = [tally for stack in pool.map(partial(_run_stack, adapter), folders, seeds, shares) for tally in stack]
    of_one_kind = ([tally for tally in tallies if tally.label == mistake.label] for mistake in mistakes)
    return [_add_up(group) for group in of_one_kind if group]


def _run_stack(adapter: str, folder: Path, seed: int, mistakes: list[Mistake]) -> list[MistakeTally]:
    """Run the cases of one stack, on an emulator of its own."""
    folder.mkdir()
    tallies = []
    with EmulatorProcess.start(folder / "service.sqlite") as emulator:
        history = _start_history(folder / "project", emulator, seed, adapter)
        for mistake in mistakes:
            tallies.append(MistakeTally(mistake.label))
            _run_case(history, mistake, tallies[-1])
    return tallies


def _add_up(tallies: list[MistakeTally]) -> MistakeTally:
    total = MistakeTally(tallies[0].label)
    for tally in tallies:
        for name in ("cases", "live", "red_updates", "lost_dataflows", "left_over"):
            setattr(total, name, getattr(total, name) + getattr(tally, name))
        total.failures += tally.failures
    return total


@dataclass
class _History:
    """One stack, and what happens to it: a case after the other."""

    stack: Pipelines
    seed: int
    chance: random.Random
    program: Program
    cases: int = 0


def _start_history(folder: Path, emulator: EmulatorProcess, seed: int, adapter: str) -> _History:
    chance = random.Random(seed)
    stack = Pipelines(folder, emulator, adapter)
    stack.project.write_config(**{"adobe:ownership": chance.choice(("none", "description")), "adobe:timeout": "8"})
    return _History(stack, seed, chance, build_random_program(chance))


def _run_case(history: _History, mistake: Mistake, tally: MistakeTally) -> None:
    """Make the mistake, in a live stack perhaps beside a right change, run `up`, and correct it."""
    stack, chance, is_live = history.stack, history.chance, history.cases > 0
    case = f"stack with seed {history.seed}, case {history.cases}"
    working = _list_working_dataflows(stack, history.program)
    before = history.program
    if is_live:
        history.program = change_randomly(history.program, chance)
    history.cases += 1
    declared = Declared(copy.deepcopy(history.program))
    number = chance.choice(list(history.program["flows"])).removeprefix("flow-")
    mistake.make(declared, number)
    tally.cases += 1
    tally.live += is_live
    sources = _list_sources(stack, number)
    circumstances = describe_circumstances(before, history.program, declared.program, number, is_live=is_live)
    _declare(stack, declared)
    _judge_preview(stack, mistake, circumstances, case, tally)
    if stack.project.pulumi(*_UP, succeeds=None).exit_code:
        tally.red_updates += 1
        lost = [name for name, flow in working.items() if not _works(stack, flow)]
        tally.count("lost_dataflows", len(lost), f"{case}: {sorted(lost)}")
        if mistake.is_about_source and not _list_sources(stack, number) <= sources:
            tally.failures.append(f"{mistake.label}: {case}: `up` failed, but only after it had made the source")
    elif mistake.is_red(circumstances) or mistake.is_about_source or mistake.fails_up:
        tally.failures.append(f"{mistake.label}: {case}: `up` did not fail")
    _declare(stack, Declared(history.program))
    corrected = stack.project.pulumi(*_UP, succeeds=None)
    if corrected.exit_code:
        tally.failures.append(f"{mistake.label}: {case}: the corrected `up` failed: {corrected.text}")
    _judge_left_over(stack, history.program, case, tally)


def table(tallies: list[MistakeTally]) -> str:
    """One row per mistake."""
    lines = [
        "| mistake | cases | in a live stack | failed `up` | lost dataflows | left over after the correction |",
        "|---|---|---|---|---|---|",
    ]
    for tally in tallies:
        counts = (tally.cases, tally.live, tally.red_updates, tally.lost_dataflows, tally.left_over)
        lines.append(f"| {tally.label} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines) + "\n"


def _declare(stack: Pipelines, declared: Declared) -> None:
    stack.declare(declared.program)
    stack.project.write_config(**{**_RIGHT_SETTINGS, **declared.settings})
    stack.project.env.pop("ADOBE_CLIENT_SECRET", None)
    if declared.client_secret is not None:
        stack.project.env["ADOBE_CLIENT_SECRET"] = declared.client_secret


def _judge_preview(
    stack: Pipelines, mistake: Mistake, circumstances: Circumstances, case: str, tally: MistakeTally
) -> None:
    expected = expected_preview(mistake, circumstances)
    stack.emulator.clear_journal()
    preview = stack.project.pulumi("preview", succeeds=None)
    outcome = "red" if preview.exit_code else "green"
    if stack.writes():
        tally.failures.append(f"{mistake.label}: {case}: the preview sent {stack.writes()}")
    if outcome != expected:
        detail = f"the preview is {outcome}, not {expected} ({circumstances}): {preview.text}"
        tally.failures.append(f"{mistake.label}: {case}: {detail}")


def _list_sources(stack: Pipelines, number: str) -> set[str]:
    return set(stack.ids("sources").get(f"source-{number}", ()))


def _list_working_dataflows(stack: Pipelines, program: Program) -> dict[str, dict[str, Any]]:
    """Return the recurring dataflows of the stack, by name, as the service has them before the mistake."""
    recurring = {name for name, given in program["flows"].items() if given["schedule"]["frequency"] != "once"}
    return {flow["name"]: flow for flow in stack.entities("flows") if flow["name"] in recurring}


def _works(stack: Pipelines, flow: dict[str, Any]) -> bool:
    """Return whether this dataflow still exists, enabled, with its source and its target, and their base connection."""
    entities = {kind: {entity["id"]: entity for entity in stack.entities(kind)} for kind in COLLECTIONS}
    current = entities["flows"].get(flow["id"])
    if current is None or current["state"] != "enabled":
        return False
    sources = [entities["sources"].get(id_) for id_ in current["sourceConnectionIds"]]
    return all(source is not None and source["baseConnectionId"] in entities["bases"] for source in sources) and all(
        id_ in entities["targets"] for id_ in current["targetConnectionIds"]
    )


def _judge_left_over(stack: Pipelines, program: Program, case: str, tally: MistakeTally) -> None:
    """Compare what exists with what is declared, and with what the state holds."""
    in_state = list_managed_ids(stack.project.resources_now())
    for kind in COLLECTIONS:
        ids = stack.ids(kind)
        left_over = [id_ for name in ids for id_ in ids[name] if id_ not in in_state]
        tally.count("left_over", len(left_over), f"{case}: {kind} in no state: {left_over}")
        doubled = sorted(name for name, entities in ids.items() if len(entities) > 1)
        missing = sorted(set(program[kind]) - set(ids))
        if doubled or missing or set(ids) - set(program[kind]):
            tally.failures.append(f"{tally.label}: {case}: {kind}: declared {sorted(program[kind])}, there {ids}")
