"""The sandboxes that the caller may use, as far as a client lists them.

Adobe: help/sandboxes/api/available.md and appendix.md; for this list no sandbox has to be named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.gateway import admit_to_org
from flow_service_emulator.request import emulator_of

if TYPE_CHECKING:
    from starlette.requests import Request

_LIMIT = 50
_PRODUCTION = "prod"


async def get_sandboxes(request: Request) -> Response:
    """Those of the organization, the page that `limit` and `offset` ask for."""
    emulator = emulator_of(request)
    _, org = admit_to_org(request, emulator)
    limit, offset = (_number(request, name, default) for name, default in (("limit", _LIMIT), ("offset", 0)))
    every = [_sandbox(name) for name in emulator.options.orgs[org]]
    page = every[offset : offset + limit]
    href = str(request.url.replace(query="limit={limit}&offset={offset}"))
    links = {"page": {"href": href, "templated": True}}
    return JSONResponse({"sandboxes": page, "_page": {"limit": limit, "count": len(page)}, "_links": links})


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isdecimal():
        raise FlowServiceError("400", f"{name} must be a number")
    return int(text)


def _sandbox(name: str) -> dict[str, Any]:
    production = name == _PRODUCTION
    return {
        "name": name,
        "title": name.capitalize(),
        "state": "active",
        "type": "production" if production else "development",
        "region": "VA7",
        "isDefault": production,
        "eTag": 1,
    }
