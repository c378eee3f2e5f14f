"""The emulator of the dev stack, which runs in the background."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from engine.messages import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

_DEFAULT_PORT = 8765
_LOCAL = re.compile(r"http://(?:127\.0\.0\.1|localhost):(\d+)")


def start_emulator(project: Project, env: os._Environ[str] = os.environ) -> None:
    """Start the emulator with its data, unless it runs already."""
    port = read_port(project.stack_file)
    requested_port = env.get("EMULATOR_PORT", "")
    if requested_port and requested_port != str(port):
        raise Problem(
            f"EMULATOR_PORT is {requested_port}, but the dev stack uses port {port}. Change the addresses in "
            f"{project.stack_file} to port {requested_port} and start again; EMULATOR_PORT is then not needed."
        )
    project.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _run_emulator(project, "--port", str(port), "--detach") != 0:
        raise Problem(
            f"The emulator could not be started on port {port}; the line above has the reason. Free the port, for "
            "example with `make stop` in the folder of another emulator, or change it in the addresses of "
            f"{project.stack_file}."
        )


def stop_emulator(project: Project) -> None:
    """Stop the emulator if it runs."""
    _run_emulator(project, "--port", str(read_port(project.stack_file)), "--stop")


def read_port(stack_file: Path) -> int:
    """Return the port that the dev stack uses. The stack file is the only place that has it."""
    text = stack_file.read_text(encoding="utf-8") if stack_file.exists() else ""
    match = _LOCAL.search(text)
    return int(match[1]) if match else _DEFAULT_PORT


def _run_emulator(project: Project, *arguments: str) -> int:
    files = {"--data": "emulator.db", "--pid": "emulator.pid", "--log": "emulator.log"}
    places = [part for option, name in files.items() for part in (option, str(project.state / name))]
    command = [str(project.python), "-m", "flow_service_emulator", *places, *arguments]
    return subprocess.run(command, check=False, cwd=project.root).returncode  # noqa: S603 - our own program
