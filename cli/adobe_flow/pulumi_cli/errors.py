"""Redaction of Pulumi's messages: passwords in addresses, and excerpts of a stack's file."""

from __future__ import annotations

import re

_PASSWORD = re.compile(r"(//[^/\s:@]*):[^@\s]{0,1000}@")
"""The password of an address. Its length is bounded, lest each of many `//x:` start a search to the end."""
_EXCERPT = re.compile(r"(!!\w+) `[^`]*`")
"""The excerpt that Pulumi's YAML reader quotes when it cannot read a value; it may have a secret in clear."""


def redact_pulumi_message(text: str) -> str:
    """Return the message with an ellipsis in the place of each password and excerpt."""
    return _EXCERPT.sub(r"\1 …", _PASSWORD.sub(r"\1:…@", text))
