"""Which Python runs a program or a policy pack: that of the virtual environment which its project file names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class NoInterpreterError(Exception):
    """The project names a virtual environment that is none; the text is for its user."""


@dataclass(frozen=True)
class Interpreter:
    """A Python, and the environment in which it runs."""

    python: str
    env: dict[str, str]


def interpreter(options: Mapping[str, object], root: str, env: Mapping[str, str]) -> Interpreter:
    """Read the runtime options of a project in the folder ``root``, as Pulumi's own host does."""
    named = str(options.get("virtualenv") or (".venv" if options.get("toolchain") == "uv" else ""))
    if not named:
        return Interpreter(env.get("PULUMI_PYTHON_CMD") or "python3", dict(env))
    venv = Path(root) / named
    python = venv / "bin" / "python"
    if not python.exists():
        is_what = "is no virtual environment" if venv.exists() else "does not exist"
        message = (
            f"The 'virtualenv' option in {Path(root) / 'Pulumi.yaml'} is {named!r}, but {venv} {is_what}. "
            "Make it and install the project's packages into it."
        )
        raise NoInterpreterError(message)
    active = {name: value for name, value in env.items() if name != "PYTHONHOME"}
    path = os.pathsep.join([str(venv / "bin"), env.get("PATH", os.defpath)])
    return Interpreter(str(python), {**active, "PATH": path, "VIRTUAL_ENV": str(venv)})
