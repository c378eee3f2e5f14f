"""Suggestions for names that are not known."""

from __future__ import annotations

from collections.abc import Collection

_MAX_LISTED = 12


def find_similar_name(name: str, names: Collection[str]) -> str | None:
    """The name that may have been meant."""
    import difflib  # noqa: PLC0415 - needed where something is wrong

    matches = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return matches[0] if matches else None


def suggest_name(name: str, names: Collection[str]) -> str:
    """What may have been meant, to be put behind a message."""
    similar_name = find_similar_name(name, names)
    if similar_name:
        return f"; did you mean {similar_name}?"
    listed_names = ", ".join(sorted(names)[:_MAX_LISTED])
    return f" (there are {listed_names}{', …' if len(names) > _MAX_LISTED else ''})" if names else ""
