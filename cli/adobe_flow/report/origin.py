"""The person who runs the command, and the pipeline: from continuous integration, else from git."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_NAME_VARIABLES: Final = (
    "GITHUB_TRIGGERING_ACTOR",
    "GITHUB_ACTOR",
    "GITLAB_USER_LOGIN",
    "BUILD_REQUESTEDFOR",
    "GIT_AUTHOR_NAME",
)
"""GitHub: "Variables reference"; GitLab: "Predefined CI/CD variables"; Azure Pipelines: "Predefined variables"."""


@dataclass(frozen=True)
class OverrideOrigin:
    """A person, the variable or git setting that names the person, and the address of the pipeline's run."""

    who: str
    by_word_of: str
    run: str | None


def find_override_origin(environment: Mapping[str, str], folder: Path) -> OverrideOrigin | None:
    """Return the person and the pipeline run of the continuous integration; `None` if nothing names a person."""
    run = _find_pipeline_run(environment)
    for variable in _NAME_VARIABLES:
        if environment.get(variable, "").strip():
            return OverrideOrigin(environment[variable].strip(), variable, run)
    git_name = _read_git_name(environment, folder)
    return OverrideOrigin(git_name, "git config user.name", run) if git_name else None


def _read_git_name(environment: Mapping[str, str], folder: Path) -> str:
    git = shutil.which("git", path=environment.get("PATH"))
    if git is None:
        return ""
    process = subprocess.run(  # noqa: S603 - the user's own git
        [git, "config", "user.name"],
        cwd=folder,
        env=dict(environment),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return process.stdout.strip()


def _find_pipeline_run(environment: Mapping[str, str]) -> str | None:
    if "GITHUB_RUN_ID" in environment:
        return "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}".format_map(
            _EmptyByDefault(environment)
        )
    if "CI_JOB_URL" in environment:
        return environment["CI_JOB_URL"]
    if "BUILD_BUILDID" in environment:
        return "{SYSTEM_COLLECTIONURI}{SYSTEM_TEAMPROJECT}/_build/results?buildId={BUILD_BUILDID}".format_map(
            _EmptyByDefault(environment)
        )
    return None


class _EmptyByDefault(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
