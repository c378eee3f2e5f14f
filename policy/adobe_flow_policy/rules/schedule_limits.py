"""A dataflow runs within the team's limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.seen import Seen

_MINUTES: Final = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}
"""Adobe's frequencies, but `once` (scheduleSpec of CRMToAEP)."""


def judge(dataflow: Seen, config: Config) -> Iterator[str]:
    """Frequency times interval, single runs, and backfill; each only where it is known."""
    frequency, interval = dataflow.text("frequency"), dataflow.number("interval")
    if frequency == "once" and not config["once"]:
        yield "frequency: single runs are not allowed. Give it a Schedule that recurs."
    if frequency in _MINUTES and interval is not None:
        yield from _period(_MINUTES[frequency] * interval, config)
    # Adobe takes a missing backfill for true.
    recurs = frequency in _MINUTES and "backfill" not in dataflow.properties
    if not config["backfill"] and (recurs or dataflow.properties.get("backfill") is True):
        yield "backfill: the first run may not take what was there before. Give its Schedule backfill=False."


def _period(minutes: float, config: Config) -> Iterator[str]:
    if minutes < config["minMinutes"]:
        yield (
            f"interval: it runs every {minutes:g} minutes; at least {config['minMinutes']:g} must lie between runs. "
            "Give it a Schedule with a longer interval, or lower `minMinutes` in the configuration of schedule-limits."
        )
    if minutes > config["maxMinutes"]:
        yield (
            f"interval: it runs every {minutes:g} minutes; at most {config['maxMinutes']:g} may lie between runs. "
            "Give it a Schedule with a shorter interval, or raise `maxMinutes` in the configuration of schedule-limits."
        )


def _minutes(default: int, description: str) -> dict[str, object]:
    return {"type": "number", "minimum": 1, "default": default, "description": description}


def _allowed(description: str) -> dict[str, object]:
    return {"type": "boolean", "default": True, "description": description}


RULE = ResourceRule(
    name="schedule-limits",
    description="A dataflow runs neither too often nor too seldom.",
    on=("flows",),
    judge=judge,
    schema={
        "minMinutes": _minutes(60, "The fewest minutes between two runs; Adobe's own limit is 15."),
        "maxMinutes": _minutes(7 * 24 * 60, "The most minutes between two runs."),
        "once": _allowed("Whether a dataflow may run once only."),
        "backfill": _allowed("Whether the first run may take what was there before the start."),
    },
)
