"""Times on the command line: a moment, or an age such as `36h`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

import typer

from pulumi_adobe.timestamps import parse_timestamp

_AGE: Final = re.compile(r"(?P<count>\d{1,6})(?P<unit>[mhdw])")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_moment(option: str, text: str, now: datetime) -> datetime:
    """Return the moment of a text such as `2026-12-01T03:00Z`, `2026-12-01` or `36h` (ago).

    Raises:
        typer.BadParameter: The text is no time.
    """
    age = _AGE.fullmatch(text)
    try:
        if age is not None:
            return now - timedelta(**{_UNITS[age["unit"]]: int(age["count"])})
        return parse_timestamp(text)
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            f"{option}: {text!r} is not a time. Give one such as 2026-12-01T03:00Z, 2026-12-01, or 36h, 7d (ago)."
        ) from None
