"""Moments: ISO 8601 in programs and in the state, epoch seconds on the wire."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any


def moment(text: str) -> datetime:
    """ISO 8601; without an offset it is UTC. Raises ValueError."""
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def iso(at: datetime) -> str:
    """UTC, to the second."""
    return at.astimezone(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def spelt(text: str) -> str:
    """The same moment in its one spelling; what is no moment stays as it is, for the check to name."""
    try:
        return iso(moment(text))
    except ValueError:
        return text


def moment_problem(text: str) -> str | None:
    """What is wrong with it."""
    try:
        moment(text)
    except ValueError:
        return "must be a time such as 2026-12-01T03:00Z"
    return None


def to_epoch(text: str) -> int:
    """Epoch seconds."""
    return int(moment(text).timestamp())


def from_epoch(seconds: Any) -> str:
    """From epoch seconds, which Adobe's samples have as texts too."""
    try:
        return iso(datetime.fromtimestamp(int(seconds), timezone.utc))
    except (TypeError, ValueError, OverflowError, OSError):
        return str(seconds)
