"""How values look on a page."""

from __future__ import annotations

import json
from typing import Any

from flow_service_emulator.clock import iso

_SECOND, _MINUTE, _HOUR, _DAY = 1, 60, 3600, 86_400
_UNITS = ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min"), (_SECOND, "s"))


def when(at: Any) -> str:
    """Epoch milliseconds as `2026-12-01 03:00:00`, UTC; what is no time stays as it is."""
    try:
        return iso(at)[:19].replace("T", " ")
    except (TypeError, ValueError, OverflowError, OSError):
        return text(at)


def span(seconds: int) -> str:
    """A length of time in its two largest units: `1 d 2 h`."""
    parts = []
    for size, name in _UNITS:
        count, seconds = divmod(seconds, size)
        parts += [f"{count} {name}"] if count else []
    return " ".join(parts[:2]) or "0 s"


def text(value: Any) -> str:
    """A text as it is, nothing as nothing, anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def pretty(value: Any) -> str:
    """JSON over several lines."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
