"""Suggestions for unknown names."""

from __future__ import annotations

from collections.abc import Collection

_MAX_LISTED = 12


def find_similar_names(name: str, names: Collection[str], limit: int = 3, cutoff: float = 0.5) -> list[str]:
    """Return the names that a misspelt name may stand for, the most similar one first.

    Args:
        name: The unknown name.
        names: The known names.
        limit: The most names to return.
        cutoff: How similar a name must be, from 0 (anything) to 1 (equal), as `difflib` measures it.
    """
    import difflib  # noqa: PLC0415 - only an error message needs it

    return difflib.get_close_matches(name, names, n=limit, cutoff=cutoff)


def find_similar_name(name: str, names: Collection[str]) -> str | None:
    """Return the name that a misspelt name most likely stands for, or None."""
    return next(iter(find_similar_names(name, names, limit=1)), None)


def suggest_name(name: str, names: Collection[str]) -> str:
    """Return the end of an error message about an unknown name: the most similar name, or a list of the names."""
    similar_name = find_similar_name(name, names)
    if similar_name:
        return f" (did you mean {similar_name}?)"
    listed_names = ", ".join(sorted(names)[:_MAX_LISTED])
    return f" (there are {listed_names}{', …' if len(names) > _MAX_LISTED else ''})" if names else ""
