"""The clock: this machine's against Adobe's."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Final

from adobe_flow.doctor.case import Case
from adobe_flow.problem import Problem

MOST: Final = 60.0
"""Seconds of difference that do no harm: schedules and ends of tokens are judged in minutes."""


def check(case: Case) -> str:
    """Compare with the `Date` of the last answer, which is to the second."""
    ahead = (case.service().service_time() - datetime.now(timezone.utc)).total_seconds()
    if abs(ahead) <= MOST:
        return f"within {max(abs(ahead), 1):.0f} s of Adobe's"
    raise Problem(
        f"This machine's clock is {abs(ahead):.0f} s {'behind' if ahead > 0 else 'ahead of'} Adobe's.",
        "Set it by a time server (timedatectl set-ntp true): what has passed or soon ends is judged by it.",
    )
