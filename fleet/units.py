"""Numbers as people read them: two digits that count."""

from __future__ import annotations

from typing import Final

_TIMES: Final = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"))
_SIZES: Final = ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def duration(seconds: float) -> str:
    """Seconds in the unit that fits."""
    return _scaled(seconds, _TIMES, "s")


def size(count: float) -> str:
    """Bytes in the unit that fits."""
    return _scaled(count, _SIZES, "B")


def number(value: float) -> str:
    """Rounded to two digits that count, thousands with a comma."""
    if value == 0:
        return "0"
    digits = max(0, 1 - _exponent(value))
    rounded = round(value, 1 - _exponent(value))
    return f"{rounded:,.{digits}f}"


def off(residual: float) -> str:
    """A relative difference in whole percent, with its sign."""
    return f"{residual * 100:+.0f} %"


def _exponent(value: float) -> int:
    """Of the rounded value: 9.96 is 10."""
    return int(f"{value:.1e}".split("e")[1])


def _scaled(value: float, units: tuple[tuple[float, str], ...], smallest: str) -> str:
    for unit, name in units:
        if value >= unit:
            return f"{number(value / unit)} {name}"
    return f"{number(value)} {smallest}"
