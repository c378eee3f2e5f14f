"""When a dataflow runs.

Adobe: the scheduleSpec of CRMToAEP (crm.md); "Sources error codes" 1360 to 1369, 1397.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pulumi_adobe.moments import format_timestamp, parse_timestamp

FREQUENCIES = ("once", "minute", "hour", "day", "week")
MIN_MINUTES = 15
_STEP_BY_FREQUENCY = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A frequency, how many of it lie between two runs, and from when on; use one of the short forms.

    ``start`` is ISO 8601 (UTC without an offset) or a datetime; without one it begins as soon as it is made.
    ``delta_column`` is the column by which a run knows what is new. ``backfill``: whether the first run takes what was
    there before the start, too (Adobe's default: yes).
    """

    frequency: str
    interval: int | None = None
    start: str | datetime | None = None
    backfill: bool | None = None
    delta_column: str | None = None

    @classmethod
    def once(cls, start: str | datetime | None = None) -> Schedule:
        """A single run, which takes everything."""
        return cls(frequency="once", start=start)

    @classmethod
    def every(  # noqa: PLR0913 - the arguments of a schedule
        cls,
        *,
        delta_column: str,
        minutes: int | None = None,
        hours: int | None = None,
        days: int | None = None,
        weeks: int | None = None,
        start: str | datetime | None = None,
        backfill: bool | None = None,
    ) -> Schedule:
        """Every so many minutes, hours, days or weeks: exactly one of them. Raises ValueError."""
        values = {"minute": minutes, "hour": hours, "day": days, "week": weeks}
        given_values = [(name, number) for name, number in values.items() if number is not None]
        if len(given_values) != 1:
            raise ValueError("give exactly one of minutes, hours, days and weeks")
        ((frequency, interval),) = given_values
        return cls(frequency=frequency, interval=interval, start=start, backfill=backfill, delta_column=delta_column)

    @classmethod
    def hourly(
        cls, *, delta_column: str, start: str | datetime | None = None, backfill: bool | None = None
    ) -> Schedule:
        """Every hour."""
        return cls.every(hours=1, start=start, backfill=backfill, delta_column=delta_column)

    @classmethod
    def daily(cls, *, delta_column: str, start: str | datetime | None = None, backfill: bool | None = None) -> Schedule:
        """Every day, at the hour of its start."""
        return cls.every(days=1, start=start, backfill=backfill, delta_column=delta_column)

    @classmethod
    def weekly(
        cls, *, delta_column: str, start: str | datetime | None = None, backfill: bool | None = None
    ) -> Schedule:
        """Every week, on the day of its start."""
        return cls.every(weeks=1, start=start, backfill=backfill, delta_column=delta_column)

    @property
    def start_text(self) -> str | None:
        """The start as it was given, or a datetime in ISO 8601."""
        return format_timestamp(parse_timestamp(self.start.isoformat())) if isinstance(self.start, datetime) else self.start


def validate_schedule(frequency: object, interval: object, backfill: object, delta_column: object) -> Iterator[str]:
    """What Adobe would refuse, but for the start; of values that are known."""
    if not isinstance(frequency, str):
        return
    if frequency not in FREQUENCIES:
        yield f"schedule.frequency must be one of {', '.join(FREQUENCIES)}"
    elif frequency == "once":
        values = {"interval": interval, "backfill": backfill, "delta_column": delta_column}
        yield from (f"schedule.{name} is not allowed with once" for name, value in values.items() if value is not None)
    elif interval is None:
        yield "schedule.interval is missing"
    elif isinstance(interval, int) and interval < (least := MIN_MINUTES if frequency == "minute" else 1):
        yield f"schedule.interval must be at least {least} for {frequency}"


def find_next_start(start: str, frequency: str, interval: int, now: datetime) -> str:
    """The first time of a schedule that has not passed."""
    first_start, step = parse_timestamp(start), _STEP_BY_FREQUENCY[frequency] * interval
    elapsed_steps = max(0, -((first_start - now) // step))
    return format_timestamp(first_start + elapsed_steps * step)
