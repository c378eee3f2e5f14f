"""The application: each path with its routes."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from flow_service_emulator.connections import routes as connections
from flow_service_emulator.console.routes import CONSOLE_ROUTES
from flow_service_emulator.control.routes import CONTROL_ROUTES
from flow_service_emulator.dataflows import routes as dataflows
from flow_service_emulator.emulator import Emulator
from flow_service_emulator.errors import EmulatorError, FlowServiceError
from flow_service_emulator.faults import BASE
from flow_service_emulator.platform_apis import batches, catalog, data_prep, ims, landing_zone, sandboxes


def build_app(emulator: Emulator) -> Starlette:
    """Return the application of one emulator."""
    app = Starlette(
        routes=[
            Mount(BASE, routes=[*connections.ROUTES, *dataflows.ROUTES]),
            Mount("/data/foundation/conversion", routes=data_prep.ROUTES),
            Mount("/data/foundation/catalog", routes=[*catalog.DATASET_ROUTES, *batches.BATCH_ROUTES]),
            Mount("/data/foundation/export", routes=batches.EXPORT_ROUTES),
            Mount("/data/foundation/schemaregistry", routes=catalog.SCHEMA_ROUTES),
            Route("/data/foundation/connectors/landingzone", landing_zone.get_landing_zone, methods=["GET"]),
            Mount("/data/foundation/connectors/landingzone", routes=landing_zone.ROUTES),
            Route("/data/foundation/sandbox-management", sandboxes.get_available_sandboxes, methods=["GET"]),
            Mount("/data/foundation/sandbox-management", routes=sandboxes.ROUTES),
            Mount("/_emulator", routes=CONTROL_ROUTES),
            *CONSOLE_ROUTES,
            Route("/ims/token/v3", ims.post_token, methods=["POST"]),
            Route("/ims/token/v2", ims.post_token, methods=["POST"]),
        ],
        exception_handlers={EmulatorError: _answer_error, HTTPException: _answer_http_error},
    )
    app.state.emulator = emulator
    app.router.redirect_slashes = False
    return app


async def _answer_error(request: Request, error: Any) -> Response:
    """Build the response to an error."""
    style = request.app.state.emulator.switches["error_body"]
    return JSONResponse(error.build_body(request.scope["exchange"].request_id, style), error.status)


async def _answer_http_error(request: Request, error: Any) -> Response:
    """Build the response to a request whose path or method has no route."""
    text = f"{error.detail}: {request.method} {request.url.path}"
    return JSONResponse(FlowServiceError(str(error.status_code), text).body, error.status_code)
