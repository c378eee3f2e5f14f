"""How the text of a setting is read: each function gives the value, or raises ValueError with what is wrong.

No message quotes the text: it may be a secret that stands in the wrong place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


def parse_header_value(text: str) -> str:
    """A text that can stand in an HTTP header."""
    if not text.isascii() or any(character.isspace() or not character.isprintable() for character in text):
        raise ValueError("holds a blank, a line break or another character that no such value has")
    return text


def parse_url(text: str) -> str:
    """The address of a server, without a trailing slash: https, and plain http for this machine alone."""
    parts = _split_url(text)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise ValueError("must be an https:// address (plain http:// is for this machine alone)")
    if parts.username or parts.password or parts.query or parts.fragment or parts.path not in {"", "/"}:
        raise ValueError("must be a host alone, without a path, a user or a query")
    return parse_header_value(f"{parts.scheme}://{parts.netloc}")


def _split_url(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError("is no address") from None
    if not parts.hostname:
        raise ValueError("must be an https:// address")
    return parts


def is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def number_parser(*, minimum: float = -math.inf, exclusive_minimum: float = -math.inf) -> Callable[[str], float]:
    """Reads a finite number that is at least ``least`` and more than ``above``."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise ValueError("must be a number") from None
        if not math.isfinite(value) or value < minimum or value <= exclusive_minimum:
            raise ValueError(f"must be {f'more than {exclusive_minimum:g}' if exclusive_minimum > minimum else f'{minimum:g} or more'}")
        return value

    return read


def choice_parser(choices: Sequence[str]) -> Callable[[str], str]:
    """Reads one of these words."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return text

    return read


def parse_ids(text: str) -> tuple[str, ...]:
    """Ids of Flow Service, with commas between them; each once, in their order."""
    parsed_ids = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not parsed_ids or any(not re.fullmatch(r"[\w-]+", id_) for id_ in parsed_ids):
        raise ValueError("must be ids with commas between them")
    return parsed_ids
