"""The parts of a secret that are secrets themselves, such as the account key in a connection string."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from pulumi_adobe.secret_values import validate_secret

_MIN_LINE_LENGTH: Final = 16
"""The fewest characters of a line that counts as a secret without the lines around it."""

_PEM_WIDTHS: Final = (64, 76)
"""The lengths of a line of Base64 in PEM (RFC 7468) and in MIME (RFC 2045)."""

# `re` compiles these patterns with their first use, and keeps them: to compile them takes longer than the import of
# this module, and many secrets need none of them.
_PEM: Final = r"(?s)-----BEGIN [^-]+-----(?P<body>.*?)(?:-----END [^-]+-----|\Z)"
_PAIRS: Final = tuple(
    (
        # The last three words of a key, and bounds for what ends with a quote or a brace: without bounds, each of many
        # words (or quotes) would be the start of a search through all the rest.
        r"(?:^|[;&?,\s])(?P<key>[\w.-]+(?: [\w.-]+){0,2})[ \t]*=[ \t]*"
        rf"(?:\"(?P<quoted>[^\"]{{0,1024}})\"|\{{(?P<braced>[^}}]{{0,1024}})\}}|(?P<plain>[^{separators}]*))"
    )
    # A password may hold the separator of the other kind of list.
    for separators in (r";\r\n", r";&\s")
)
_SENSITIVE_KEY: Final = r"(?i)(?:password|passwd|passphrase|pwd|pass|secret|token|key|sig|signature|sas|credentials?)$"
_USER_INFORMATION: Final = r"://(?P<information>[^/?#\s]*)@"


def iterate_parts(secret: str) -> Iterator[str]:
    """Yield the parts of a secret that must not be shown either; none is an ordinary word, or too short to be redacted.

    They are the values under secret-like keys of a `key=value;…` list, of a query and of a JSON document, the user
    information of an address, the lines of a text, and the body of a PEM in any line length.
    """
    return (part for part in _iterate_candidates(secret) if part != secret and validate_secret(part) is None)


def _iterate_candidates(secret: str) -> Iterator[str]:
    if "=" in secret:
        yield from _iterate_values(secret)
    if "://" in secret:
        yield from _iterate_user_information(secret)
    if secret.lstrip()[:1] == "{":
        yield from _iterate_json_values(secret)
    yield secret.strip()
    for line in secret.splitlines():
        if len(line.strip()) >= _MIN_LINE_LENGTH and not line.startswith("-----"):
            yield line.strip()
    for match in re.finditer(_PEM, secret.replace("\\n", "\n")):
        yield from _iterate_pem_forms(match["body"])


def _iterate_values(secret: str) -> Iterator[str]:
    for pattern in _PAIRS:
        for match in re.finditer(pattern, secret):
            if re.search(_SENSITIVE_KEY, re.sub("[_. -]", "", match["key"])):
                value = next(value for value in match.group("quoted", "braced", "plain") if value is not None).strip()
                yield value
                yield unquote(value)


def _iterate_user_information(secret: str) -> Iterator[str]:
    for match in re.finditer(_USER_INFORMATION, secret):
        user, colon, password = match["information"].partition(":")
        # A token often stands in the place of the user.
        parts = [match["information"], password] if colon else [user]
        for part in (*parts, *([user] if len(user) >= _MIN_LINE_LENGTH else [])):
            yield part
            yield unquote(part)


def _iterate_json_values(secret: str) -> Iterator[str]:
    try:
        values = list(_find_values(json.loads(secret)))
    except (ValueError, RecursionError):
        return
    for value in values:
        yield value
        yield from _iterate_candidates(value)


def _find_values(value: Any, *, is_secret: bool = False) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from _find_values(
                member, is_secret=is_secret or re.search(_SENSITIVE_KEY, name.replace("_", "")) is not None
            )
    elif isinstance(value, list):
        for item in value:
            yield from _find_values(item, is_secret=is_secret)
    elif isinstance(value, str) and is_secret:
        yield value


def _iterate_pem_forms(body: str) -> Iterator[str]:
    # The headers of an encrypted key have a colon, which Base64 has not.
    lines = [line.strip() for line in body.splitlines() if ":" not in line]
    joined = "".join("".join(lines).split())
    yield joined
    yield " ".join(line for line in lines if line)
    for width in _PEM_WIDTHS:
        for start in range(0, len(joined), width):
            line = joined[start : start + width]
            if len(line) >= _MIN_LINE_LENGTH:
                yield line
