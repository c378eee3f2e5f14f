"""Rule: a dataflow runs within the team's limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ResourceRule

_MINUTES: Final = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}
"""Adobe's frequencies, but `once` (scheduleSpec of CRMToAEP)."""


def validate(dataflow: DeclaredResource, config: Config) -> Iterator[str]:
    """Report a schedule whose period, one-time run or backfill the configuration forbids. Unknown values pass."""
    frequency, interval = dataflow.get_text("frequency"), dataflow.get_number("interval")
    if frequency == "once" and not config["once"]:
        yield "frequency: single runs are not allowed. Use a Schedule that recurs."
    if frequency in _MINUTES and interval is not None:
        yield from _check_period(_MINUTES[frequency] * interval, config)
    # Adobe treats a missing backfill as true.
    recurs = frequency in _MINUTES and "backfill" not in dataflow.properties
    if not config["backfill"] and (recurs or dataflow.properties.get("backfill") is True):
        yield "backfill: the first run must not ingest older rows. Set backfill=False in the Schedule."


def _check_period(minutes: float, config: Config) -> Iterator[str]:
    if minutes < config["minMinutes"]:
        yield (
            f"interval: the dataflow runs every {minutes:g} minutes, but at least {config['minMinutes']:g} must lie "
            "between runs. Use a Schedule with a longer interval, or lower `minMinutes` in the configuration of "
            "schedule-limits."
        )
    if minutes > config["maxMinutes"]:
        yield (
            f"interval: the dataflow runs every {minutes:g} minutes, but at most {config['maxMinutes']:g} may lie "
            "between runs. Use a Schedule with a shorter interval, or raise `maxMinutes` in the configuration of "
            "schedule-limits."
        )


def _build_minutes_schema(default: int, description: str) -> dict[str, object]:
    return {"type": "number", "minimum": 1, "default": default, "description": description}


def _build_permission_schema(description: str) -> dict[str, object]:
    return {"type": "boolean", "default": True, "description": description}


RULE = ResourceRule(
    name="schedule-limits",
    description="A dataflow runs neither too often nor too seldom.",
    collections=("flows",),
    validate=validate,
    schema={
        "minMinutes": _build_minutes_schema(60, "The fewest minutes between two runs; Adobe's own limit is 15."),
        "maxMinutes": _build_minutes_schema(7 * 24 * 60, "The most minutes between two runs."),
        "once": _build_permission_schema("Whether a dataflow may run only once."),
        "backfill": _build_permission_schema("Whether the first run may ingest rows from before the start."),
    },
)
