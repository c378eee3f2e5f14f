"""Moments: ISO 8601 in programs and in the state, epoch seconds on the wire."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any


def parse_timestamp(text: str) -> datetime:
    """ISO 8601; without an offset it is UTC. Raises ValueError."""
    timestamp = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return timestamp if timestamp.tzinfo else timestamp.replace(tzinfo=timezone.utc)


def format_timestamp(timestamp: datetime) -> str:
    """UTC, to the second."""
    return timestamp.astimezone(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def normalize_timestamp(text: str) -> str:
    """The same moment in its one spelling; what is no moment stays as it is, for the check to name."""
    try:
        return format_timestamp(parse_timestamp(text))
    except ValueError:
        return text


def validate_timestamp(text: str) -> str | None:
    """What is wrong with it."""
    try:
        parse_timestamp(text)
    except ValueError:
        return "must be a time such as 2026-12-01T03:00Z"
    return None


def to_epoch_seconds(text: str) -> int:
    """Epoch seconds."""
    return int(parse_timestamp(text).timestamp())


def from_epoch_seconds(seconds: Any) -> str:
    """From epoch seconds, which Adobe's samples have as texts too."""
    try:
        return format_timestamp(datetime.fromtimestamp(int(seconds), timezone.utc))
    except (TypeError, ValueError, OverflowError, OSError):
        return str(seconds)
