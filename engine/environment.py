"""The environment variables for Pulumi: with this project's own state and home, never the user's."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from engine.emulator import read_port
from engine.project import STACK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.project import Project

PASSPHRASE = "flow-connections-dev"  # noqa: S105 - the dev stack's, which holds the emulator's made-up secrets only
BACKEND_OPTIONS = "?metadata=skip"
"""Without it, Pulumi writes a second file beside each state, and a `kill -9` can leave an empty one, which ends each of
its later commands."""
PORT_VARIABLE = "ADOBE_EMULATOR_PORT"
"""The provider's own variable for the port of addresses on this machine."""
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


def build_shell_settings(project: Project, env: Mapping[str, str], port: int) -> dict[str, str]:
    """Return the variables with which a bare `pulumi` works on the dev stack.

    Args:
        project: The clone.
        env: The caller's environment.
        port: The port of the emulator. The provider has to be told if the stack file names another one.
    """
    is_port_of_stack_file = port == read_port(project.stack_file)
    emulator_port = {PORT_VARIABLE: "" if is_port_of_stack_file else str(port)}
    has_stale_port = bool(env.get(PORT_VARIABLE))
    return {
        "PATH": _build_search_path(project, env),
        "PULUMI_HOME": str(project.pulumi_home),
        "PULUMI_BACKEND_URL": f"file://{project.backend}{BACKEND_OPTIONS}",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_STACK": STACK,
        **(emulator_port if has_stale_port or not is_port_of_stack_file else {}),
    }


def format_exports(values: Mapping[str, str]) -> str:
    """Return the variables as quoted lines for `eval`."""
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in values.items())


def build_dev_stack_environment(
    project: Project, env: Mapping[str, str], port: int
) -> tuple[dict[str, str], list[str]]:
    """Return the environment of a run on the dev stack, and the names of the caller's variables that it lacks."""
    dropped_names = {*PLACE_AND_IDENTITY, "PULUMI_CONFIG_PASSPHRASE_FILE"}
    inherited = {name: value for name, value in env.items() if name not in dropped_names}
    own_settings = build_shell_settings(project, env, port)
    reported_names = [name for name in PLACE_AND_IDENTITY if env.get(name)]
    return {**inherited, **own_settings, "PULUMI_SKIP_UPDATE_CHECK": "true"}, reported_names


def build_test_environment(project: Project, env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the tests: with the chosen CLI and our Python first, without stacks and credentials.

    Python writes its bytecode, whatever the caller's environment says: the tests and the benchmarks start hundreds of
    processes, each of which would compile all modules that it imports.
    """
    inherited = {name: value for name, value in env.items() if not name.startswith(("ADOBE_", "PULUMI"))}
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**inherited, "PATH": _build_search_path(project, env), "PULUMI_SKIP_UPDATE_CHECK": "true"}


def _build_search_path(project: Project, env: Mapping[str, str]) -> str:
    own_folders = [str(project.bin), str(project.venv / "bin")]
    path = env.get("PATH", os.defpath)
    return os.pathsep.join(
        [*own_folders, *(part for part in path.split(os.pathsep) if part and part not in own_folders)]
    )
