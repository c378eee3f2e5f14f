"""The files that every page needs; they come from the emulator itself, so that the console works without a network."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request

TYPES = {"console.css": "text/css", "live.js": "text/javascript", "icon.svg": "image/svg+xml"}
_FOR_A_YEAR = "max-age=31536000, immutable"


def address(name: str) -> str:
    """The path of a file, with what changes when the file does."""
    return f"/console/assets/{name}?v={hashlib.sha256(content(name)).hexdigest()[:8]}"


def response(name: str, query: str) -> Response:
    """A file; kept by the browser where the address has the mark of this very content."""
    current = f"/console/assets/{name}?{query}" == address(name)
    headers = {"Cache-Control": _FOR_A_YEAR if current else "no-cache", "X-Content-Type-Options": "nosniff"}
    return Response(content(name), headers=headers, media_type=TYPES[name])


async def icon(_request: Request) -> Response:
    """Browsers ask for it unasked; were it not here, the question would stand in the journal."""
    return response("icon.svg", "")


@cache
def content(name: str) -> bytes:
    """A file of the package."""
    return resources.files("flow_service_emulator.console").joinpath(f"assets/{name}").read_bytes()
