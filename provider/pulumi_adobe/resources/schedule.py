"""When a dataflow runs.

Adobe: the scheduleSpec of CRMToAEP (crm.md); "Sources error codes" 1360 to 1369, 1397.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pulumi_adobe.moments import iso, moment

FREQUENCIES = ("once", "minute", "hour", "day", "week")
LEAST_MINUTES = 15
_STEPS = {
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
        given = {"minute": minutes, "hour": hours, "day": days, "week": weeks}
        chosen = [(name, number) for name, number in given.items() if number is not None]
        if len(chosen) != 1:
            raise ValueError("give exactly one of minutes, hours, days and weeks")
        ((frequency, interval),) = chosen
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
    def begins(self) -> str | None:
        """The start as it was given, or a datetime in ISO 8601."""
        return iso(moment(self.start.isoformat())) if isinstance(self.start, datetime) else self.start


def schedule_problems(frequency: object, interval: object, backfill: object, delta: object) -> Iterator[str]:
    """What Adobe would refuse, but for the start; of values that are known."""
    if not isinstance(frequency, str):
        return
    if frequency not in FREQUENCIES:
        yield f"schedule.frequency must be one of {', '.join(FREQUENCIES)}"
    elif frequency == "once":
        given = {"interval": interval, "backfill": backfill, "delta_column": delta}
        yield from (f"schedule.{name} is not allowed with once" for name, value in given.items() if value is not None)
    elif interval is None:
        yield "schedule.interval is missing"
    elif isinstance(interval, int) and interval < (least := LEAST_MINUTES if frequency == "minute" else 1):
        yield f"schedule.interval must be at least {least} for {frequency}"


def next_start(start: str, frequency: str, interval: int, now: datetime) -> str:
    """The first time of a schedule that has not passed."""
    begin, step = moment(start), _STEPS[frequency] * interval
    missed = max(0, -((begin - now) // step))
    return iso(begin + missed * step)
