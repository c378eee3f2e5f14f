"""The emulator of the dev stack, which runs in the background, and its port."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

from engine.messages import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.project import Project

_DEFAULT_PORT = 8765
_HIGHEST_PORT = 65535
_LOCAL = re.compile(r"http://(?:127\.0\.0\.1|localhost):(\d+)")
_REFUSED = 2
"""The emulator's exit code of a start that fails; it has printed the reason."""


def choose_port(project: Project, env: Mapping[str, str] = os.environ) -> int:
    """Return the port of the dev stack's emulator.

    It is the one of EMULATOR_PORT, else the one on which the emulator of this clone runs, else the one of the stack
    file. So `EMULATOR_PORT=8790 make up` starts the emulator on another port, and the next commands find it there.
    """
    text = env.get("EMULATOR_PORT", "").strip()
    if not text:
        return _find_running_port(project) or read_port(project.stack_file)
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= _HIGHEST_PORT:
        raise Problem(f"EMULATOR_PORT={text} is not a port. Name a number from 1 to {_HIGHEST_PORT}, or leave it out.")
    return int(text)


def check_port(project: Project, env: Mapping[str, str] = os.environ) -> None:
    """Raise Problem if the emulator can neither be started on its port nor runs there already.

    This runs before anything is set up, so it uses the Python of the set-up and the source of the emulator, whose
    actions in the background need the standard library alone.
    """
    port = choose_port(project, env)
    process = _run_from_source(project, "--port", str(port), "--check")
    if process.returncode == _REFUSED:
        reason = process.stderr.strip().removeprefix("flow_service_emulator: ")
        raise Problem(
            f"The emulator cannot use port {port}: {reason}. Nothing was installed or changed.\nTo use another port: "
            f"EMULATOR_PORT={_find_free_port(port)} make up\nOr end that program and start again; `make stop` ends the "
            "emulator of this clone."
        )


def start(project: Project, env: Mapping[str, str] = os.environ) -> int:
    """Start the emulator with its data, unless it runs already, and return its port."""
    port = choose_port(project, env)
    project.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    command = [str(project.python), "-m", "flow_service_emulator", *_list_places(project), "--port", str(port)]
    if subprocess.run([*command, "--detach"], check=False, cwd=project.root).returncode != 0:  # noqa: S603 - our own
        raise Problem(
            f"The emulator could not be started on port {port}; the line above has the reason. To use another port: "
            f"EMULATOR_PORT={_find_free_port(port)} make up"
        )
    return port


def stop_emulator(project: Project) -> None:
    """Stop the emulator if it runs."""
    port = choose_port(project, {})
    command = [str(project.python), "-m", "flow_service_emulator", *_list_places(project), "--port", str(port)]
    subprocess.run([*command, "--stop"], check=False, cwd=project.root)  # noqa: S603 - our own program


def read_port(stack_file: Path) -> int:
    """Return the port that the dev stack's file names."""
    text = stack_file.read_text(encoding="utf-8") if stack_file.exists() else ""
    match = _LOCAL.search(text)
    return int(match[1]) if match else _DEFAULT_PORT


def _find_running_port(project: Project) -> int | None:
    """Return the port of the emulator that runs with the data of this clone, or None if none runs."""
    if not (project.state / "emulator.pid").exists():
        return None
    process = _run_from_source(project, "--port", "0", "--status")
    match = _LOCAL.search(process.stdout) if process.returncode == 0 else None
    return int(match[1]) if match else None


def _find_free_port(taken_port: int) -> int:
    """Return the next port on which a program can listen."""
    for port in range(taken_port + 1, min(taken_port + 100, _HIGHEST_PORT)):
        with socket.socket() as candidate:
            try:
                candidate.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    return _DEFAULT_PORT


def _run_from_source(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flow_service_emulator", *_list_places(project), *arguments]
    env = {**os.environ, "PYTHONPATH": str(project.root / "emulator"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(  # noqa: S603 - our own program
        command, capture_output=True, encoding="utf-8", errors="replace", check=False, cwd=project.root, env=env
    )


def _list_places(project: Project) -> list[str]:
    files = {"--data": "emulator.db", "--pid": "emulator.pid", "--log": "emulator.log"}
    return [part for option, name in files.items() for part in (option, str(project.state / name))]
