"""Sandbox Management for readers: the sandboxes, one of them, and their types.

Adobe: help/sandboxes/api/available.md, sandboxes.md, types.md and appendix.md; sandbox.yaml. The list of those that the
caller may use needs no sandbox; nor do the others here, for no request is about the content of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.entities import filters
from flow_service_emulator.entities.entity import SERVICE
from flow_service_emulator.errors import FlowServiceError, NotFoundError
from flow_service_emulator.gateway import admit_caller_to_org
from flow_service_emulator.request import get_emulator

if TYPE_CHECKING:
    from starlette.requests import Request

_LIMIT = 50
_PRODUCTION = "prod"
_TYPES = ("production", "development")
_CREATED = "2026-01-05T09:00:00Z"
_FIELDS = frozenset({"name", "title", "state", "type", "region", "isDefault"})


async def get_available_sandboxes(request: Request) -> Response:
    """Return the sandboxes that the caller may use."""
    return JSONResponse(_build_page(request, [_show_sandbox(name) for name in _get_sandbox_names(request)]))


async def get_sandboxes(request: Request) -> Response:
    """Return all sandboxes of the organization, as an administrator sees them; `property` filters them."""
    admit_caller_to_org(request, get_emulator(request))
    parsed_filters = [filters.parse_filter(text, _FIELDS) for text in request.query_params.getlist("property")]
    sandboxes = [_show_to_administrator(name) for name in _get_sandbox_names(request)]
    return JSONResponse(
        _build_page(
            request,
            [
                sandbox
                for sandbox in sandboxes
                if all(parsed_filter.matches(sandbox) for parsed_filter in parsed_filters)
            ],
        )
    )


async def get_sandbox(request: Request) -> Response:
    """Return one sandbox, without a list around it: Sandbox Management is another service than Flow Service."""
    admit_caller_to_org(request, get_emulator(request))
    name = request.path_params["name"]
    if name not in _get_sandbox_names(request):
        raise NotFoundError("sandboxes", name)
    return JSONResponse(_show_to_administrator(name))


async def get_sandbox_types(request: Request) -> Response:
    """Return the types of sandboxes."""
    admit_caller_to_org(request, get_emulator(request))
    return JSONResponse({"sandboxTypes": [{"id": type_, "title": type_.capitalize()} for type_ in _TYPES]})


async def refuse_write(request: Request) -> Response:
    """Refuse a change: the sandboxes are those of the start; Adobe requires a permission of administrators."""
    admit_caller_to_org(request, get_emulator(request))
    raise FlowServiceError("403", "the permission to manage sandboxes is missing")


def _get_sandbox_names(request: Request) -> tuple[str, ...]:
    emulator = get_emulator(request)
    _, org = admit_caller_to_org(request, emulator)
    return emulator.options.orgs[org]


def _build_page(request: Request, sandboxes: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the page that `limit` and `offset` select."""
    limit, offset = (_parse_number(request, name, default) for name, default in (("limit", _LIMIT), ("offset", 0)))
    page = sandboxes[offset : offset + limit]
    href = str(request.url.replace(query="limit={limit}&offset={offset}"))
    links = {"page": {"href": href, "templated": True}}
    return {"sandboxes": page, "_page": {"limit": limit, "count": len(page)}, "_links": links}


def _parse_number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(2**31)):
        raise FlowServiceError("400", f"{name} must be a number")
    return int(text)


def _show_sandbox(name: str) -> dict[str, Any]:
    production = name == _PRODUCTION
    return {
        "name": name,
        "title": name.capitalize(),
        "state": "active",
        "type": _TYPES[0] if production else _TYPES[1],
        "region": "VA7",
        "isDefault": production,
        "eTag": 1,
    }


def _show_to_administrator(name: str) -> dict[str, Any]:
    stamps = {"createdDate": _CREATED, "lastModifiedDate": _CREATED, "createdBy": SERVICE, "modifiedBy": SERVICE}
    return {**_show_sandbox(name), **stamps}


ROUTES = [
    Route("/sandboxTypes", get_sandbox_types, methods=["GET"]),
    Route("/sandboxes", get_sandboxes, methods=["GET"]),
    Route("/sandboxes", refuse_write, methods=["POST"]),
    Route("/sandboxes/{name}", get_sandbox, methods=["GET"]),
    Route("/sandboxes/{name}", refuse_write, methods=["PUT", "PATCH", "DELETE"]),
]
