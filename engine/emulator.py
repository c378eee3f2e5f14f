"""The emulator, started in the background for the dev stack and stopped again."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from engine.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

_DEFAULT_PORT = 8765
_LOCAL = re.compile(r"http://(?:127\.0\.0\.1|localhost):(\d+)")


def start(project: Project, env: os._Environ[str] = os.environ) -> None:
    """Start it, unless it runs already; it goes on with the data that it has."""
    port = port_of(project.stack_file)
    asked = env.get("EMULATOR_PORT", "")
    if asked and asked != str(port):
        raise Problem(
            f"EMULATOR_PORT={asked}, but the dev stack talks to port {port}. Change the addresses in "
            f"{project.stack_file} to port {asked} and start again; EMULATOR_PORT is then not needed."
        )
    project.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _emulator(project, "--port", str(port), "--detach") != 0:
        raise Problem(
            f"The emulator could not be started on port {port}: see the line above. Free the port (`make stop` in "
            f"the folder of another emulator ends that), or change it in the addresses of {project.stack_file}."
        )


def stop(project: Project) -> None:
    """End it; that it does not run is no error."""
    _emulator(project, "--port", str(port_of(project.stack_file)), "--stop")


def port_of(stack_file: Path) -> int:
    """The port that the dev stack talks to: the stack file is the only place that says so."""
    text = stack_file.read_text(encoding="utf-8") if stack_file.exists() else ""
    found = _LOCAL.search(text)
    return int(found[1]) if found else _DEFAULT_PORT


def _emulator(project: Project, *arguments: str) -> int:
    files = {"--data": "emulator.db", "--pid": "emulator.pid", "--log": "emulator.log"}
    places = [part for option, name in files.items() for part in (option, str(project.state / name))]
    command = [str(project.python), "-m", "flow_service_emulator", *places, *arguments]
    return subprocess.run(command, check=False, cwd=project.root).returncode  # noqa: S603 - our own program
