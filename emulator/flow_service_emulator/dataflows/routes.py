"""The routes of the kinds, of flow specs and of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.clock import now
from flow_service_emulator.connections import listing, search
from flow_service_emulator.connections.filters import STAMPS
from flow_service_emulator.dataflows import running, runs, schedule
from flow_service_emulator.dataflows.collection import Collection
from flow_service_emulator.dataflows.flow_specs import flow_specs
from flow_service_emulator.dataflows.flows import FLOWS
from flow_service_emulator.dataflows.moving import Window
from flow_service_emulator.dataflows.rules import member
from flow_service_emulator.dataflows.source_connections import SOURCE_CONNECTIONS
from flow_service_emulator.dataflows.target_connections import TARGET_CONNECTIONS
from flow_service_emulator.errors import FlowServiceError, NotFoundError
from flow_service_emulator.exchange import took_effect
from flow_service_emulator.gateway import admit
from flow_service_emulator.request import emulator_of, json_body
from flow_service_emulator.spec_routes import picked, refuse_write

if TYPE_CHECKING:
    from starlette.requests import Request

_RUN_FIELDS = STAMPS | {"flowId", "flowSpec", "metrics", "activities"}


async def get_flow_specs(request: Request) -> Response:
    """All of them, or those that `property` picks, the only query parameter there is."""
    admit(request, emulator_of(request))
    if unknown := sorted(set(request.query_params) - {"property"}):
        raise FlowServiceError("1451-400", f"Unknown query parameter {unknown}")
    return JSONResponse({"items": picked(request, flow_specs()), "_links": {}})


async def search_flow_specs(request: Request) -> Response:
    """The same as a page, asked for in the body."""
    admit(request, emulator_of(request))
    body = await json_body(request)
    pairs = search.pairs_of(body, request.query_params.get("continuationToken"))
    fields = frozenset(member for spec in flow_specs().values() for member in spec)
    found = listing.answer("/flowSpecs/search", pairs, list(flow_specs().values()), fields)
    return JSONResponse(search.projected(found, body))


async def get_flow_spec(request: Request) -> Response:
    """A list of one."""
    admit(request, emulator_of(request))
    if request.path_params["id"] not in flow_specs():
        raise NotFoundError("flowSpecs", request.path_params["id"])
    return JSONResponse({"items": [flow_specs()[request.path_params["id"]]]})


async def get_runs(request: Request) -> Response:
    """A page of runs."""
    emulator = emulator_of(request)
    caller = admit(request, emulator)
    running.settle(emulator)
    shown = [runs.shown(each) for each in emulator.stores["runs"].of_sandbox(caller.org, caller.sandbox)]
    pairs = listing.ordered_as(emulator.switches["runs_order"], request.query_params.multi_items())
    return JSONResponse(listing.answer("/runs", pairs, shown, _RUN_FIELDS))


async def get_run(request: Request) -> Response:
    """A list of one."""
    emulator = emulator_of(request)
    caller = admit(request, emulator)
    run = emulator.stores["runs"].get(request.path_params["id"], caller.org, caller.sandbox)
    return JSONResponse({"items": [runs.shown(run)]})


async def put_run(request: Request) -> Response:
    """Adobe: "Flow Service error codes", 1427: only services of Adobe's own write runs."""
    admit(request, emulator_of(request))
    raise FlowServiceError("1427-400", "a user token may not create or update flow runs")


async def post_run(request: Request) -> Response:
    """Adobe: create-flow-runs.md; flow-service.yaml answers 201 with id and etag."""
    emulator = emulator_of(request)
    caller, body = admit(request, emulator), await json_body(request)
    flow_id = body.get("flowId") if isinstance(body, dict) else None
    if not isinstance(flow_id, str) or not flow_id:
        raise FlowServiceError("1446-400", "flowId is empty")
    flow = emulator.stores["flows"].get(flow_id, caller.org, caller.sandbox)
    if member(flow.declared, "scheduleParams", "frequency") != "once":
        raise FlowServiceError("CONNECTOR-1386-400", "runs are supported for flows that are scheduled once")
    if flow.state != "enabled":
        raise FlowServiceError("1422-400", f"a flow in state [{flow.state}] cannot be run")
    made = running.run(emulator, flow, _window(body.get("params")), now())
    took_effect(request, made.id)
    return JSONResponse(made.receipt(), 201, headers={"Location": f"{request.url.path}/{made.id}"})


def _window(params: Any) -> Window:
    """Adobe: create-flow-runs.md: a window in epoch seconds and its delta column; without one, all rows."""
    begin, end = (schedule.number(member(params, name)) for name in ("windowStartTime", "windowEndTime"))
    if begin is None or end is None:
        return Window(0, now())
    if begin > end:
        raise FlowServiceError("CONNECTOR-1381-400", "windowStartTime is after windowEndTime")
    delta = member(params, "deltaColumn", "name")
    if not isinstance(delta, str) or not delta:
        raise FlowServiceError("CONNECTOR-1383-400", "deltaColumn is required for a window")
    return Window(begin * 1000, end * 1000, delta)


ROUTES = [
    *(route for kind in (SOURCE_CONNECTIONS, TARGET_CONNECTIONS, FLOWS) for route in Collection(kind).routes()),
    Route("/flowSpecs", get_flow_specs, methods=["GET"]),
    Route("/flowSpecs", refuse_write, methods=["POST"]),
    Route("/flowSpecs/search", search_flow_specs, methods=["POST"]),
    Route("/flowSpecs/{id}", get_flow_spec, methods=["GET"]),
    Route("/flowSpecs/{id}", refuse_write, methods=["PUT"]),
    Route("/runs", get_runs, methods=["GET"]),
    Route("/runs", post_run, methods=["POST"]),
    Route("/runs/{id}", get_run, methods=["GET"]),
    Route("/runs/{id}", put_run, methods=["PUT"]),
]
