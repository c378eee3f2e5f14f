"""`make check`, `make test` and the other commands that run the development tools."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from engine.environment import build_test_environment
from engine.messages import Problem, print_message
from engine.processes import run_in_foreground

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

FEW_EXAMPLES = ("--hypothesis-profile", "quick")
"""`make test` tries each property with all of its examples."""
WITHOUT_CACHE = ("-p", "no:cacheprovider")
"""For runs in another environment than the project's own, which would replace its notes of failed tests."""
_ON_ALL_CORES = ("-n", "auto", "--dist", "worksteal")
_LINTED_FOLDERS = (".", "policy", "examples/fleet")
"""The folders with contracts of import-linter, each of which finds its own packages."""


def run_quick_checks(project: Project) -> int:
    """Run all quick checks: format, lint, types, direction of imports, and the fast tests."""
    steps = (
        ("ruff", "format", "--check", "--quiet"),
        ("ruff", "check", "--quiet"),
        ("mypy",),
        ("pytest", "-q", "-m", "not engine and not slow", *_ON_ALL_CORES, *FEW_EXAMPLES),
    )
    failed_steps = [f"lint-imports in {folder}" for folder in _LINTED_FOLDERS if _lint_imports(project, folder) != 0]
    failed_steps += [step[0] for step in steps if _run_tool(project, *step) != 0]
    if failed_steps:
        print_message(f"Failed: {', '.join(failed_steps)}")
    return 1 if failed_steps else 0


def run_all_tests(project: Project) -> int:
    """Run all tests, those with the real engine included."""
    return run_tests(project)


def measure_coverage(project: Project) -> int:
    """Run all tests, and measure the coverage of all processes, which takes a quarter more of the processors."""
    return run_tests(project, "--cov")


def build_docs_site(project: Project) -> int:
    """Build the documentation as a site."""
    # Without the announcement of another version by the authors of the theme, which would fail a strict build.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    return _run_tool(project, "mkdocs", "build", "--strict")


def record_pictures(project: Project) -> int:
    """Record the pictures of the command line's pages."""
    return _run_tool(project, "python", "-m", "docs.terminal_pictures")


def run_chaos_tests(project: Project) -> int:
    """Run the large tests, and a campaign that kills processes and injects faults at random moments.

    CHAOS has options of the campaign, which then runs alone.
    """
    options = os.environ.get("CHAOS", "").split()
    large_tests_code = 0 if options else _run_tool(project, "pytest", "-q", "-m", "large", *_ON_ALL_CORES)
    return _run_tool(project, "python", "-m", "tests.chaos", *options) or large_tests_code


def check_contract(project: Project) -> int:
    """Check requests of the provider and answers of the emulator by Adobe's OpenAPI; CONTRACT has the options."""
    specs = os.environ.get("SPECS")
    if not specs:
        raise Problem(
            "make contract needs Adobe's OpenAPI documents, which are not part of this project. Name their folder with "
            "SPECS=<folder>. It needs flow-service.yaml, data-prep.yaml, catalog.yaml and sandbox.yaml of the "
            "repository AdobeDocs/experience-platform-apis, static/swagger-specs."
        )
    return _run_tool(project, "python", "-m", "tests.contract", specs, *os.environ.get("CONTRACT", "").split())


def run_mutation_tests(project: Project) -> int:
    """Run the mutation tests, and list the changes that no test notices; MUTATION has the options."""
    return _run_tool(project, "python", "-m", "tests.mutation", *os.environ.get("MUTATION", "--report").split())


def format_code(project: Project) -> int:
    """Format the code, and let ruff correct what it can."""
    return _run_tool(project, "ruff", "check", "--fix", "--quiet") or _run_tool(project, "ruff", "format", "--quiet")


def _lint_imports(project: Project, folder: str) -> int:
    return _run_tool(project, "lint-imports", "--no-cache", "--no-logo", folder=folder)


def run_tests(project: Project, *options: str) -> int:
    """Run tests in an environment, on all cores; ARGS has more options."""
    arguments = shlex.split(os.environ.get("ARGS", ""))
    return _run_tool(project, "pytest", *_ON_ALL_CORES, *options, *arguments)


def _run_tool(project: Project, tool: str, *arguments: str | Path, folder: str = ".") -> int:
    print_message(f"{tool} {' '.join(map(str, arguments))}")
    env = build_test_environment(project, os.environ)
    return run_in_foreground([project.venv / "bin" / tool, *arguments], project.root / folder, env)
