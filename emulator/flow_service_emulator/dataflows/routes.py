"""The routes of source and target connections, dataflows, flow specs and runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.collection import Collection
from flow_service_emulator.connections.connection_specs import list_specs, refuse_write
from flow_service_emulator.dataflows import flow_specs, scheduler
from flow_service_emulator.dataflows.flows import FLOWS
from flow_service_emulator.dataflows.run_routes import RUN_ROUTES
from flow_service_emulator.dataflows.source_connections import SOURCE_CONNECTIONS
from flow_service_emulator.dataflows.target_connections import TARGET_CONNECTIONS
from flow_service_emulator.entities import listing, search
from flow_service_emulator.errors import NotFoundError
from flow_service_emulator.gateway import admit_caller
from flow_service_emulator.request import get_emulator, read_json

if TYPE_CHECKING:
    from starlette.requests import Request


async def list_flow_specs(request: Request) -> Response:
    """Return all flow specs, or those that `property` selects, the only query parameter."""
    return list_specs(request, "/flowSpecs", flow_specs.get_flow_specs())


async def search_flow_specs(request: Request) -> Response:
    """Return a page of the flow specs that the body selects."""
    admit_caller(request, get_emulator(request))
    body = await read_json(request)
    pairs = search.parse_search(body, request.query_params.get("continuationToken"))
    fields = frozenset(member for spec in flow_specs.get_flow_specs().values() for member in spec)
    response = listing.build_list("/flowSpecs/search", pairs, list(flow_specs.get_flow_specs().values()), fields)
    return JSONResponse(search.select_projected_fields(response, body))


async def get_flow_spec(request: Request) -> Response:
    """Return one flow spec, as a list of one."""
    admit_caller(request, get_emulator(request))
    if request.path_params["id"] not in flow_specs.get_flow_specs():
        raise NotFoundError("flowSpecs", request.path_params["id"])
    return JSONResponse({"items": [flow_specs.get_flow_specs()[request.path_params["id"]]]})


ROUTES = [
    *(
        route
        for kind in (SOURCE_CONNECTIONS, TARGET_CONNECTIONS, FLOWS)
        for route in Collection(kind, scheduler.update_runs).build_routes()
    ),
    Route("/flowSpecs", list_flow_specs, methods=["GET"]),
    Route("/flowSpecs", refuse_write, methods=["POST"]),
    Route("/flowSpecs/search", search_flow_specs, methods=["POST"]),
    Route("/flowSpecs/{id}", get_flow_spec, methods=["GET"]),
    Route("/flowSpecs/{id}", refuse_write, methods=["PUT"]),
    *RUN_ROUTES,
]
