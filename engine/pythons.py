"""`make test-pythons`: the tests without the engine, on each supported Python that this machine has or uv can fetch."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.checks import FEW_EXAMPLES, WITHOUT_CACHE, run_tests
from engine.installer import provide_uv
from engine.messages import Problem, print_message
from engine.packages import GROUPS, install
from engine.test_reports import VersionResult, report_results, select_versions
from engine.venv import make_venv

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.project import Project

SUPPORTED_PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
_DOWNLOAD_SECONDS = 180.0


def test_pythons(project: Project) -> int:
    """Run the tests on each Python, in an environment of its own, and report the results; ARGS has pytest's options."""
    make_venv(project)
    return report_results([_test_python(project, version) for version in select_versions(SUPPORTED_PYTHONS)])


def _test_python(project: Project, version: str) -> VersionResult:
    title = f"Python {version}"
    python = find_python(version) or _fetch_python(project, version)
    if python is None:
        reason = f"this machine has no Python {version} with its venv module, and uv could not fetch one"
        return VersionResult(title, None, reason)
    variant = replace(project, variant=f"python-{version}")
    try:
        make_venv(variant, python)
        install(variant, GROUPS)
    except Problem as problem:
        print_message(str(problem))
        return VersionResult(title, 1)
    print_message(f"The tests on {title} ({python}):")
    return VersionResult(title, run_tests(variant, *WITHOUT_CACHE, "-m", "not engine", *FEW_EXAMPLES))


def find_python(version: str) -> Path | None:
    """Return a Python of this version that can create environments.

    It is searched among the paths of PYTHONS, on PATH, and among those that pyenv has installed.
    """
    return next((path for path in _list_candidates(version) if _has_version(path, version)), None)


def _list_candidates(version: str) -> Iterator[Path]:
    yield from (Path(name) for name in os.environ.get("PYTHONS", "").split())
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield Path(on_path)
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"), reverse=True)


def _has_version(python: Path, version: str) -> bool:
    script = "import ensurepip, ssl, venv, sys; print(f'{sys.version_info[0]}.{sys.version_info[1]}')"
    try:
        process = subprocess.run(  # noqa: S603 - a Python of this machine
            [str(python), "-c", script], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError:
        return False
    return process.returncode == 0 and process.stdout.strip() == version


def _fetch_python(project: Project, version: str) -> Path | None:
    uv = provide_uv(project)
    if uv is None:
        return None
    folder = project.tools / "pythons"
    command = [str(uv), "python", "install", "--no-bin", "--quiet", "--install-dir", str(folder), version]
    try:
        process = subprocess.run(  # noqa: S603 - the pinned uv
            command, capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=_DOWNLOAD_SECONDS
        )
        failure = process.stderr.strip() if process.returncode != 0 else ""
    except subprocess.TimeoutExpired:
        failure = f"no answer within {_DOWNLOAD_SECONDS:.0f} s"
    if failure:
        print_message(f"uv could not fetch Python {version}: {failure.splitlines()[-1].strip()}")
    candidates = sorted(folder.glob(f"cpython-{version}.*/bin/python{version}"), reverse=True)
    return next((path for path in candidates if _has_version(path, version)), None)
