"""One mistake in a random program under the real engine: what worked must still work, and a corrected `up` finishes."""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.chaos.mistakes import (
    MISTAKES,
    Declared,
    Mistake,
    build_random_program,
    change_randomly,
    expected_previews,
)
from tests.emulator_process import EmulatorProcess
from tests.stack.pipelines import COLLECTIONS, Pipelines, Program
from tests.stack.project import ORG

_RIGHT_SETTINGS: Final = {"adobe:sandbox": "dev", "adobe:orgId": ORG}
_RIGHT_SECRET: Final = "emulator-client-secret"


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


def mistake_cases(folder: Path, cases: int, chance: random.Random) -> list[MistakeTally]:
    """Run that many cases, each with the next mistake, on new stacks and on live ones."""
    tallies = [MistakeTally(mistake.label) for mistake in MISTAKES]
    order = list(range(len(MISTAKES)))
    with EmulatorProcess.start(folder / "mistakes.sqlite") as emulator:
        for number in range(cases):
            if number % len(order) == 0:
                chance.shuffle(order)
            kind = order[number % len(order)]
            run_case(folder / f"mistake-{number}", emulator, MISTAKES[kind], chance.randrange(2**32), tallies[kind])
    return [tally for tally in tallies if tally.cases]


def run_case(folder: Path, emulator: EmulatorProcess, mistake: Mistake, seed: int, tally: MistakeTally) -> None:
    """Run one case: perhaps a working `up`, then the mistake and perhaps a right change, then its correction."""
    chance = random.Random(seed)
    emulator.reset()
    stack = Pipelines(folder, emulator)
    stack.project.write_config(**{"adobe:ownership": chance.choice(("none", "description")), "adobe:timeout": "8"})
    program, is_live = build_random_program(chance), chance.random() < 0.75
    if is_live:
        stack.up(program)
    working = _list_working_dataflows(stack, program)
    corrected = change_randomly(program, chance)
    declared = Declared(copy.deepcopy(corrected))
    mistake.make(declared, chance.choice(list(program["flows"])).removeprefix("flow-"))
    case = f"seed {seed}, {'live' if is_live else 'new'}"
    tally.cases += 1
    tally.live += is_live
    _declare(stack, declared)
    _judge_preview(stack, mistake, case, tally, is_live=is_live)
    is_red = _run_up(stack)
    if is_red:
        tally.red_updates += 1
        lost = [name for name, flow in working.items() if not _works(stack, flow)]
        tally.count("lost_dataflows", len(lost), f"{case}: {sorted(lost)}")
    _declare(stack, Declared(corrected))
    corrected_up = stack.project.pulumi("up", "--yes", "--skip-preview", succeeds=None)
    if corrected_up.exit_code:
        tally.failures.append(f"{mistake.label}: {case}: the corrected `up` failed: {corrected_up.text}")
    _judge_left_over(stack, corrected, case, tally)


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


def _run_up(stack: Pipelines) -> bool:
    return stack.project.pulumi("up", "--yes", "--skip-preview", succeeds=None).exit_code != 0


def _judge_preview(stack: Pipelines, mistake: Mistake, case: str, tally: MistakeTally, *, is_live: bool) -> None:
    expected = expected_previews(mistake, is_live=is_live)
    if len(expected) > 1:
        return
    outcome = "red" if stack.project.pulumi("preview", succeeds=None).exit_code else "green"
    if outcome not in expected:
        tally.failures.append(f"{mistake.label}: {case}: the preview is {outcome}, not {', '.join(expected)}")


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
    in_state = {resource["id"] for resource in stack.project.state() if "dynamic/adobe" in resource["type"]}
    for kind in COLLECTIONS:
        ids = stack.ids(kind)
        left_over = [id_ for name in ids for id_ in ids[name] if id_ not in in_state]
        tally.count("left_over", len(left_over), f"{case}: {kind} in no state: {left_over}")
        doubled = sorted(name for name, entities in ids.items() if len(entities) > 1)
        missing = sorted(set(program[kind]) - set(ids))
        if doubled or missing or set(ids) - set(program[kind]):
            tally.failures.append(f"{tally.label}: {case}: {kind}: declared {sorted(program[kind])}, there {ids}")
