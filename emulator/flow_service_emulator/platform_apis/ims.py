"""The token endpoint of Adobe IMS."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.responses import JSONResponse, Response

from flow_service_emulator.request import get_emulator

if TYPE_CHECKING:
    from starlette.requests import Request


async def post_token(request: Request) -> Response:
    """Issue a token for a form; the query works too, but Adobe discourages it."""
    form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
    token = get_emulator(request).tokens.issue({**request.query_params, **form})
    return JSONResponse(token, headers={"Cache-Control": "no-store"})
