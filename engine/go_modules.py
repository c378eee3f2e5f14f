"""The build of programs from Go modules that `go install` refuses, because their go.mod replaces modules.

So each module is copied, and built in its own folder.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build import GO_MOD
from engine.go import PROGRESS_SECONDS, build_go_environment, provide_go
from engine.messages import Problem, print_message
from engine.processes import LongCommand, run_with_progress
from engine.version import read_go_version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from engine.project import Project


@dataclass(frozen=True)
class GoModule:
    """A program of a Go module, and the checksum of the module as a go.sum has it."""

    program: str
    path: str
    version: str
    checksum: str
    package: str
    flags: str = "-s -w"


def build_programs(project: Project, name: str, modules: Sequence[GoModule], announcement: str) -> Path:
    """Build what is missing, and return the folder with all programs; a complete build is used again.

    Args:
        project: The clone.
        name: The beginning of the folder's name in `.tools`. The versions are the rest.
        modules: The programs.
        announcement: What is printed before a build.
    """
    folder = project.tools / "-".join((name, *(module.version for module in modules)))
    missing = [module for module in modules if not (folder / module.program).exists()]
    if not missing:
        return folder
    print_message(announcement)
    compiler = provide_go(project, read_go_version(GO_MOD))
    folder.mkdir(parents=True, exist_ok=True)
    for module in missing:
        _build(project, compiler, folder, module)
    return folder


def _build(project: Project, compiler: Path, folder: Path, module: GoModule) -> None:
    source, unfinished = folder / "source", folder / f"{module.program}.unfinished"
    shutil.rmtree(source, ignore_errors=True)
    # The module cache is read-only, and so are the copies of its files, where a build writes go.sum.
    shutil.copytree(_download(project, compiler, module), source, copy_function=shutil.copyfile)
    command = (compiler, "build", "-v", "-trimpath", "-o", unfinished, "-ldflags", module.flags, module.package)
    log = project.tools / f"{module.program}.log"
    build = LongCommand(module.program, command, log, _build_environment(), source)
    outcome = run_with_progress(build, interval=PROGRESS_SECONDS)
    if outcome.exit_code != 0:
        raise Problem(f"{module.program} {module.version} could not be built.\n{outcome.read_last_lines()}")
    unfinished.rename(folder / module.program)
    shutil.rmtree(source)


def _download(project: Project, compiler: Path, module: GoModule) -> Path:
    """Return the folder of the module in Go's module cache. Raises a `Problem` unless its checksum is the known one."""
    process = subprocess.run(  # noqa: S603 - the Go on PATH or our own
        [str(compiler), "mod", "download", "-json", f"{module.path}@v{module.version}"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env=_build_environment(),
        cwd=project.tools,
    )
    if process.returncode != 0:
        raise Problem(f"{module.program} {module.version} could not be downloaded.\n{process.stdout}{process.stderr}")
    answer = json.loads(process.stdout)
    if answer["Sum"] != module.checksum:
        raise Problem(f"{module.program} {module.version} has another checksum than the known one: {answer['Sum']}.")
    return project.root / str(answer["Dir"])


def _build_environment() -> dict[str, str]:
    """Return the environment of a build that may write the go.sum of the copied module."""
    return {**build_go_environment(), "GOFLAGS": "-mod=mod"}
