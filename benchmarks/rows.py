"""A row of the budget: a subject, its limit and the measured value, and the ratios that rows are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.results import MeasuredRun


@dataclass(frozen=True)
class BudgetRow:
    """One line of the budget.

    Attributes:
        what: The subject.
        budget: The limit.
        measured: The measured value.
        met: Whether the value is within the limit.
        floor: What Pulumi alone takes, if no provider could meet the limit.
        missing: Why nothing was measured.
    """

    what: str
    budget: str
    measured: str
    met: bool
    floor: str = ""
    missing: str = ""

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        if self.met:
            return "met"
        if self.missing:
            return f"not measured: {self.missing}"
        return f"not met: {self.floor}" if self.floor else "not met"

    @property
    def is_failure(self) -> bool:
        """Whether the limit is exceeded by something that this project can change."""
        return not self.met and not self.floor and not self.missing


def build_limit_row(what: str, ratio: float, most: float, floor: str = "", missing: str = "") -> BudgetRow:
    """Build the row that is met if a ratio, rounded as it is shown, is within the limit."""
    measured = "" if missing else f"{ratio:.2f}"
    return BudgetRow(what, f"≤ {most:.2f}", measured, not missing and round(ratio, 2) <= most, floor, missing)


def compute_ratio(
    ours: Sequence[MeasuredRun], theirs: Sequence[MeasuredRun], number: Callable[[MeasuredRun], float]
) -> float:
    """Return the median of the ratios of each round, because the runs of one round share the load of the machine."""
    return compute_median([number(run) / number(other) for run, other in zip(ours, theirs, strict=True)])


def compute_median(values: Sequence[float]) -> float:
    """Return the median; NaN, which is within no limit, of no values."""
    return median(values) if values else math.nan


def format_requests(runs: Sequence[MeasuredRun]) -> str:
    """Return the requests of the first run by kind."""
    if not runs:
        return "not run"
    return ", ".join(f"{count} {kind}" for kind, count in runs[0].requests.items()) or "0"
