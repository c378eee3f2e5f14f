"""The environment variables for Pulumi: with this project's own state and home, never the user's."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from engine.project import STACK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.project import Project

PASSPHRASE = "flow-connections-dev"  # noqa: S105 - the dev stack's, which holds the emulator's made-up secrets only
BACKEND_OPTIONS = "?metadata=skip"
"""Without it, Pulumi writes a second file beside each state, and a `kill -9` can leave an empty one, which ends each of
its later commands."""
PLACE_AND_IDENTITY = (
    "ADOBE_ENDPOINT",
    "ADOBE_IMS_ENDPOINT",
    "ADOBE_ORG_ID",
    "ADOBE_SANDBOX",
    "ADOBE_CLIENT_ID",
    "ADOBE_CLIENT_SECRET",
    "ADOBE_ACCESS_TOKEN",
    "ADOBE_SCOPES",
)
"""Variables that would send the dev stack to another place, or real credentials to the emulator."""


def build_shell_settings(project: Project, path: str) -> dict[str, str]:
    """Return the variables with which a bare `pulumi` works on the dev stack."""
    own_folders = [str(project.bin), str(project.venv / "bin")]
    other_folders = [folder for folder in path.split(os.pathsep) if folder and folder not in own_folders]
    return {
        "PATH": os.pathsep.join([*own_folders, *other_folders]),
        "PULUMI_HOME": str(project.pulumi_home),
        "PULUMI_BACKEND_URL": f"file://{project.backend}{BACKEND_OPTIONS}",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_STACK": STACK,
    }


def format_exports(values: Mapping[str, str]) -> str:
    """Return the variables as quoted lines for `eval`."""
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in values.items())


def build_dev_stack_environment(project: Project, env: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the environment of a run on the dev stack, and the names of the caller's variables that it lacks."""
    dropped_names = {*PLACE_AND_IDENTITY, "PULUMI_CONFIG_PASSPHRASE_FILE"}
    inherited = {name: value for name, value in env.items() if name not in dropped_names}
    own_settings = build_shell_settings(project, env.get("PATH", os.defpath))
    reported_names = [name for name in PLACE_AND_IDENTITY if env.get(name)]
    return {**inherited, **own_settings, "PULUMI_SKIP_UPDATE_CHECK": "true"}, reported_names


def build_test_environment(project: Project, env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the tests: with the chosen CLI and our Python first, without stacks and credentials.

    It lacks PYTHONDONTWRITEBYTECODE, which some machines set: each of the thousands of processes that tests start would
    compile this project again.
    """
    own_settings = build_shell_settings(project, env.get("PATH", os.defpath))
    dropped_prefixes = ("ADOBE_", "PULUMI", "PYTHONDONTWRITEBYTECODE")
    inherited = {name: value for name, value in env.items() if not name.startswith(dropped_prefixes)}
    return {**inherited, "PATH": own_settings["PATH"], "PULUMI_SKIP_UPDATE_CHECK": "true"}
