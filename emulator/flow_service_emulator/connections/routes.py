"""The routes of Adobe's `/connections` and `/connectionSpecs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator import sealing
from flow_service_emulator.collection import Collection
from flow_service_emulator.connections import connection_specs
from flow_service_emulator.connections.base_connections import (
    BASE_CONNECTIONS,
    build_credentials_error,
    get_auth_params,
)
from flow_service_emulator.connections.explore import explore_source, get_source

if TYPE_CHECKING:
    from starlette.requests import Request

_CONNECTIONS = Collection(BASE_CONNECTIONS)


async def test_connection(request: Request) -> Response:
    """Return whether the source accepts the credentials of the connection."""
    emulator, _, connection = _CONNECTIONS.load_entity(request)
    result = emulator.switches["test_result"]
    is_passed = sealing.are_params_accepted(get_auth_params(connection)) if result == "auto" else result == "true"
    return JSONResponse({"result": is_passed})


async def explore_connection(request: Request) -> Response:
    """Return the tables or files of the source, or the columns of one."""
    emulator, caller, connection = _CONNECTIONS.load_entity(request)
    params = get_auth_params(connection)
    if not sealing.are_params_accepted(params):
        raise build_credentials_error()
    emulator.scenario.check_permission(params, caller.client_id)
    return JSONResponse(explore_source(get_source(emulator, connection), request.query_params))


async def get_auth_configs(request: Request) -> Response:
    """Return an empty list: flow-service.yaml says only that it is a list."""
    _CONNECTIONS.load_entity(request)
    return JSONResponse([])


ROUTES = [
    *_CONNECTIONS.build_routes(),
    Route("/connections/{id}/test", test_connection, methods=["GET"]),
    Route("/connections/{id}/explore", explore_connection, methods=["GET"]),
    Route("/connections/{id}/configs", get_auth_configs, methods=["GET"]),
    *connection_specs.ROUTES,
]
