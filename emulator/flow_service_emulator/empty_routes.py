"""The collections whose place is kept: always empty here, until dataflows are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from flow_service_emulator.connections import listing
from flow_service_emulator.errors import FlowServiceError, NotFoundError
from flow_service_emulator.faults import BASE
from flow_service_emulator.gateway import admit
from flow_service_emulator.request import emulator_of

if TYPE_CHECKING:
    from starlette.requests import Request

COLLECTIONS = ("sourceConnections", "targetConnections", "flows", "runs")


async def get_all(request: Request) -> Response:
    """Nothing, in the shape of a list."""
    admit(request, emulator_of(request))
    return JSONResponse(listing.answer(f"/{_collection(request)}", request.query_params.multi_items(), []))


async def get_one(request: Request) -> Response:
    """There is none."""
    admit(request, emulator_of(request))
    raise NotFoundError(_collection(request), request.path_params["id"])


async def refuse_write(request: Request) -> Response:
    """501: the emulator's own answer, not Adobe's."""
    admit(request, emulator_of(request))
    raise FlowServiceError("501", f"this emulator does not keep {_collection(request)} yet")


def _collection(request: Request) -> str:
    return request.url.path.removeprefix(BASE).split("/")[1]
