"""The report of test runs on several versions: which passed, which failed, and which were not run, and why."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.messages import Problem, print_message

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class VersionResult:
    """How the tests ended on one version.

    Attributes:
        title: The version.
        exit_code: pytest's exit code; None if the tests were not run.
        reason: Why they were not run.
    """

    title: str
    exit_code: int | None
    reason: str = ""

    def describe(self) -> str:
        """Return a line for the report."""
        if self.exit_code is None:
            return f"  {self.title}: not run, because {self.reason}"
        return f"  {self.title}: {'passed' if self.exit_code == 0 else f'failed (exit code {self.exit_code})'}"


def select_versions(supported: Sequence[str]) -> tuple[str, ...]:
    """Return the versions that VERSIONS names, else all. Raises Problem if it names another one."""
    names = tuple(os.environ.get("VERSIONS", "").replace(",", " ").split())
    unknown_names = [name for name in names if name not in supported]
    if unknown_names:
        raise Problem(f"VERSIONS names {', '.join(unknown_names)}. It can name: {', '.join(supported)}.")
    return names or tuple(supported)


def report_results(results: Sequence[VersionResult]) -> int:
    """Print the report, and return the exit code.

    It is 1 if the tests failed on a version or ran on none, and also if VERSIONS names one on which they were not run.
    """
    print_message("\n".join(["Results:", *(result.describe() for result in results)]))
    has_failure = any(result.exit_code for result in results)
    is_incomplete = any(result.exit_code is None for result in results) and bool(os.environ.get("VERSIONS"))
    has_run_nothing = all(result.exit_code is None for result in results)
    return 1 if has_failure or is_incomplete or has_run_nothing else 0
