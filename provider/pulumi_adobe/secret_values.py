"""Which values may be secrets: those that can be redacted without hiding the text around them."""

from __future__ import annotations

from typing import Final

MIN_SECRET_LENGTH: Final = 4
"""The fewest characters of a secret. Redaction ignores shorter values: replacing every "a" of a text would hide the
text, and reveal the value."""

_OWN_WORDS: Final = frozenset(
    (
        *("access", "access_token", "accesstoken", "adobe", "adobe-flow", "client", "client_id", "client_secret"),
        *("connection", "dataflow", "error", "false", "http", "https", "name", "none", "null", "password", "pulumi"),
        *("pulumi config set", "pulumi destroy", "pulumi preview", "pulumi refresh", "pulumi up", "resource"),
        *("sandbox", "secret", "service", "stack", "token", "true", "warning"),
    )
)
"""Words and commands of messages, which the redaction of an equal secret would take out of all of them."""

KEPT_IN_MESSAGES: Final = (
    r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"
    r"|\bpulumi (?:cancel|config set|destroy|preview|refresh|stack|state|up)\b"
    r"|\badobe-flow [a-z]+\b"
    r"|\bADOBE_[A-Z_]+\b|\badobe:[a-zA-Z]+\b"
)
"""The pattern of the ids and commands in a message that a person copies."""


def validate_secret(value: str) -> str | None:
    """Return why a new secret is refused, or None. Does not quote it."""
    if len(value) < MIN_SECRET_LENGTH:
        return f"must have at least {MIN_SECRET_LENGTH} characters: a shorter secret cannot be removed from messages"
    if value.strip().lower() in _OWN_WORDS:
        return "must not be an ordinary word or command: its removal would make messages unreadable"
    return None
