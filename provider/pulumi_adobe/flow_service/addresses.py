"""The addresses in Flow Service: the paths of its entities, and the links between the pages of a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote

from pulumi_adobe.flow_service import errors
from pulumi_adobe.json_values import get_member

_MAX_ADDRESS_LENGTH = 16_384
"""Characters of the address of a page: servers refuse a request line of 8 KiB or more."""

_BASE_PATH = "/data/foundation/flowservice"


def parse_next_page(body: Mapping[str, Any]) -> tuple[tuple[str, str], ...] | None:
    """Return the query of the next page, empty after the last; only the query of the address is used.

    None where the address has no query, or is too long to be sent: to treat it as the end would lose entities, and
    create duplicates of them.
    """
    link = get_member(body, "_links", "next")
    href = link.get("href") if isinstance(link, dict) else link
    if not href:
        return ()
    if not isinstance(href, str) or len(href) > _MAX_ADDRESS_LENGTH:
        return None
    return tuple(parse_qsl(href.partition("#")[0].partition("?")[2])) or None


def build_path(*segments: str) -> str:
    """Return the path of a collection, an entity, or an operation on it; each segment is quoted.

    Raises:
        errors.InvalidRequest: A segment cannot be an id.
    """
    for segment in segments:
        # HTTP libraries resolve dots, escaped or not: a DELETE would be sent to the whole collection, or above it.
        if segment in {"", ".", ".."}:
            raise errors.InvalidRequest(
                f'"{segment}" is not an id of Flow Service.', "Nothing was sent. Correct the id."
            )
    return "/".join((_BASE_PATH, *(quote(segment, safe="") for segment in segments)))
