"""Suggestions for names that are not known."""

from __future__ import annotations

from collections.abc import Collection

_MOST = 12


def nearest(name: str, names: Collection[str]) -> str | None:
    """The name that may have been meant."""
    import difflib  # noqa: PLC0415 - needed where something is wrong

    found = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return found[0] if found else None


def near(name: str, names: Collection[str]) -> str:
    """What may have been meant, to be put behind a message."""
    found = nearest(name, names)
    if found:
        return f"; did you mean {found}?"
    shown = ", ".join(sorted(names)[:_MOST])
    return f" (there are {shown}{', …' if len(names) > _MOST else ''})" if names else ""
