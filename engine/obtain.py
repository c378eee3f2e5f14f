"""The Pulumi CLI of the project: chosen or installed, and linked into `.tools/bin`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from engine import build, official
from engine.choose import CliChoice, choose_cli
from engine.cli import find_on_path, probe_cli
from engine.links import link_cli_into_bin
from engine.messages import Problem, print_message
from engine.version import read_pulumi_version
from engine.wrappers import write_wrappers

if TYPE_CHECKING:
    from threading import Event

    from engine.project import Project


def obtain_cli(project: Project, cancelled: Event | None = None) -> None:
    """Choose a CLI, or install one if none can be used, and link it into `.tools/bin`.

    Args:
        project: The clone.
        cancelled: Is set by another thread to end an installation.
    """
    choice = _choose_cli(project, os.environ)
    if choice.cli:
        if link_cli_into_bin(project.bin, choice.cli.path):
            print_message(" ".join(choice.reasons))
    else:
        print_message(" ".join(choice.reasons) or "This machine has no Pulumi CLI.")
        link_cli_into_bin(project.bin, _build_or_install_cli(project, cancelled))
    project.pulumi_home.mkdir(parents=True, exist_ok=True)


def is_cli_linked(project: Project) -> bool:
    """Return whether a CLI is linked, without running it."""
    return (project.bin / "pulumi").exists()


def _choose_cli(project: Project, env: os._Environ[str]) -> CliChoice:
    search = env.get("PATH", os.defpath)
    named_path = env.get("PULUMI", "")
    path_on_path = find_on_path(search, without=project.tools)
    if (build.locate_build(project) / "pulumi").exists():
        write_wrappers(project, build.locate_build(project))
    linked_path = project.bin / "pulumi"
    own_paths = dict.fromkeys(
        (
            # One that PULUMI or PATH named before counts for the commands that do not name it again.
            *([linked_path.readlink()] if linked_path.is_symlink() else []),
            build.locate_build(project) / "pulumi",
            official.locate_official_cli(project) / "bin" / "pulumi",
        )
    )
    return choose_cli(
        probe_cli(Path(named_path).expanduser().absolute(), search) if named_path else None,
        probe_cli(path_on_path, search) if path_on_path and not named_path else None,
        [probe_cli(path, search) for path in own_paths if path.exists() and not named_path],
        read_pulumi_version(build.GO_MOD),
    )


def _build_or_install_cli(project: Project, cancelled: Event | None) -> Path:
    installer = os.environ.get("INSTALLER", "")
    if installer == "official":
        return official.install_cli(project, cancelled=cancelled)
    if installer:
        raise Problem(f"INSTALLER={installer} is unknown. Leave it out, or use INSTALLER=official.")
    return build.build_cli(project, cancelled)
