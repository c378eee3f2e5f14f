"""The routes: which path is answered by what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from flow_service_emulator.connections import connection_specs
from flow_service_emulator.connections import routes as connections
from flow_service_emulator.console.routes import CONSOLE_ROUTES
from flow_service_emulator.control.routes import CONTROL_ROUTES
from flow_service_emulator.dataflows import routes as dataflows
from flow_service_emulator.emulator import Emulator
from flow_service_emulator.errors import EmulatorError, FlowServiceError
from flow_service_emulator.faults import BASE
from flow_service_emulator.lake import landing_zone
from flow_service_emulator.platform_apis import batches, catalog, data_prep, ims, sandboxes

Handler = Callable[[Request], Awaitable[Response]]


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(path, handler, methods=[method])


_FLOW_SERVICE = [
    _route("POST", "/connections", connections.post_connection),
    _route("GET", "/connections", connections.get_connections),
    _route("POST", "/connections/search", connections.search_connections),
    _route("GET", "/connections/{id}", connections.get_connection),
    _route("PATCH", "/connections/{id}", connections.patch_connection),
    _route("DELETE", "/connections/{id}", connections.delete_connection),
    _route("GET", "/connections/{id}/test", connections.test_connection),
    _route("GET", "/connections/{id}/explore", connections.explore_connection),
    _route("GET", "/connections/{id}/configs", connections.get_configs),
    _route("POST", "/connections/{id}/action", connections.act_on_connection),
    _route("GET", "/connectionSpecs", connection_specs.get_specs),
    _route("POST", "/connectionSpecs", connection_specs.refuse_write),
    _route("GET", "/connectionSpecs/{id}", connection_specs.get_spec),
    _route("PUT", "/connectionSpecs/{id}", connection_specs.refuse_write),
    _route("GET", "/connectionSpecs/{id}/explore", connection_specs.explore_spec),
    _route("GET", "/connectionSpecs/{id}/configs", connection_specs.get_configs),
]
_FLOW_SERVICE += dataflows.ROUTES


def build(emulator: Emulator) -> Starlette:
    """The application for one emulator."""
    app = Starlette(
        routes=[
            Mount(BASE, routes=_FLOW_SERVICE),
            Mount("/data/foundation/conversion", routes=data_prep.ROUTES),
            Mount("/data/foundation/catalog", routes=[*catalog.DATASET_ROUTES, *batches.BATCH_ROUTES]),
            Mount("/data/foundation/export", routes=batches.EXPORT_ROUTES),
            Mount("/data/foundation/schemaregistry", routes=catalog.SCHEMA_ROUTES),
            _route("GET", "/data/foundation/connectors/landingzone", landing_zone.get_landing_zone),
            Mount("/data/foundation/connectors/landingzone", routes=landing_zone.ROUTES),
            _route("GET", "/data/foundation/sandbox-management", sandboxes.get_available),
            Mount("/data/foundation/sandbox-management", routes=sandboxes.ROUTES),
            Mount("/_emulator", routes=CONTROL_ROUTES),
            *CONSOLE_ROUTES,
            _route("POST", "/ims/token/v3", ims.post_token),
            _route("POST", "/ims/token/v2", ims.post_token),
        ],
        exception_handlers={EmulatorError: _answer_error, HTTPException: _answer_http_error},
    )
    app.state.emulator = emulator
    app.router.redirect_slashes = False
    return app


async def _answer_error(request: Request, error: Any) -> Response:
    """Not in a thread, as Starlette runs plain functions: a request is one transaction, and no other comes between."""
    style = request.app.state.emulator.switches["error_body"]
    return JSONResponse(error.body_for(request.scope["exchange"].request_id, style), error.status)


async def _answer_http_error(request: Request, error: Any) -> Response:
    """Of a path or a method that nobody serves."""
    text = f"{error.detail}: {request.method} {request.url.path}"
    return JSONResponse(FlowServiceError(str(error.status_code), text).body, error.status_code)
