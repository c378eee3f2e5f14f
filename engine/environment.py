"""The environment in which Pulumi runs here: this project's own state and home, never the user's."""

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
WHERE_AND_WHO = (
    "ADOBE_ENDPOINT",
    "ADOBE_IMS_ENDPOINT",
    "ADOBE_ORG_ID",
    "ADOBE_SANDBOX",
    "ADOBE_CLIENT_ID",
    "ADOBE_CLIENT_SECRET",
    "ADOBE_ACCESS_TOKEN",
    "ADOBE_SCOPES",
)
"""What would send the dev stack elsewhere, or real credentials to the emulator."""


def settings(project: Project, path: str) -> dict[str, str]:
    """What a shell needs so that a bare `pulumi` works on the dev stack."""
    first = [str(project.bin), str(project.venv / "bin")]
    rest = [folder for folder in path.split(os.pathsep) if folder and folder not in first]
    return {
        "PATH": os.pathsep.join([*first, *rest]),
        "PULUMI_HOME": str(project.pulumi_home),
        "PULUMI_BACKEND_URL": f"file://{project.backend}{BACKEND_OPTIONS}",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_STACK": STACK,
    }


def exports(values: Mapping[str, str]) -> str:
    """The settings as lines for `eval`, quoted."""
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in values.items())


def of_dev_stack(project: Project, env: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The environment of a run on the dev stack, and which of the caller's own variables it leaves out."""
    left_out = [name for name in WHERE_AND_WHO if env.get(name)]
    dropped = {*WHERE_AND_WHO, "PULUMI_CONFIG_PASSPHRASE_FILE"}
    kept = {name: value for name, value in env.items() if name not in dropped}
    return {**kept, **settings(project, env.get("PATH", os.defpath)), "PULUMI_SKIP_UPDATE_CHECK": "true"}, left_out


def of_tests(project: Project, env: Mapping[str, str]) -> dict[str, str]:
    """The environment of the tests: the chosen CLI and our Python come first, and nothing of this project's stacks."""
    ours = settings(project, env.get("PATH", os.defpath))
    kept = {name: value for name, value in env.items() if not name.startswith(("ADOBE_", "PULUMI"))}
    return {**kept, "PATH": ours["PATH"], "PULUMI_SKIP_UPDATE_CHECK": "true"}
