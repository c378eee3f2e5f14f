"""The routes of Adobe's `/connectionSpecs`, the same for all organizations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator import catalogue
from flow_service_emulator.connections.explore import explore_source, get_source_of_spec
from flow_service_emulator.entities import listing
from flow_service_emulator.errors import FlowServiceError, NotFoundError
from flow_service_emulator.gateway import admit_caller
from flow_service_emulator.request import get_emulator

if TYPE_CHECKING:
    from starlette.requests import Request

_WHOLE = "whole"


async def list_connection_specs(request: Request) -> Response:
    """Return all connection specs, or those that `property` selects, the only query parameter."""
    return list_specs(request, "/connectionSpecs", catalogue.get_all_specs())


def list_specs(request: Request, path: str, specs: dict[str, dict[str, Any]]) -> Response:
    """Return the specs that every `property` of the query selects; in pages, if the switch `spec_pages` says so."""
    emulator = get_emulator(request)
    admit_caller(request, emulator)
    size = emulator.switches["spec_pages"]
    known_names = {"property"} if size == _WHOLE else {"property", "continuationToken"}
    if unknown_names := sorted(set(request.query_params) - known_names):
        raise FlowServiceError("1451-400", f"Unknown query parameter {unknown_names}")
    fields = frozenset(member for spec in specs.values() for member in spec)
    limit = str(len(specs)) if size == _WHOLE else size
    pairs = [*request.query_params.multi_items(), ("limit", limit)]
    return JSONResponse(listing.build_list(path, pairs, list(specs.values()), fields))


async def get_connection_spec(request: Request) -> Response:
    """Return one connection spec, as a list of one."""
    admit_caller(request, get_emulator(request))
    return JSONResponse({"items": [_load_spec(request)]})


async def explore_connection_spec(request: Request) -> Response:
    """Explore a source without a base connection: only the Data Landing Zone is one (data-landing-zone.md)."""
    emulator = get_emulator(request)
    admit_caller(request, emulator)
    spec = _load_spec(request)
    if spec["id"] != catalogue.LANDING_ZONE:
        raise FlowServiceError("CONNECTOR-1336-400", "explore is supported for connections of this spec only")
    return JSONResponse(explore_source(get_source_of_spec(emulator, spec["id"]), request.query_params))


async def get_auth_configs_of_spec(request: Request) -> Response:
    """Return the configuration that one authentication needs, such as a role of AWS (s3.md): here none."""
    admit_caller(request, get_emulator(request))
    _load_spec(request)
    return JSONResponse({"configParams": {}})


def _load_spec(request: Request) -> dict[str, Any]:
    spec_id = request.path_params["id"]
    if spec_id not in catalogue.get_all_specs():
        raise NotFoundError("connectionSpecs", spec_id)
    return catalogue.get_all_specs()[spec_id]


async def refuse_write(request: Request) -> Response:
    """Refuse to create or update a spec ("Flow Service error codes", 1426: only Adobe's own services write specs)."""
    admit_caller(request, get_emulator(request))
    raise FlowServiceError("1426-400", "a user token may not create or update specs")


ROUTES = [
    Route("/connectionSpecs", list_connection_specs, methods=["GET"]),
    Route("/connectionSpecs", refuse_write, methods=["POST"]),
    Route("/connectionSpecs/{id}", get_connection_spec, methods=["GET"]),
    Route("/connectionSpecs/{id}", refuse_write, methods=["PUT"]),
    Route("/connectionSpecs/{id}/explore", explore_connection_spec, methods=["GET"]),
    Route("/connectionSpecs/{id}/configs", get_auth_configs_of_spec, methods=["GET"]),
]
