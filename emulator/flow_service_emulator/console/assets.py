"""The files of all pages, which the emulator itself serves, so that the console works without a network."""

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


def build_asset_address(name: str) -> str:
    """Return the URL path of an asset with a hash of its content, which changes when the file changes."""
    return f"/console/assets/{name}?v={hashlib.sha256(read_asset(name)).hexdigest()[:8]}"


def build_asset_response(name: str, query: str) -> Response:
    """Return an asset; the browser may cache it if the URL has the hash of the current content."""
    current = f"/console/assets/{name}?{query}" == build_asset_address(name)
    headers = {"Cache-Control": _FOR_A_YEAR if current else "no-cache", "X-Content-Type-Options": "nosniff"}
    return Response(read_asset(name), headers=headers, media_type=TYPES[name])


async def get_icon(_request: Request) -> Response:
    """Return the icon, which browsers request by themselves: without this route the journal would have the requests."""
    return build_asset_response("icon.svg", "")


@cache
def read_asset(name: str) -> bytes:
    """Return the content of an asset of this package."""
    return resources.files("flow_service_emulator.console").joinpath(f"assets/{name}").read_bytes()
