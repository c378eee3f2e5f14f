"""Who runs this, and where: what continuous integration says, else git, else the machine."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_WHO: Final = (
    "GITHUB_TRIGGERING_ACTOR",
    "GITHUB_ACTOR",
    "GITLAB_USER_LOGIN",
    "BUILD_REQUESTEDFOR",
    "GIT_AUTHOR_NAME",
)
"""GitHub: "Variables reference"; GitLab: "Predefined CI/CD variables"; Azure Pipelines: "Predefined variables"."""


@dataclass(frozen=True)
class Origin:
    """A person, who says so (a variable, or git), and the address of the run."""

    who: str
    by_word_of: str
    run: str | None


def origin(environment: Mapping[str, str], folder: Path) -> Origin | None:
    """None where nobody is known."""
    run = _run(environment)
    for name in _WHO:
        if environment.get(name, "").strip():
            return Origin(environment[name].strip(), name, run)
    return Origin(known, "git config user.name", run) if (known := _of_git(environment, folder)) else None


def _of_git(environment: Mapping[str, str], folder: Path) -> str:
    git = shutil.which("git", path=environment.get("PATH"))
    if git is None:
        return ""
    asked = subprocess.run(  # noqa: S603 - the user's own git
        [git, "config", "user.name"],
        cwd=folder,
        env=dict(environment),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return asked.stdout.strip()


def _run(environment: Mapping[str, str]) -> str | None:
    if "GITHUB_RUN_ID" in environment:
        return "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}".format_map(_Lenient(environment))
    if "CI_JOB_URL" in environment:
        return environment["CI_JOB_URL"]
    if "BUILD_BUILDID" in environment:
        return "{SYSTEM_COLLECTIONURI}{SYSTEM_TEAMPROJECT}/_build/results?buildId={BUILD_BUILDID}".format_map(
            _Lenient(environment)
        )
    return None


class _Lenient(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
