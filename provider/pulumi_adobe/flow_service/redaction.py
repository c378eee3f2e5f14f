"""Removal of known secrets from text that is shown: they and their parts, in every encoding in which they may occur."""

from __future__ import annotations

import base64
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from typing import Final
from urllib.parse import quote, quote_plus

from pulumi_adobe.printable import escape_controls
from pulumi_adobe.secret_parts import iterate_parts
from pulumi_adobe.secret_values import KEPT_IN_MESSAGES, MIN_SECRET_LENGTH

PLACEHOLDER = "[secret]"
"""The text that replaces a secret."""

_DOTNET_ESCAPES = {character: f"\\u{ord(character):04X}" for character in "\"&'+<>`"}
"""Characters that .NET's System.Text.Json escapes in addition, because they have a meaning in HTML."""


_LONE_SURROGATES: Final = "surrogatepass"
"""How to encode half a pair of UTF-16, which JSON and an environment variable of odd bytes may contain."""

Span = tuple[int, int]
"""Start and end of a piece of a text."""

_BLOCK: Final = 4
"""How many characters of a form the index is asked for at once."""
_STEP: Final = 5
"""How far the places are apart at which a text is looked at."""
_MIN_INDEXED_LENGTH: Final = _BLOCK + _STEP - 1
"""The fewest characters of a form in which one of these places always begins a whole block."""


class Redactor:
    """The secret values that a client knows, and their removal from text.

    Any thread may add a value: from settings, tokens, or properties of resources. The encoded forms are computed when a
    text is redacted, because a run without changes redacts none.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: set[str] = set()
        self._not_encoded: list[str] = []
        self._forms = _Forms()
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
                    self._not_encoded.append(secret)

    def redact(self, text: str) -> str:
        """Return the text with every known secret replaced; those that overlap get one placeholder."""
        return _replace(text, self._find(text))

    def redact_message(self, text: str) -> str:
        """Return a message of this package with every known secret replaced, and with its ids and commands kept.

        A short secret may happen to be a part of an id, or of a command. It stays there, where nobody sees that it is a
        secret. An id that is a secret as a whole is replaced. What others have written, such as a text of the service,
        must have passed `redact` before it became a part of the message.
        """
        return _replace(text, _drop_kept(text, self._find(text)))

    def to_message(self, text: str) -> str:
        """Return a text as a person may see it: the one door of all that leaves this package.

        It has no known secret (see `redact_message`), and no control character that a terminal would obey.
        """
        return escape_controls(self.redact_message(text))

    def contains_secret(self, text: str) -> bool:
        """Return whether a known secret is in the text, other than as a part of an id."""
        return self.redact_message(text) != text

    def _find(self, text: str) -> list[Span]:
        with self._lock:
            while self._not_encoded:
                secret = self._not_encoded[-1]
                for value in (secret, *iterate_parts(secret)):
                    for form in _iterate_encoded_forms(value):
                        self._forms.add(form)
                self._not_encoded.pop()
            return self._forms.find(text)


class _Forms:
    """The encoded forms of secrets, and where they are in a text.

    Searching a long text for each form would take seconds for some hundred secrets. So every fifth place of the text is
    looked up in an index of the blocks of four characters with which a form may meet such a place.
    """

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._short: list[str] = []
        self._index: dict[str, list[tuple[str, int]]] = {}

    def add(self, form: str) -> None:
        """Find this form from now on."""
        if form in self._known:
            return
        self._known.add(form)
        if len(form) < _MIN_INDEXED_LENGTH:
            self._short.append(form)
            return
        for offset in range(_STEP):
            self._index.setdefault(form[offset : offset + _BLOCK], []).append((form, offset))

    def find(self, text: str) -> list[Span]:
        """Return where forms are in the text, in any order; those that overlap may be one span."""
        spans: list[Span] = []
        for form in self._short:
            start = text.find(form)
            while start >= 0:
                _add_span(spans, start, start + len(form))
                start = text.find(form, start + 1)
        index = self._index
        for place in [place for place in range(0, len(text), _STEP) if text[place : place + _BLOCK] in index]:
            for form, offset in index[text[place : place + _BLOCK]]:
                start = place - offset
                if start >= 0 and text.startswith(form, start):
                    _add_span(spans, start, start + len(form))
        return spans


def _add_span(spans: list[Span], start: int, end: int) -> None:
    """Add a span, or extend the last one: a form of one repeated character begins at every place of such a text."""
    if spans and spans[-1][0] <= start < spans[-1][1]:
        spans[-1] = (spans[-1][0], max(spans[-1][1], end))
    else:
        spans.append((start, end))


def _replace(text: str, spans: Iterable[Span]) -> str:
    """Return the text with a placeholder for each span; spans that overlap get one."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        if start >= done:
            pieces += [text[done:start], PLACEHOLDER]
        done = max(done, end)
    return "".join([*pieces, text[done:]])


def _drop_kept(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans that are no part of an id or a command; only lines that have a span are searched for these."""
    kept: list[Span] = []
    searched_to = -1
    for start, end in sorted(spans):
        if start > searched_to:
            line_end = text.find("\n", end)
            searched_to = line_end if line_end >= 0 else len(text)
            found = re.compile(KEPT_IN_MESSAGES).finditer(text, text.rfind("\n", 0, start) + 1, searched_to)
            kept = [match.span() for match in found]
        # The last one that begins at the span or before it; they do not overlap.
        kept_start, kept_end = ([(0, 0), *kept])[bisect_right(kept, (start, len(text)))]
        if not (end <= kept_end and end - start < kept_end - kept_start):
            yield start, end


def _iterate_encoded_forms(secret: str) -> Iterator[str]:
    yield secret
    for quoted in (
        quote(secret, safe="", errors=_LONE_SURROGATES),
        quote(secret, errors=_LONE_SURROGATES),
        quote_plus(secret, errors=_LONE_SURROGATES),
    ):
        yield quoted
        # RFC 3986, 2.1: the case of the digits has no meaning. .NET's HttpUtility writes lower case.
        yield re.sub("%..", lambda escape: escape[0].lower(), quoted)
    yield from _iterate_html_forms(secret)
    yield from _iterate_json_forms(secret)
    yield from _iterate_base64_forms(secret.encode(errors=_LONE_SURROGATES))


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
