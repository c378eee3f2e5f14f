"""Removal of known secrets from text that is shown: they and their parts, in every encoding in which they may occur."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from urllib.parse import quote, quote_plus

from pulumi_adobe.printable import escape_controls
from pulumi_adobe.secret_parts import iterate_parts
from pulumi_adobe.secret_values import KEPT_IN_MESSAGES, MIN_SECRET_LENGTH

PLACEHOLDER = "[secret]"
"""The text that replaces a secret."""

_DOTNET_ESCAPES = {character: f"\\u{ord(character):04X}" for character in "\"&'+<>`"}
"""Characters that .NET's System.Text.Json escapes in addition, because they have a meaning in HTML."""


class Redactor:
    """The secret values that a client knows, and their removal from text.

    Any thread may add a value: from settings, tokens, or properties of resources. The encoded forms are computed when a
    text is redacted, because a run without changes redacts none.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: set[str] = set()
        self._unencoded_secrets: list[str] = []
        self._forms: tuple[str, ...] = ()
        self._lock = Lock()
        for secret in secrets:
            self.add_secret(secret)

    def add_secret(self, secret: object) -> None:
        """Redact this value from now on, of an object or a list its members.

        A value that is no string, or too short, is ignored.
        """
        if isinstance(secret, (Mapping, list)):
            for member in secret.values() if isinstance(secret, Mapping) else secret:
                self.add_secret(member)
        elif isinstance(secret, str) and len(secret) >= MIN_SECRET_LENGTH:
            with self._lock:
                if secret not in self._secrets:
                    self._secrets.add(secret)
                    self._unencoded_secrets.append(secret)

    def redact(self, text: str) -> str:
        """Return the text with every known secret replaced, the longest first, so that no remainder of one is left."""
        for form in self._list_forms():
            text = text.replace(form, PLACEHOLDER)
        return text

    def redact_message(self, text: str) -> str:
        """Return a message of this package with every known secret replaced, and with its ids and commands kept.

        A short secret may happen to be a part of an id, or of a command. It stays there, where nobody sees that it is a
        secret. An id that is a secret as a whole is replaced. What others have written, such as a text of the service,
        must have passed `redact` before it became a part of the message.
        """
        for form in self._list_forms():
            if form in text:
                text = _replace_outside(text, form)
        return text

    def to_message(self, text: str) -> str:
        """Return a text as a person may see it: the one door of all that leaves this package.

        It has no known secret (see `redact_message`), and no control character that a terminal would obey.
        """
        return escape_controls(self.redact_message(text))

    def contains_secret(self, text: str) -> bool:
        """Return whether a known secret is in the text, other than as a part of an id."""
        return self.redact_message(text) != text

    def _list_forms(self) -> tuple[str, ...]:
        """Return the encoded forms of all secrets, the longest first."""
        with self._lock:
            if self._unencoded_secrets:
                # Only the new ones: each create adds a secret, and redacts texts of the service.
                values = {value for secret in self._unencoded_secrets for value in (secret, *iterate_parts(secret))}
                forms = {form for value in values for form in _iterate_encoded_forms(value)}
                self._forms = tuple(sorted((*self._forms, *forms), key=len, reverse=True))
                self._unencoded_secrets.clear()
            return self._forms


def _replace_outside(text: str, form: str) -> str:
    """Return the text with the form replaced, except inside of an id or a command."""
    kept_spans = [match.span() for match in KEPT_IN_MESSAGES.finditer(text)]

    def replace(match: re.Match[str]) -> str:
        is_kept = any(
            start <= match.start() and match.end() <= end and len(form) < end - start for start, end in kept_spans
        )
        return match[0] if is_kept else PLACEHOLDER

    return re.sub(re.escape(form), replace, text)


def _iterate_encoded_forms(secret: str) -> Iterator[str]:
    yield secret
    for quoted in (quote(secret, safe=""), quote(secret), quote_plus(secret)):
        yield quoted
        # RFC 3986, 2.1: the case of the digits has no meaning. .NET's HttpUtility writes lower case.
        yield re.sub("%..", lambda escape: escape[0].lower(), quoted)
    yield from _iterate_html_forms(secret)
    yield from _iterate_json_forms(secret)
    yield from _iterate_base64_forms(secret.encode())


def _iterate_html_forms(secret: str) -> Iterator[str]:
    import html  # noqa: PLC0415 - has a table of 2,000 names, which a run that shows nothing does not need

    escaped = html.escape(secret)
    yield escaped
    yield html.escape(secret, quote=False)
    for apostrophe in ("&#39;", "&apos;"):
        yield escaped.replace("&#x27;", apostrophe)


def _iterate_json_forms(secret: str) -> Iterator[str]:
    """Yield the forms in JSON: RFC 8259, 7, lets each library choose what to escape, and the case of the digits."""
    for ascii_only in (True, False):
        escaped = json.dumps(secret, ensure_ascii=ascii_only)[1:-1]
        yield escaped
        yield escaped.replace("/", "\\/")
    escaped_characters = [(character, _to_upper_hex(json.dumps(character)[1:-1])) for character in secret]
    yield "".join(escaped for _, escaped in escaped_characters)
    yield "".join(_DOTNET_ESCAPES.get(character, escaped) for character, escaped in escaped_characters)


def _to_upper_hex(escaped: str) -> str:
    return escaped.upper().replace("\\U", "\\u") if escaped.startswith("\\u") else escaped


def _iterate_base64_forms(raw: bytes) -> Iterator[str]:
    """Yield Base64 of the secret alone, and inside a longer text, where it may start at any of three offsets."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(raw).decode().rstrip("=")
        for offset in (0, 1, 2):
            # With an offset, the first character shares its bits with the text before the secret.
            inner = encode(b"\0" * offset + raw).decode().rstrip("=")[offset + 1 if offset else 0 :]
            # The last character shares its bits with the text after the secret.
            yield inner[:-1]
