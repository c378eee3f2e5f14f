"""`make test-versions`: the tests with the engine or the SDK, on the oldest and the newest supported Pulumi.

`make test` runs the oldest supported CLI with the newest SDK, so each of the four is run with one of the others.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.build import GO_MOD, build_cli, locate_build
from engine.checks import WITHOUT_CACHE, run_tests
from engine.installer import Installer
from engine.messages import print_message
from engine.packages import GROUPS, install
from engine.project import ENGINE
from engine.setup_lock import hold_setup_lock
from engine.steps import is_step_done, mark_step_done
from engine.test_reports import VersionResult, report_results, select_versions
from engine.venv import make_venv
from engine.version import format_version, read_pulumi_version
from engine.wrappers import write_wrappers

if TYPE_CHECKING:
    from engine.project import Project

OLDEST_SDK_LOCK = ENGINE / "sdk-oldest.lock"


@dataclass(frozen=True)
class PulumiPair:
    """A CLI and an SDK that are tested together.

    Attributes:
        name: The name for VERSIONS.
        go_mod: Names the version of the CLI, which is built from its Go module.
        sdk_lock: The lock file with the SDK; None for the one of requirements/run.lock.
    """

    name: str
    go_mod: Path
    sdk_lock: Path | None


PAIRS = (
    PulumiPair("oldest", GO_MOD, OLDEST_SDK_LOCK),
    PulumiPair("newest", ENGINE / "newest" / "go.mod", None),
)


def test_versions(project: Project) -> int:
    """Run the tests with each pair, in an environment of its own, and report the results; ARGS has pytest's options."""
    names = select_versions([pair.name for pair in PAIRS])
    return report_results([_test_pair(project, pair) for pair in PAIRS if pair.name in names])


def _test_pair(project: Project, pair: PulumiPair) -> VersionResult:
    variant = replace(project, variant=f"pulumi-{pair.name}")
    with hold_setup_lock(project):
        make_venv(variant)
        install(variant, GROUPS)
        _install_sdk(variant, pair)
        _provide_cli(variant, pair)
    sdk = next(variant.venv.glob("lib/python*/site-packages/pulumi-[0-9]*.dist-info")).name.split("-")[1]
    cli = format_version(read_pulumi_version(pair.go_mod))
    title = f"{pair.name}: CLI {cli}, SDK {sdk.removesuffix('.dist')}"
    print_message(f"The tests on {title}:")
    return VersionResult(title, run_tests(variant, *WITHOUT_CACHE, "-m", "engine or sdk"))


def _install_sdk(variant: Project, pair: PulumiPair) -> None:
    note = variant.venv / "sdk.sha256"
    if pair.sdk_lock is not None and not is_step_done(note, [pair.sdk_lock]):
        Installer(variant).install("--no-deps", "--require-hashes", "-r", pair.sdk_lock)
        mark_step_done(note, [pair.sdk_lock])


def _provide_cli(variant: Project, pair: PulumiPair) -> None:
    """Put the CLI into the variant's own folder, beside hosts that start the variant's Python."""
    built = locate_build(variant, pair.go_mod) / "pulumi"
    cli = built if built.exists() else build_cli(variant, go_mod=pair.go_mod)
    variant.bin.mkdir(parents=True, exist_ok=True)
    target = variant.bin / "pulumi"
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(cli)
    except OSError:
        shutil.copy2(cli, target)
    write_wrappers(variant, variant.bin)
