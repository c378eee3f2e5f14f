"""Builds the Pulumi CLI from its Go module, in the version of go.mod, and puts our language host beside it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.go import HERE, go
from engine.problem import Problem
from engine.say import say
from engine.version import of_go, of_pulumi, shown
from engine.watched import watched
from engine.wrappers import write_wrappers

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

GO_MOD = HERE / "go.mod"
_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
_VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
_EVERY_SECONDS = 20.0


def folder(project: Project) -> Path:
    """Where a build is kept; another version is another folder."""
    return project.tools / f"built-{shown(of_pulumi(GO_MOD))}"


def build(project: Project) -> Path:
    """The built CLI's path; half a build never stands under its name."""
    say(
        f"The Pulumi CLI {shown(of_pulumi(GO_MOD))} is built from its Go module: about 7 minutes, once.\n"
        "Faster: end this with Ctrl-C and install Pulumi yourself (https://www.pulumi.com/docs/install/), or let "
        "Pulumi's own installer do it: make up INSTALLER=official"
    )
    compiler = go(project, of_go(GO_MOD))
    kept, unfinished = folder(project) / "pulumi", folder(project) / "pulumi.unfinished"
    kept.parent.mkdir(parents=True, exist_ok=True)
    flags = f"-s -w -X {_VERSION_VARIABLE}={shown(of_pulumi(GO_MOD))}"
    command = (compiler, "build", "-v", "-trimpath", "-o", unfinished, "-ldflags", flags, _PACKAGE)
    outcome = watched(command, log=project.tools / "build.log", env=_environment(), cwd=HERE, every=_EVERY_SECONDS)
    if outcome.exit_code != 0:
        raise Problem(
            "The Pulumi CLI could not be built. Its source comes from the Go module proxy, so this needs a network; or "
            "install Pulumi yourself (https://www.pulumi.com/docs/install/) and start again, or name one with "
            f"PULUMI=/path/to/pulumi. The whole output is in {outcome.log}; it ended with:\n{outcome.last_lines()}"
        )
    unfinished.rename(kept)
    write_wrappers(project, kept.parent)
    return kept


def _environment() -> dict[str, str]:
    """The user's own settings of Go, but one toolchain, no workspace of a folder above, and no C compiler."""
    return {**os.environ, "GOTOOLCHAIN": "local", "GOWORK": "off", "CGO_ENABLED": "0"}
