"""Takes secrets out of whatever is shown: known values wherever they turn up, in every form they travel in."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from threading import Lock
from urllib.parse import quote, quote_plus

PLACEHOLDER = "[secret]"

_MIN_LENGTH = 4
"""Shorter values are not looked for: taking every "a" out of a text would hide the text and reveal the value."""

_DOTNET_ESCAPES = {character: f"\\u{ord(character):04X}" for character in "\"&'+<>`"}
"""What .NET's System.Text.Json escapes besides, as it could mean something in HTML."""


class Redactor:
    """The secret values known in this process.

    Values are learned from settings, tokens and resource properties as they are met, by any of the plugin's threads.
    Their forms are worked out when a text is shown, which a run without changes does not do.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: set[str] = set()
        self._forms: tuple[str, ...] = ()
        self._encoded_count = 0
        self._lock = Lock()
        for secret in secrets:
            self.add_secret(secret)

    def add_secret(self, secret: object) -> None:
        """From now on ``secret`` is taken out of every text; what is no text, or too short, is passed over."""
        if isinstance(secret, str) and len(secret) >= _MIN_LENGTH:
            with self._lock:
                self._secrets.add(secret)

    def redact(self, text: str) -> str:
        """``text`` with every known secret replaced, the longest first, so that no remainder of one is left."""
        for form in self._list_longest_first():
            text = text.replace(form, PLACEHOLDER)
        return text

    def _list_longest_first(self) -> tuple[str, ...]:
        with self._lock:
            if self._encoded_count < len(self._secrets):
                forms = {form for secret in self._secrets for form in _encoded_forms(secret)}
                self._forms = tuple(sorted(forms, key=len, reverse=True))
                self._encoded_count = len(self._secrets)
            return self._forms


def _encoded_forms(secret: str) -> Iterator[str]:
    yield secret
    for quoted in (quote(secret, safe=""), quote(secret), quote_plus(secret)):
        yield quoted
        # RFC 3986, 2.1: upper and lower case are the same. .NET's HttpUtility writes the lower.
        yield re.sub("%..", lambda escape: escape[0].lower(), quoted)
    yield from _html_forms(secret)
    yield from _json_forms(secret)
    yield from _base64_forms(secret.encode())


def _html_forms(secret: str) -> Iterator[str]:
    import html  # noqa: PLC0415 - a table of 2,000 names, which a run that shows nothing does not need

    escaped = html.escape(secret)
    yield escaped
    yield html.escape(secret, quote=False)
    for apostrophe in ("&#39;", "&apos;"):
        yield escaped.replace("&#x27;", apostrophe)


def _json_forms(secret: str) -> Iterator[str]:
    """RFC 8259, 7, lets a writer escape any character, in digits of either case, and each library chooses."""
    for ascii_only in (True, False):
        escaped = json.dumps(secret, ensure_ascii=ascii_only)[1:-1]
        yield escaped
        yield escaped.replace("/", "\\/")
    escaped_characters = [(character, _to_upper_hex(json.dumps(character)[1:-1])) for character in secret]
    yield "".join(escaped for _, escaped in escaped_characters)
    yield "".join(_DOTNET_ESCAPES.get(character, escaped) for character, escaped in escaped_characters)


def _to_upper_hex(escaped: str) -> str:
    return escaped.upper().replace("\\U", "\\u") if escaped.startswith("\\u") else escaped


def _base64_forms(raw: bytes) -> Iterator[str]:
    """Base64 of the secret alone, and in a longer text, where its first byte may stand at any of three offsets."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(raw).decode().rstrip("=")
        for offset in (0, 1, 2):
            # The first character of a shifted one shares its bits with whatever stands before the secret.
            inner = encode(b"\0" * offset + raw).decode().rstrip("=")[offset + 1 if offset else 0 :]
            # The last character shares its bits with whatever follows the secret.
            yield inner[:-1]
