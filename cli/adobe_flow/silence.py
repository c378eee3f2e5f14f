"""Takes out of what others say what must not be shown: passwords, and Pulumi's excerpts of a stack's file."""

from __future__ import annotations

import re

_PASSWORD = re.compile(r"(//[^/\s:@]*):[^@\s]{0,1000}@")
"""Of an address. Its length is bounded, or each of many `//x:` would be the start of a search through all the rest."""
_EXCERPT = re.compile(r"(!!\w+) `[^`]*`")
"""How Pulumi's YAML reader quotes what it could not read: a secret that stands in clear in the wrong place, perhaps."""


def silenced(text: str) -> str:
    """The same, with an ellipsis in their place."""
    return _EXCERPT.sub(r"\1 …", _PASSWORD.sub(r"\1:…@", text))
