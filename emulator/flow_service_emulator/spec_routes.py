"""Adobe's `/connectionSpecs` over HTTP: the same for all organizations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from flow_service_emulator import catalogue
from flow_service_emulator.connections.filters import matches
from flow_service_emulator.errors import FlowServiceError, NotFoundError
from flow_service_emulator.gateway import admit
from flow_service_emulator.request import emulator_of

if TYPE_CHECKING:
    from starlette.requests import Request


async def get_specs(request: Request) -> Response:
    """All of them, or those that `property` picks, the only query parameter there is."""
    admit(request, emulator_of(request))
    if unknown := sorted(set(request.query_params) - {"property"}):
        raise FlowServiceError("1451-400", f"Unknown query parameter {unknown}")
    filters = request.query_params.getlist("property")
    found = [
        spec for spec in catalogue.specs().values() if all(matches(spec, text, frozenset(spec)) for text in filters)
    ]
    return JSONResponse({"items": found, "_links": {}})


async def get_spec(request: Request) -> Response:
    """A list of one, as with every entity."""
    admit(request, emulator_of(request))
    spec_id = request.path_params["id"]
    if spec_id not in catalogue.specs():
        raise NotFoundError("connectionSpecs", spec_id)
    return JSONResponse({"items": [catalogue.specs()[spec_id]]})


async def refuse_write(request: Request) -> Response:
    """Adobe: "Flow Service error codes", 1426: only services of Adobe's own write specs."""
    admit(request, emulator_of(request))
    raise FlowServiceError("1426-400", "a user token may not create or update connection specs")
