"""The formats of values on a page."""

from __future__ import annotations

import json
from typing import Any

from flow_service_emulator.clock import format_iso

_SECOND, _MINUTE, _HOUR, _DAY = 1, 60, 3600, 86_400
_UNITS = ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min"), (_SECOND, "s"))


def format_time(at: Any) -> str:
    """Return epoch milliseconds as `2026-12-01 03:00:00`, in UTC; a value that is no time stays as it is."""
    try:
        return format_iso(at)[:19].replace("T", " ")
    except (TypeError, ValueError, OverflowError, OSError):
        return format_text(at)


def format_duration(seconds: int) -> str:
    """Return a length of time in its two largest units: `1 d 2 h`."""
    parts = []
    for size, name in _UNITS:
        count, seconds = divmod(seconds, size)
        parts += [f"{count} {name}"] if count else []
    return " ".join(parts[:2]) or "0 s"


def format_text(value: Any) -> str:
    """Return a text as it is, an empty text for null, and JSON for anything else."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def format_json(value: Any) -> str:
    """Return JSON over several lines."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
