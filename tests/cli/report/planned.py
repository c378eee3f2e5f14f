"""A stack whose next update creates, updates, replaces and deletes something, and rotates a secret."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import declare_plugin
from tests.stack.project import PROGRAMS, Outcome, StackProject

OLD_TOKEN, NEW_TOKEN, KEY, S3_KEY = "dapi-before-4f1d2c", "dapi-after-77ab31", "private-key-51ce90", "s3-secret-0f8a4d"
SECRETS = (OLD_TOKEN, NEW_TOKEN, KEY, S3_KEY)
HOUSE_RULES = Path(__file__).with_name("house_rules")
EVERYTHING = (
    *("--fail-on", "replace-in-use,change>50%,delete>0,secret>3"),
    *("--override", "delete: the bucket is empty since May, OPS-1204"),
)


class PlannedProject(StackProject):
    """The same, with the command line in its folder."""

    def adobe_flow(self, *arguments: str) -> Outcome:
        """Run it in a process of its own, with the environment of the project."""
        process = subprocess.run(
            [sys.executable, "-m", "adobe_flow", *arguments],
            cwd=self.folder,
            env={**self.environment(), "GIT_AUTHOR_NAME": "Dana Okafor", "COLUMNS": "120"},
            capture_output=True,
            text=True,
            check=False,
        )
        return Outcome(process.returncode, process.stdout, process.stderr)


def planned_project(folder: Path, emulator: EmulatorProcess, adapter: str = "dynamic") -> PlannedProject:
    """Made once, and its program and its config changed since."""
    program = "reported_plan_native" if adapter == "native" else "reported_plan"
    project = PlannedProject(folder, emulator, PROGRAMS / program)
    declare_plugin(folder)
    secrets = {"databricksToken": OLD_TOKEN, "snowflakeKey": KEY, "s3SecretKey": S3_KEY}
    for name, value in secrets.items():
        project.set_secret(name, value)
    project.up()
    project.set_secret("databricksToken", NEW_TOKEN)
    project.write_config(later=True)
    return project
