"""The build of the Pulumi CLI from its Go module, in the version of go.mod, with our language host beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.go import PROGRESS_SECONDS, build_go_environment, provide_go
from engine.messages import Problem, print_message
from engine.processes import LongCommand, run_with_progress
from engine.project import ENGINE
from engine.version import format_version, read_go_version, read_pulumi_version
from engine.wrappers import write_wrappers

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from engine.project import Project

GO_MOD = ENGINE / "go.mod"
_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
_VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"


def locate_build(project: Project, go_mod: Path = GO_MOD) -> Path:
    """Return the folder of the build, one for each version."""
    return project.tools / f"built-{format_version(read_pulumi_version(go_mod))}"


def build_cli(project: Project, cancelled: Event | None = None, go_mod: Path = GO_MOD) -> Path:
    """Build the CLI and return its path, which exists only after a complete build.

    Args:
        project: The clone.
        cancelled: Is set by another thread to end the build.
        go_mod: Names the version.
    """
    version = format_version(read_pulumi_version(go_mod))
    print_message(
        f"Building the Pulumi CLI {version} from its Go module. This takes about 7 "
        "minutes, once.\n"
        "Two ways are faster: press Ctrl-C, and install Pulumi yourself (https://www.pulumi.com/docs/install/), or run "
        "Pulumi's own installer with: make up INSTALLER=official"
    )
    compiler = provide_go(project, read_go_version(go_mod), cancelled)
    cli, unfinished = (locate_build(project, go_mod) / name for name in ("pulumi", "pulumi.unfinished"))
    cli.parent.mkdir(parents=True, exist_ok=True)
    flags = f"-s -w -X {_VERSION_VARIABLE}={version}"
    command = (compiler, "build", "-v", "-trimpath", "-o", unfinished, "-ldflags", flags, _PACKAGE)
    build = LongCommand("Pulumi CLI", command, project.tools / "build.log", build_go_environment(), go_mod.parent)
    outcome = run_with_progress(build, interval=PROGRESS_SECONDS, cancelled=cancelled)
    if outcome.exit_code != 0:
        raise Problem(
            "The Pulumi CLI could not be built. Its source comes from the Go module proxy, so a build needs a "
            "network. Check it, or install Pulumi yourself (https://www.pulumi.com/docs/install/) and start again, or "
            f"name a CLI with PULUMI=/path/to/pulumi. The full output is in {outcome.log}; its last lines:\n"
            f"{outcome.read_last_lines()}"
        )
    unfinished.rename(cli)
    write_wrappers(project, cli.parent)
    return cli
