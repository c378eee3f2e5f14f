"""The Python that runs a program or a policy pack: the one of the virtual environment that its project file names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class NoInterpreterError(Exception):
    """The virtual environment that the project names does not exist or is not one."""


@dataclass(frozen=True)
class Interpreter:
    """A Python, and its environment variables."""

    python: str
    env: dict[str, str]


def find_interpreter(options: Mapping[str, object], root: str, env: Mapping[str, str]) -> Interpreter:
    """Find the Python of a project in the folder ``root`` by its runtime options, as Pulumi's own host does."""
    venv = locate_venv(options, root)
    if venv is None:
        return find_base_interpreter(env)
    python = venv / "bin" / "python"
    if not python.exists():
        fault = "is no virtual environment" if venv.exists() else "does not exist"
        message = (
            f"The 'virtualenv' option in {Path(root) / 'Pulumi.yaml'} leads to {venv}, which {fault}. "
            "Create it, and install the packages of the project into it: pulumi install"
        )
        raise NoInterpreterError(message)
    inherited = {name: value for name, value in env.items() if name != "PYTHONHOME"}
    path = os.pathsep.join([str(venv / "bin"), env.get("PATH", os.defpath)])
    return Interpreter(str(python), {**inherited, "PATH": path, "VIRTUAL_ENV": str(venv)})


def find_base_interpreter(env: Mapping[str, str]) -> Interpreter:
    """Return the Python that creates virtual environments, and that runs a project without one."""
    return Interpreter(env.get("PULUMI_PYTHON_CMD") or "python3", dict(env))


def locate_venv(options: Mapping[str, object], root: str) -> Path | None:
    """Return the folder of the virtual environment that a project in ``root`` names, or None if it names none."""
    name = str(options.get("virtualenv") or (".venv" if options.get("toolchain") == "uv" else ""))
    return Path(root) / name if name else None
