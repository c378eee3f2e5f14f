"""`make check` and `make test`: the linters, and pytest last."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.environment import of_tests
from engine.foreground import foreground
from engine.problem import Problem
from engine.say import say

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

_TYPED = (
    "provider/pulumi_adobe",
    "emulator/flow_service_emulator",
    "cli/adobe_flow",
    "policy",
    "benchmarks",
    "engine",
    "examples/fleet/fleet_runner",
    "tests",
    "__main__.py",
)


_FEW_EXAMPLES = ("--hypothesis-profile", "quick")
"""`make test` tries each property with all of its examples."""


def check(project: Project) -> int:
    """Everything that is quick: format, lint, types, direction of imports, and the fast tests."""
    typed = [part for part in _TYPED if (project.root / part).exists()]
    steps = (
        ("ruff", "format", "--check", "--quiet"),
        ("ruff", "check", "--quiet"),
        ("mypy", *typed),
        ("lint-imports", "--no-cache", "--no-logo"),
        ("pytest", "-q", "-m", "not engine and not slow", "-n", "auto", "--dist", "worksteal", *_FEW_EXAMPLES),
    )
    failed = [step[0] for step in steps if _run(project, *step) != 0]
    if failed:
        say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def test(project: Project) -> int:
    """Run all tests, those with the real engine included, on all cores."""
    return _test(project)


def coverage(project: Project) -> int:
    """Run all tests, and measure the coverage of all processes, which takes a quarter more of the processors."""
    return _test(project, "--cov")


def _test(project: Project, *options: str) -> int:
    return _run(project, "pytest", *options, "-n", "auto", "--dist", "worksteal", *os.environ.get("ARGS", "").split())


def docs(project: Project) -> int:
    """The documentation as a site."""
    # Its makers' plea for money and news of another version are no warnings of ours.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    return _run(project, "mkdocs", "build", "--strict")


def pictures(project: Project) -> int:
    """The pictures of the command line's pages."""
    return _run(project, "python", "-m", "docs.terminal_pictures")


def chaos(project: Project) -> int:
    """Kills and faults at random moments, and the table of what is left of them; CHAOS has the options."""
    return _run(project, "python", "-m", "tests.chaos", *os.environ.get("CHAOS", "").split())


def contract(project: Project) -> int:
    """The provider's requests and the emulator's answers, judged by Adobe's OpenAPI; CONTRACT has the options."""
    specs = os.environ.get("SPECS")
    if not specs:
        raise Problem(
            "make contract needs Adobe's OpenAPI documents, which are not part of this project: SPECS=<folder> names a "
            "folder with flow-service.yaml, data-prep.yaml, catalog.yaml and sandbox.yaml of the repository "
            "AdobeDocs/experience-platform-apis, static/swagger-specs."
        )
    return _run(project, "python", "-m", "tests.contract", specs, *os.environ.get("CONTRACT", "").split())


def mutation(project: Project) -> int:
    """The core with one change at a time, and the table of those that no test notices; MUTATION has the options."""
    return _run(project, "python", "-m", "tests.mutation", *os.environ.get("MUTATION", "--report").split())


def format_code(project: Project) -> int:
    """Let ruff format and mend what it can."""
    return _run(project, "ruff", "check", "--fix", "--quiet") or _run(project, "ruff", "format", "--quiet")


def _run(project: Project, tool: str, *arguments: str | Path) -> int:
    say(f"{tool} {' '.join(map(str, arguments))}")
    return foreground([project.venv / "bin" / tool, *arguments], project.root, of_tests(project, os.environ))
