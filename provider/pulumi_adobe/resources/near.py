"""Suggestions for names that are not known."""

from __future__ import annotations

import difflib
from collections.abc import Collection

_MOST = 12


def near(name: str, names: Collection[str]) -> str:
    """What may have been meant, to be put behind a message."""
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if found:
        return f"; did you mean {found[0]}?"
    shown = ", ".join(sorted(names)[:_MOST])
    return f" (there are {shown}{', …' if len(names) > _MOST else ''})" if names else ""
