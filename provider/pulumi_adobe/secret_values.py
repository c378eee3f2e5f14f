"""Which values may be secrets: those that can be redacted without hiding the text around them."""

from __future__ import annotations

from typing import Final

MIN_SECRET_LENGTH: Final = 4
"""The fewest characters of a secret. Redaction ignores shorter values: replacing every "a" of a text would hide the
text, and reveal the value."""


def validate_secret_length(value: str) -> str | None:
    """Return what is wrong with the length of a new secret, or None. Does not quote it."""
    if len(value) >= MIN_SECRET_LENGTH:
        return None
    return f"must have at least {MIN_SECRET_LENGTH} characters: a shorter secret cannot be removed from messages"
