"""Makes sure that there is a Pulumi CLI, and says once which one was taken and why."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from engine import build, official
from engine.choose import Choice, choose
from engine.cli import on_path, probe
from engine.links import link
from engine.problem import Problem
from engine.say import say
from engine.version import of_pulumi
from engine.wrappers import write_wrappers

if TYPE_CHECKING:
    from engine.project import Project


def obtain(project: Project) -> None:
    """Choose a CLI, get one where none can be used, and link it into `.tools/bin`."""
    choice = _choice(project, os.environ)
    if choice.cli:
        if link(project.bin, choice.cli.path):
            say(" ".join(choice.reasons))
    else:
        say(" ".join(choice.reasons) or "There is no Pulumi CLI on this machine.")
        link(project.bin, _new(project))
    project.pulumi_home.mkdir(parents=True, exist_ok=True)


def is_obtained(project: Project) -> bool:
    """Whether a CLI is linked, as far as a glance can tell."""
    return (project.bin / "pulumi").exists()


def _choice(project: Project, env: os._Environ[str]) -> Choice:
    search = env.get("PATH", os.defpath)
    named = env.get("PULUMI", "")
    found = on_path(search, without=project.tools)
    if (build.folder(project) / "pulumi").exists():
        write_wrappers(project, build.folder(project))
    kept = [build.folder(project) / "pulumi", official.folder(project) / "bin" / "pulumi"]
    return choose(
        probe(Path(named).expanduser().absolute(), search) if named else None,
        probe(found, search) if found and not named else None,
        [probe(path, search) for path in kept if path.exists() and not named],
        of_pulumi(build.GO_MOD),
    )


def _new(project: Project) -> Path:
    installer = os.environ.get("INSTALLER", "")
    if installer == "official":
        return official.fetch(project)
    if installer:
        raise Problem(f"INSTALLER={installer} is not known: leave it out, or INSTALLER=official.")
    return build.build(project)
