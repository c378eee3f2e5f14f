"""Stacks for the cases under the real engine: declared, run, recovered and judged."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path
from typing import Any, Final

import yaml

from tests.chaos.tally import Tally
from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import create_connections_project, list_managed_ids
from tests.stack.project import CONNECTION, StackProject

TOKEN: Final = "dapi-chaos-planted-5d1f"
GRACE_SECONDS: Final = 30.0
"""In which everything must have ended that a `pulumi` has started, on a busy machine too."""
_SECRETS: Final = [TOKEN, "emulator-client-secret"]


class CleanProject:
    """A project that begins each case anew: Pulumi's own commands for that would take longer than the case."""

    def __init__(self, folder: Path, emulator: EmulatorProcess, stack: str = "dev", adapter: str = "dynamic") -> None:
        self.project = create_connections_project(folder, emulator, adapter, stack)
        self._adapter = adapter
        self._saved = folder.with_name(f"{folder.name}-saved")
        shutil.copytree(self.project.state_folder(), self._saved)
        self._stack_file = self.project.stack_file.read_text()
        self._config = dict(self.project.config)

    def begin(self, ownership: str, *, skip_checkpoints: bool = False) -> StackProject:
        """Empty the stack; the emulator is the caller's to empty."""
        shutil.rmtree(self.project.state_folder())
        shutil.copytree(self._saved, self.project.state_folder())
        self.project.stack_file.write_text(self._stack_file)
        self.project.config = dict(self._config)
        self.project.write_config(**{"adobe:ownership": ownership, "adobe:timeout": "8"})
        flags = {"PULUMI_SKIP_CHECKPOINTS": "1", "PULUMI_EXPERIMENTAL": "1"}
        self.project.env = {
            "ADAPTER": self._adapter,
            **keep_defects(self.project),
            **(flags if skip_checkpoints else {}),
        }
        return self.project


def label_adapter(label: str, adapter: str) -> str:
    """Return the label of a kind of runs, which names the adapter if it is not the default one."""
    return label if adapter == "dynamic" else f"{label}, native"


def keep_defects(project: StackProject) -> dict[str, str]:
    """Return the variable that keeps logs of unknown failures beside the project, where `search` finds them."""
    folder = project.folder.with_name(f"{project.folder.name}-defects")
    folder.mkdir(exist_ok=True)
    return {"TMPDIR": str(folder)}


def declare(project: StackProject, names: list[str], chance: random.Random) -> set[str]:
    """Declare these connections, each with a random cluster and token."""
    connections = {name: {**CONNECTION, "name": name, "clusterId": chance.choice(("a", "b"))} for name in names}
    project.write_config(**{"flow-connections:connections": connections})
    stack_file = yaml.safe_load(project.stack_file.read_text())
    stack_file["config"].pop("flow-connections:accessTokens", None)
    project.stack_file.write_text(yaml.safe_dump(stack_file))
    # One command for all tokens: each takes nearly a second.
    tokens = [("--secret", f"accessTokens.{name}={TOKEN}-{chance.randint(1, 2)}") for name in names]
    project.pulumi("config", "set-all", "--path", *(argument for token in tokens for argument in token))
    return set(names)


def declare_randomly(project: StackProject, chance: random.Random) -> set[str]:
    """Declare another set of connections than before: some new, some changed, some gone."""
    return declare(project, chance.sample(("one", "two", "three", "four"), chance.randint(2, 4)), chance)


def recover(project: StackProject, ownership: str) -> list[str]:
    """Do what the docs tell a person to type; with ownership that is `pulumi up` alone."""
    project.pulumi("cancel", "--yes", succeeds=None)
    said = [run(project, "up", "--continue-on-error", "--refresh")]
    ids = named_ids(said[0]) if ownership == "none" else []
    if ids:
        project.env["ADOBE_ADOPT"] = ",".join(ids)
        said.append(run(project, "up", "--continue-on-error"))
        del project.env["ADOBE_ADOPT"]
    return [*said, run(project, "up", "--refresh")]


def named_ids(text: str) -> list[str]:
    """Return the ids of the commands that the refusals print, each once."""
    lists = [ids.split(",") for ids in re.findall(r"ADOBE_ADOPT=([0-9a-f,-]+) pulumi up", text)]
    return list(dict.fromkeys(id_ for ids in lists for id_ in ids))


def run(project: StackProject, operation: str, *flags: str) -> str:
    """Run an operation, however it ends; gives all that was printed."""
    return project.pulumi(operation, "--yes", "--skip-preview", *flags, succeeds=None).text


def managed_ids(project: StackProject) -> set[str]:
    """Return the ids that the state holds."""
    return list_managed_ids(project.resources_now())


def judge(project: StackProject, case: str, tally: Tally, declared: set[str], said: list[str]) -> None:
    """Compare what is declared, what exists and what the state holds, and look for secrets in all that was printed."""
    tally.runs += 1
    there: list[dict[str, Any]] = project.emulator.connections()
    tally.compare(case, declared, there, managed_ids(project))
    search(case, tally, said, project)


def search(case: str, tally: Tally, said: list[str], *projects: StackProject) -> None:
    """Look for planted secrets in all that was printed and kept, and for logs of unknown failures."""
    kept = [project.state_files() for project in projects]
    for log in (log for project in projects for log in Path(project.env["TMPDIR"]).glob("pulumi-adobe-*.log")):
        kept.append(log.read_text())
        tally.fail(f"{case}: a defect: {kept[-1][-1000:]}")
        log.unlink()
    tally.search(case, "\n".join([*said, *kept]), _SECRETS)
