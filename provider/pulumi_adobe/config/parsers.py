"""Parsers of settings: each returns the value of a text, or raises ValueError with what is wrong with it.

No message quotes the text, which may be a secret in the wrong place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from pulumi_adobe.secret_values import validate_secret

_HIGHEST_PORT: Final = 65535


def parse_header_value(text: str) -> str:
    """Return a text that may be the value of an HTTP header."""
    if not text.isascii() or any(character.isspace() or not character.isprintable() for character in text):
        raise ValueError("has a space, a line break or another character that such a value cannot have")
    return text


def parse_org_id(text: str) -> str:
    """Return the id of an organization: 24 hexadecimal digits, and `@AdobeOrg`.

    Adobe: developer.adobe.com, "Organization ID"; every id in Adobe's specifications has this form. The part after the
    `@` may be any word, because no page says that it is always the same.
    """
    if not re.fullmatch(r"[0-9A-Fa-f]{24}@[A-Za-z]+", text):
        raise ValueError("must be 24 hexadecimal digits and @AdobeOrg, as in 0123456789ABCDEF01234567@AdobeOrg")
    return text


def parse_sandbox(text: str) -> str:
    """Return the name of a sandbox, which is "all-lowercase" (Adobe: Sandbox API, header `x-sandbox-name`)."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", text):
        raise ValueError("must be the name of a sandbox, not its title: lower-case letters, digits and hyphens")
    return text


def parse_client_id(text: str) -> str:
    """Return a client id: the name of an API key, and no address of an account."""
    if not re.fullmatch(r"[\w.-]+", text, re.ASCII):
        raise ValueError("must be a client id: letters, digits, hyphens and underscores")
    return text


def parse_secret(text: str) -> str:
    """Return a secret that may be the value of an HTTP header, and that is long enough to be redacted."""
    if problem := validate_secret(text):
        raise ValueError(problem)
    return parse_header_value(text)


def parse_scopes(text: str) -> str:
    """Return scopes, separated by commas without blanks, as Adobe IMS takes them (RFC 6749, 3.3: printable ASCII)."""
    scopes = [scope.strip() for scope in text.split(",")]
    if not all(re.fullmatch(r"[!#-\[\]-~]+", scope) for scope in scopes):
        raise ValueError("must be scopes, separated by commas")
    return ",".join(scopes)


def parse_hosts(text: str) -> tuple[str, ...]:
    """Return the host names, each with or without a port, of a text that separates them by commas."""
    hosts = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    if not hosts or any(not re.fullmatch(r"([a-z0-9._-]+|\[?[0-9a-f:.]+\]?)(:\d+)?", host) for host in hosts):
        raise ValueError("must be the names of hosts, separated by commas, without https://")
    return hosts


def parse_port(text: str) -> int:
    """Return the number of a TCP port."""
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= _HIGHEST_PORT:
        raise ValueError(f"must be a number from 1 to {_HIGHEST_PORT}")
    return int(text)


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


def number_parser(
    *, maximum: float, minimum: float = -math.inf, exclusive_minimum: float = -math.inf
) -> Callable[[str], float]:
    """Return a parser of numbers from ``minimum`` to ``maximum`` that are greater than ``exclusive_minimum``."""

    def parse(text: str) -> float:
        try:
            # Python reads "1_000" and the digits of all languages as numbers; nothing else in Pulumi does.
            value = float("" if "_" in text or not text.isascii() else text)
        except ValueError:
            raise ValueError("must be a number") from None
        if not math.isfinite(value) or value < minimum or value <= exclusive_minimum:
            limit = f"more than {exclusive_minimum:g}" if exclusive_minimum > minimum else f"{minimum:g} or more"
            raise ValueError(f"must be {limit}")
        if value > maximum:
            raise ValueError(f"must be {maximum:g} or less")
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


def parse_landing_zone_ids(text: str) -> tuple[str, ...]:
    """Return the ids of landing zone credentials, such as `prod/dlz_databricks_source`, each once, in their order."""
    parsed_ids = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not parsed_ids or any(not re.fullmatch(r"[\w-]+/\w+", id_) for id_ in parsed_ids):
        raise ValueError("must be ids such as prod/dlz_databricks_source, separated by commas")
    return parsed_ids
