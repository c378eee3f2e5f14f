"""The program that installs Python's packages: uv, or pip where uv cannot run or pip has settings of its own.

uv is several times as fast. It does not read pip's settings, so where pip is told which index, proxy or certificates to
use, as for the mirror of a company, pip installs the packages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cached_property
from typing import TYPE_CHECKING

from engine.messages import Problem, print_message
from engine.processes import LongCommand, Outcome, run_with_progress
from engine.project import ENGINE
from engine.steps import is_step_done, mark_step_done

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

UV_LOCK = ENGINE / "uv.lock"
_PIP_SETTINGS = frozenset(
    {
        *("index-url", "extra-index-url", "no-index", "find-links", "trusted-host"),
        *("cert", "client-cert", "proxy", "keyring-provider"),
    }
)
"""pip: "Configuration", `pip install`: the settings that say from where packages come, and who may deliver them."""
_CERTIFICATE_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""The variables with certificates that pip reads, because Requests does, and uv does not."""
_UV_VARIABLES = ("UV_SYSTEM_PYTHON", "UV_TARGET", "UV_PREFIX")
"""The variables that would send the packages to another place."""
_PIP_OPTIONS = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--no-compile")


class Installer:
    """Installs packages by uv if it can be used, and by pip otherwise. The choice is made once, and printed."""

    def __init__(self, project: Project) -> None:
        """Prepare the installation into the environment of the project."""
        self._project = project

    def install(self, *arguments: str | Path) -> None:
        """Install packages; uv and pip take the same arguments, those of `pip install`.

        Raises:
            Problem: The packages could not be installed.
        """
        if self._uv is not None:
            outcome = _run_uv(self._project, self._uv, *arguments)
            if outcome.exit_code == 0:
                return
            print_message(f"uv could not install the packages, so pip tries it. uv says:\n{outcome.read_last_lines()}")
        outcome = _run_pip(self._project, *arguments)
        if outcome.exit_code != 0:
            raise Problem(
                "Python's packages could not be installed. The set-up needs a network and a package index that "
                f"answers. The whole output is in {outcome.log}; its last lines:\n{outcome.read_last_lines()}"
            )

    @cached_property
    def _uv(self) -> Path | None:
        settings = find_pip_settings(self._project)
        if settings:
            print_message(f"pip installs the packages, because it has settings of its own: {', '.join(settings)}.")
            return None
        return provide_uv(self._project)


def provide_uv(project: Project) -> Path | None:
    """Return the uv of engine/uv.lock, and install it into .tools if it is missing; None if it cannot run."""
    folder = project.tools / "uv"
    note, uv = folder / "installed.sha256", folder / "bin" / "uv"
    if not is_step_done(note, [UV_LOCK]):
        print_message("Installing uv into .tools. It installs the packages.")
        shutil.rmtree(folder, ignore_errors=True)
        # Without wheels pip would compile uv, which takes longer than to install all packages by pip.
        options = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--target", folder)
        outcome = _run_pip(project, *options, "-r", UV_LOCK)
        if outcome.exit_code != 0:
            print_message(f"uv could not be installed, so pip installs the packages.\n{outcome.read_last_lines()}")
            return None
        mark_step_done(note, [UV_LOCK])
    failure = _find_failure(uv)
    if failure:
        print_message(f"uv cannot run on this machine, so pip installs the packages ({failure}).")
    return None if failure else uv


def find_pip_settings(project: Project) -> list[str]:
    """Return the names of pip's settings that say from where packages come; never a value, which may be secret."""
    process = subprocess.run(  # noqa: S603 - our own environment
        [str(project.python), "-m", "pip", "config", "list"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    # Lines such as global.index-url='…' for a file, and :env:.cert='…' for a variable.
    names = {line.partition("=")[0].rpartition(".")[2] for line in process.stdout.splitlines()}
    return [*sorted(names & _PIP_SETTINGS), *(name for name in _CERTIFICATE_VARIABLES if os.environ.get(name))]


def _find_failure(uv: Path) -> str:
    try:
        process = subprocess.run(  # noqa: S603 - the program from above
            [str(uv), "--version"], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError as error:
        return str(error)
    return "" if process.returncode == 0 else process.stderr.strip() or f"exit code {process.returncode}"


def _run_uv(project: Project, uv: Path, *arguments: str | Path) -> Outcome:
    env = {name: value for name, value in os.environ.items() if name not in _UV_VARIABLES}
    return _run(project, (uv, "pip", "install", "--python", project.python, *arguments), env)


def _run_pip(project: Project, *arguments: str | Path) -> Outcome:
    command = (project.python, "-m", "pip", "install", *_PIP_OPTIONS, *arguments)
    return _run(project, command, {**os.environ, "PIP_USER": "0"})


def _run(project: Project, command: tuple[str | Path, ...], env: dict[str, str]) -> Outcome:
    return run_with_progress(LongCommand("Packages", command, project.tools / "packages.log", env, project.root))
