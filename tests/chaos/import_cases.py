"""Sandboxes filled by hand, exported, imported into stacks of their own and previewed: nothing may change anywhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.chaos.stacks import keep_defects
from tests.emulator_process import EmulatorProcess
from tests.hand_made.bodies import AWKWARD_COLUMNS, MARKER
from tests.hand_made.fill import Amounts, FilledSandbox, fill
from tests.stack.project import ORG, Outcome, StackProject

AMOUNTS: Final[Mapping[str, Amounts]] = {
    "dev": Amounts(connections=67, sources=100, targets=17, flows=84),
    "stage": Amounts(connections=67, sources=100, targets=17, flows=83),
    "prod": Amounts(connections=66, sources=100, targets=16, flows=83),
}
"""200 connections, 300 source connections, 50 target connections and 250 dataflows."""

_STEPS: Final = ("import", "refresh", "preview", "up")
_MUST_NOT_BE: Final = ("changes", "effects", "orphans", "lost_ids", "leaks")
_TYPED_SECRET: Final = f"{MARKER}-typed"


@dataclass
class ImportTally:
    """Counts of one sandbox. From `changes` on they are what must not be."""

    sandbox: str
    entities: int = 0
    exported: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    """The duration of each step of the stack."""
    changes: int = 0
    """The steps after the import that did not leave every resource unchanged."""
    effects: int = 0
    """The requests with an effect on Flow Service."""
    orphans: int = 0
    lost_ids: int = 0
    leaks: int = 0
    failures: list[str] = field(default_factory=list)

    def count(self, what: str, number: int, detail: str) -> None:
        """Add to a count of what must not be, and keep the detail."""
        setattr(self, what, getattr(self, what) + number)
        if number:
            self.failures.append(f"import of {self.sandbox}: {what}: {detail}")

    def judge_step(self, step: str, text: str) -> None:
        """Count a step after whose end not all resources are unchanged; the stack itself is a resource."""
        unchanged = re.search(r"^\s+(\d+) unchanged$", text, re.MULTILINE)
        is_unchanged = unchanged is not None and int(unchanged[1]) == self.entities + 1
        self.count("changes", int(not is_unchanged), f"{step}: {text[-2000:]}")

    def judge_state(self, ids: set[str], resources: list[dict[str, Any]]) -> None:
        """Compare the ids of what exists with those of the stack's resources."""
        managed = {each["id"] for each in resources if "dynamic/adobe" in each["type"]}
        self.count("orphans", len(ids - managed), f"in no state: {sorted(ids - managed)}")
        self.count("lost_ids", len(managed - ids), f"in the state alone: {sorted(managed - ids)}")


def import_cases(folder: Path, amounts: Mapping[str, Amounts] = AMOUNTS) -> list[ImportTally]:
    """Fill the sandboxes by plain HTTP, export all of them into one project, and import each into a stack."""
    folder.mkdir()
    with EmulatorProcess.start(folder / "service.sqlite") as emulator:
        filled = fill(emulator.url, amounts, AWKWARD_COLUMNS)
        project = StackProject(folder / "project", emulator, stack=next(iter(amounts)))
        project.longest_seconds = 900
        project.env = keep_defects(project)
        tallies = [ImportTally(sandbox, each.count) for sandbox, each in filled.items()]
        emulator.clear_journal()
        try:
            secret_keys = _export(project, tallies)
            for tally in tallies:
                _import(project, tally, filled[tally.sandbox], secret_keys[tally.sandbox])
        except Exception as error:  # noqa: BLE001 - the table shows what was counted until then
            tallies[0].failures.append(f"the import was broken off: {error}")
    return tallies


def _export(project: StackProject, tallies: list[ImportTally]) -> dict[str, list[str]]:
    """Export all sandboxes; return the config keys of the secrets of each."""
    sandboxes = [argument for tally in tallies for argument in ("--sandbox", tally.sandbox)]
    settings = {
        "ADOBE_ENDPOINT": project.emulator.url,
        "ADOBE_IMS_ENDPOINT": project.emulator.url,
        "ADOBE_ORG_ID": ORG,
        "ADOBE_SANDBOX": tallies[0].sandbox,
        "ADOBE_CLIENT_ID": "emulator-client-id",
        "ADOBE_CLIENT_SECRET": "emulator-client-secret",
    }
    done = subprocess.run(
        [sys.executable, "-m", "adobe_flow", "export", *sandboxes, "--out", ".", "--force", "--json"],
        cwd=project.folder,
        env={**project.environment(), **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    keys: dict[str, list[str]] = {}
    for tally in tallies:
        exported = [each for each in json.loads(done.stdout)["resources"] if each["sandbox"] == tally.sandbox]
        tally.exported = len(exported)
        keys[tally.sandbox] = [key for each in exported for key in each["secrets"].values()]
        tally.count("leaks", int(MARKER in done.stdout + done.stderr), "the export printed a secret")
    return keys


def _import(project: StackProject, tally: ImportTally, filled: FilledSandbox, secret_keys: list[str]) -> None:
    """Type what the README of the export says for this sandbox, and judge each step."""
    sandbox = tally.sandbox
    project.env["PULUMI_STACK"] = sandbox
    project.pulumi("stack", "select", "--create", sandbox)
    secrets = {"adobe:clientSecret": "emulator-client-secret", **dict.fromkeys(secret_keys, _TYPED_SECRET)}
    project.pulumi(
        "config", "set-all", *(part for key, value in secrets.items() for part in ("--secret", f"{key}={value}"))
    )
    file = ("--file", f"import-{sandbox}.json", "--generate-code=false", "--protect=false")
    said = [_run(project, tally, "import", *file, "--yes", "--skip-preview").text]
    for step in _STEPS[1:]:
        flags = () if step == "preview" else ("--yes", "--skip-preview")
        said.append(_run(project, tally, step, *flags).text)
        tally.judge_step(step, said[-1])
    effects = [each["path"] for each in project.emulator.journal() if each["effect"]]
    project.emulator.clear_journal()
    tally.count("effects", len(effects), str(effects))
    tally.judge_state({id_ for ids in filled.ids.values() for id_ in ids}, project.state())
    files = (file.read_text("utf-8") for file in project.folder.glob("*") if file.is_file())
    shown = sum(MARKER in text for text in (*said, project.state_files(), *files))
    tally.count("leaks", shown, "a secret was shown, or kept in clear")


def _run(project: StackProject, tally: ImportTally, *arguments: str) -> Outcome:
    with _measure(tally, arguments[0]):
        outcome = project.pulumi(*arguments, succeeds=None)
    if outcome.exit_code:
        tally.failures.append(f"import of {tally.sandbox}: {arguments[0]} failed: {outcome.text[-2000:]}")
    return outcome


@contextmanager
def _measure(tally: ImportTally, step: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    tally.seconds[step] = time.monotonic() - began


def table(tallies: list[ImportTally]) -> str:
    """One row per sandbox."""
    titles = ["sandbox", "entities", "exported", *(f"{step} (s)" for step in _STEPS)]
    titles += ["changes", "requests with an effect", "orphans", "lost ids", "leaks"]
    lines = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    for tally in tallies:
        durations = [f"{tally.seconds.get(step, 0):.0f}" for step in _STEPS]
        counts = [str(getattr(tally, name)) for name in _MUST_NOT_BE]
        cells = [f"`{tally.sandbox}`", str(tally.entities), str(tally.exported), *durations, *counts]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
