"""The finding of a probe about one switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEASURED: Final = "measured"
NARROWED: Final = "narrowed"
"""Some values are excluded, but more than one is left."""
UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Finding:
    """The value of a switch, or the values that remain possible, and why."""

    switch: str
    value: str | None
    candidates: tuple[str, ...]
    because: str

    @property
    def status(self) -> str:
        """The status of the finding: `measured`, `narrowed` or `unknown`."""
        if self.value is not None:
            return MEASURED
        return NARROWED if self.candidates else UNKNOWN


@dataclass(frozen=True)
class MeasuredValue:
    """The value of a switch, and what was seen."""

    value: str
    because: str


class NotMeasured(Exception):
    """The record does not say which value a switch has."""

    def __init__(self, because: str, candidates: tuple[str, ...] = ()) -> None:
        """Take the reason, and the values that the record leaves possible, if it excludes any."""
        super().__init__(because)
        self.because = because
        self.candidates = candidates


def choose_only_candidate(candidates: list[str], because: str) -> MeasuredValue:
    """Return the only candidate. Raises `NotMeasured` if there are several, or none."""
    if len(candidates) == 1:
        return MeasuredValue(candidates[0], because)
    raise NotMeasured(because, tuple(candidates))
