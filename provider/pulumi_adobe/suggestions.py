"""Suggestions for unknown names."""

from __future__ import annotations

from collections.abc import Collection

_MAX_LISTED = 12


_MIN_PART_LENGTH = 3
"""The fewest characters by which a name is found inside of others."""


def find_similar_names(name: str, names: Collection[str], limit: int = 3, cutoff: float = 0.5) -> list[str]:
    """Return the names that a misspelt or shortened name may stand for, the best match first.

    Names that contain it come first, the shortest one before the others. Upper and lower case are equal.

    Args:
        name: The unknown name.
        names: The known names.
        limit: The most names to return.
        cutoff: How similar a name must be, from 0 (anything) to 1 (equal), as `difflib` measures it.
    """
    from difflib import SequenceMatcher  # noqa: PLC0415 - only an error message needs it

    wanted = name.casefold()
    matcher = SequenceMatcher(b=wanted)
    scores: dict[str, float] = {}
    for candidate in names:
        folded = candidate.casefold()
        matcher.set_seq1(folded)
        if len(wanted) >= _MIN_PART_LENGTH and wanted in folded:
            scores[candidate] = 1 + 1 / len(folded)
        # The order of difflib's own search: the two quick ones are upper bounds of the last.
        elif matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff:
            scores[candidate] = matcher.ratio()
    ranked = sorted(scores, key=lambda candidate: scores[candidate], reverse=True)
    return [candidate for candidate in ranked if scores[candidate] >= cutoff][:limit]


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
