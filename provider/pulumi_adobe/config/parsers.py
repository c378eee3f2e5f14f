"""Parsers of settings: each returns the value of a text, or raises ValueError with what is wrong with it.

No message quotes the text, which may be a secret in the wrong place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


def parse_header_value(text: str) -> str:
    """Return a text that may be the value of an HTTP header."""
    if not text.isascii() or any(character.isspace() or not character.isprintable() for character in text):
        raise ValueError("has a space, a line break or another character that such a value cannot have")
    return text


def parse_url(text: str) -> str:
    """Return the address of a server without a trailing slash: https, or plain http for this machine alone."""
    parts = _split_url(text)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise ValueError("must be an https:// address (plain http:// is allowed for this machine alone)")
    if parts.username or parts.password or parts.query or parts.fragment or parts.path not in {"", "/"}:
        raise ValueError("must be a host alone, without a path, a user or a query")
    return parse_header_value(f"{parts.scheme}://{parts.netloc}")


def _split_url(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError("is no valid address") from None
    if not parts.hostname:
        raise ValueError("must be an https:// address")
    return parts


def is_loopback(host: str | None) -> bool:
    """Return whether the host is this machine."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def number_parser(*, minimum: float = -math.inf, exclusive_minimum: float = -math.inf) -> Callable[[str], float]:
    """Return a parser of finite numbers from ``minimum`` on that are greater than ``exclusive_minimum``."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise ValueError("must be a number") from None
        if not math.isfinite(value) or value < minimum or value <= exclusive_minimum:
            limit = f"more than {exclusive_minimum:g}" if exclusive_minimum > minimum else f"{minimum:g} or more"
            raise ValueError(f"must be {limit}")
        return value

    return parse


def choice_parser(choices: Sequence[str]) -> Callable[[str], str]:
    """Return a parser of texts that are one of ``choices``."""

    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return text

    return parse


def parse_stacks(text: str) -> tuple[str, ...]:
    """Return the stacks, as project/stack, of a text that separates them by commas."""
    stacks = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not stacks or any(not re.fullmatch(r"[^/\s]+/[^/\s]+", stack) for stack in stacks):
        raise ValueError("must be stacks as project/stack, separated by commas")
    return stacks


def parse_ids(text: str) -> tuple[str, ...]:
    """Return the ids of a text that separates them by commas, each once, in their order."""
    parsed_ids = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not parsed_ids or any(not re.fullmatch(r"[\w-]+", id_) for id_ in parsed_ids):
        raise ValueError("must be ids, separated by commas")
    return parsed_ids
