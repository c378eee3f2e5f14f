"""The schedule of a dataflow.

Adobe: the scheduleSpec of CRMToAEP (crm.md); "Sources error codes" 1360 to 1369, 1397.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.timestamps import format_timestamp, parse_timestamp, to_timestamp_text

_RECURRING_FIELDS = ("interval", "backfill", "deltaColumn")
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
    """When a dataflow runs. Use one of the short forms, such as `Schedule.daily(…)`.

    Attributes:
        frequency: `once`, `minute`, `hour`, `day` or `week`.
        interval: How many of these lie between two runs.
        start: ISO 8601 (UTC without an offset), a datetime or a date; without it the dataflow begins right after its
            creation. A recurring dataflow that is created later begins at the next time of the schedule.
        backfill: Whether the first run also reads the rows from before the start. Adobe's default is yes.
        delta_column: The column that tells a run which rows are new. Required for a recurring dataflow from a table,
            unless its source connection has change data capture.
    """

    frequency: str
    interval: int | None = None
    start: str | date | None = None
    backfill: bool | None = None
    delta_column: str | None = None

    @classmethod
    def once(cls, start: str | date | None = None) -> Schedule:
        """Return a schedule with a single run, which reads all rows.

        Args:
            start: The time of the run: ISO 8601 (UTC without an offset), a datetime or a date. Without it, right after
                the creation.
        """
        return cls(frequency="once", start=start)

    @classmethod
    def every(  # noqa: PLR0913 - the arguments of a schedule
        cls,
        *,
        delta_column: str | None = None,
        minutes: int | None = None,
        hours: int | None = None,
        days: int | None = None,
        weeks: int | None = None,
        start: str | date | None = None,
        backfill: bool | None = None,
    ) -> Schedule:
        """Return a schedule with a run every so many minutes, hours, days or weeks: give exactly one of them.

        Args:
            delta_column: The column that tells a run which rows are new.
            minutes: The minutes between two runs, at least 15.
            hours: The hours between two runs.
            days: The days between two runs.
            weeks: The weeks between two runs.
            start: The first run: ISO 8601 (UTC without an offset), a datetime or a date. Without it, right after the
                creation.
            backfill: Whether the first run also reads the rows from before the start. Adobe's default is yes.

        Raises:
            ValueError: None of them is given, or several.
        """
        values = {"minute": minutes, "hour": hours, "day": days, "week": weeks}
        given_values = [(name, number) for name, number in values.items() if number is not None]
        if len(given_values) != 1:
            arguments = " and ".join(f"{name}s" for name, _ in given_values) or "none"
            raise ValueError(f"Schedule.every: give exactly one of minutes, hours, days and weeks, not {arguments}")
        ((frequency, interval),) = given_values
        return cls(frequency=frequency, interval=interval, start=start, backfill=backfill, delta_column=delta_column)

    @classmethod
    def hourly(
        cls, *, delta_column: str | None = None, start: str | date | None = None, backfill: bool | None = None
    ) -> Schedule:
        """Return a schedule with a run every hour.

        Args:
            delta_column: The column that tells a run which rows are new.
            start: The first run: ISO 8601 (UTC without an offset), a datetime or a date. Without it, right after the
                creation.
            backfill: Whether the first run also reads the rows from before the start. Adobe's default is yes.
        """
        return cls.every(hours=1, start=start, backfill=backfill, delta_column=delta_column)

    @classmethod
    def daily(
        cls, *, delta_column: str | None = None, start: str | date | None = None, backfill: bool | None = None
    ) -> Schedule:
        """Return a schedule with a run every day, at the hour of its start.

        Args:
            delta_column: The column that tells a run which rows are new.
            start: The first run: ISO 8601 (UTC without an offset), a datetime or a date. Without it, right after the
                creation.
            backfill: Whether the first run also reads the rows from before the start. Adobe's default is yes.
        """
        return cls.every(days=1, start=start, backfill=backfill, delta_column=delta_column)

    @classmethod
    def weekly(
        cls, *, delta_column: str | None = None, start: str | date | None = None, backfill: bool | None = None
    ) -> Schedule:
        """Return a schedule with a run every week, on the day of its start.

        Args:
            delta_column: The column that tells a run which rows are new.
            start: The first run: ISO 8601 (UTC without an offset), a datetime or a date. Without it, right after the
                creation.
            backfill: Whether the first run also reads the rows from before the start. Adobe's default is yes.
        """
        return cls.every(weeks=1, start=start, backfill=backfill, delta_column=delta_column)

    @property
    def start_text(self) -> str | None:
        """The start as it was given; a datetime or a date in ISO 8601."""
        text: str | None = to_timestamp_text(self.start)
        return text


def validate_schedule(labels: Mapping[str, str], inputs: Mapping[str, Any]) -> Iterator[str]:
    """Return what Adobe would refuse about the schedule of a dataflow, except for its start.

    ``labels`` has what the program calls the fields of a dataflow.
    """
    frequency, interval = inputs.get("frequency"), inputs.get("interval")
    if not isinstance(frequency, str):
        return
    if frequency not in FREQUENCIES:
        yield f"{labels['frequency']}: must be one of {', '.join(FREQUENCIES)}"
    elif frequency == "once":
        for name in _RECURRING_FIELDS:
            if inputs.get(name) is not None and inputs[name] is not UNKNOWN:
                yield f"{labels[name]}: is not allowed with once"
    elif interval is None:
        yield f"{labels['interval']}: is missing"
    elif isinstance(interval, int) and interval < (minimum := MIN_MINUTES if frequency == "minute" else 1):
        yield f"{labels['interval']}: must be at least {minimum} with the frequency {frequency}"


def find_next_start(start: str, frequency: str, interval: int, now: datetime) -> str:
    """Return the first time of a schedule that has not passed."""
    first_start, step = parse_timestamp(start), _STEP_BY_FREQUENCY[frequency] * interval
    elapsed_steps = max(0, -((first_start - now) // step))
    return format_timestamp(first_start + elapsed_steps * step)
