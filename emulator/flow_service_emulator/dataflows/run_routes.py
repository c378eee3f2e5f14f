"""The routes of runs.

Adobe: flow-service.yaml; create-flow-runs.md and on-demand-ingestion.md for `POST /runs`; "Sources error codes" 1381 to
1388. Where these disagree, the switches `run_answer`, `run_status`, `run_times`, `run_window` and `runs_path` choose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.clock import now
from flow_service_emulator.dataflows import runs, schedule, scheduler
from flow_service_emulator.dataflows.flows import find_transformation
from flow_service_emulator.dataflows.run_results import RunWindow
from flow_service_emulator.entities import listing
from flow_service_emulator.entities.filters import STAMPS
from flow_service_emulator.entities.preconditions import check_etag
from flow_service_emulator.errors import FlowServiceError, NotFoundError
from flow_service_emulator.exchange import record_changed_entity
from flow_service_emulator.gateway import admit_caller
from flow_service_emulator.json_values import get_member
from flow_service_emulator.labels import find_flow, list_visible_runs, require_change, require_read
from flow_service_emulator.request import get_emulator, read_json

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity
    from flow_service_emulator.switches import Switches

_RUN_FIELDS = STAMPS | {"flowId", "flowSpec", "labels", "metrics", "activities"}
_BY_PATH = "path"


async def get_runs(request: Request) -> Response:
    """Return a page of runs."""
    switches = get_emulator(request).switches
    filters = request.query_params.getlist("property")
    if switches["runs_path"] == _BY_PATH and any(text.startswith("flowId") for text in filters):
        admit_caller(request, get_emulator(request))
        raise FlowServiceError("1449-400", "filter field [flowId] is not valid")
    return _list_runs(request, request.query_params.multi_items(), "/runs")


async def get_flow_runs(request: Request) -> Response:
    """Return a page of the runs of one dataflow."""
    flow_id = request.path_params["id"]
    if get_emulator(request).switches["runs_path"] != _BY_PATH:
        admit_caller(request, get_emulator(request))
        raise NotFoundError("flows", f"{flow_id}/runs")
    pairs = [*request.query_params.multi_items(), ("property", f"flowId=={flow_id}")]
    return _list_runs(request, pairs, f"/flows/{flow_id}/runs")


def _list_runs(request: Request, pairs: list[tuple[str, str]], path: str) -> Response:
    emulator = get_emulator(request)
    caller = admit_caller(request, emulator)
    scheduler.update_runs(emulator)
    shown = [_show_visible_run(emulator, run) for run in list_visible_runs(emulator, caller)]
    ordered = listing.apply_order_switch(emulator.switches["runs_order"], pairs)
    query = listing.apply_query_switches(emulator.switches, ordered, _RUN_FIELDS)
    page_limit = int(emulator.switches["page_limit"])
    return JSONResponse(listing.build_list(path, query, shown, _RUN_FIELDS, page_limit))


def _show_visible_run(emulator: Emulator, run: Entity) -> dict[str, Any]:
    flow = find_flow(emulator, run)
    labels = flow.declared.get("labels") if flow is not None else None
    return {**runs.show_run(run, emulator.switches), **({"labels": labels} if labels else {})}


async def get_run(request: Request) -> Response:
    """Return one run, as a list of one."""
    emulator = get_emulator(request)
    caller = admit_caller(request, emulator)
    scheduler.update_runs(emulator)
    run = emulator.stores["runs"].get(request.path_params["id"], caller.org, caller.sandbox)
    require_read(emulator, caller, find_flow(emulator, run), run.id, "runs")
    return JSONResponse({"items": [_show_visible_run(emulator, run)]})


async def put_run(request: Request) -> Response:
    """Refuse to write a run ("Flow Service error codes", 1427: only Adobe's own services write runs)."""
    admit_caller(request, get_emulator(request))
    raise FlowServiceError("1427-400", "a user token may not create or update flow runs")


async def post_run(request: Request) -> Response:
    """Start a run; three documents show three responses: id and etag, a list of these, the whole run."""
    emulator = get_emulator(request)
    caller, body = admit_caller(request, emulator), await read_json(request)
    flow_id = body.get("flowId") if isinstance(body, dict) else None
    if not isinstance(flow_id, str) or not flow_id:
        raise FlowServiceError("1446-400", "flowId is empty")
    flow = emulator.stores["flows"].get(flow_id, caller.org, caller.sandbox)
    require_change(emulator, caller, flow)
    scheduler.update_runs(emulator)
    frequency = get_member(flow.declared, "scheduleParams", "frequency")
    if frequency != "once":
        raise FlowServiceError(
            "CONNECTOR-1386-400", f"The flow with scheduleParams frequency={frequency} does not support flow runs"
        )
    if flow.state != "enabled":
        raise FlowServiceError("1422-400", f"a flow in state [{flow.state}] cannot be run")
    window = _parse_window(flow, body.get("params"), emulator.switches)
    run = scheduler.start_run(emulator, flow, window, now())
    record_changed_entity(request, run.id)
    answers: dict[str, dict[str, Any]] = {
        "receipt": dict(run.build_receipt()),
        "items": {"items": [run.build_receipt()]},
        "run": _show_visible_run(emulator, run),
    }
    headers = {"Location": f"{request.url.path}/{run.id}"}
    return JSONResponse(answers[emulator.switches["run_answer"]], 201, headers=headers)


def _parse_window(flow: Entity, params: Any, switches: Switches) -> RunWindow:
    """Return the window of a run and its delta column, and store a new delta column in the flow; all rows without one.

    Adobe: create-flow-runs.md, on-demand-ingestion.md; codes 1381 to 1384.
    """
    if params is None:
        return RunWindow(0, now())
    begin, end = (schedule.parse_number(get_member(params, name)) for name in ("windowStartTime", "windowEndTime"))
    if begin is None or end is None:
        raise FlowServiceError("CONNECTOR-1384-400", "The params provided for creating a flow run are invalid or empty")
    if begin > end:
        raise FlowServiceError("CONNECTOR-1381-400", "windowEndTime cannot be before windowStartTime")
    flow_delta = get_member(find_transformation(flow.declared, "Copy"), "deltaColumn", "name")
    delta = get_member(params, "deltaColumn", "name") or flow_delta
    if not isinstance(delta, str) or not delta.strip():
        raise FlowServiceError("CONNECTOR-1383-400", "The delta column is missing in the params of the flow run")
    if flow_delta not in {None, delta}:
        raise FlowServiceError("CONNECTOR-1382-400", "The delta column must match that of the Copy transformation")
    if flow_delta is None:
        flow.notes["runDelta"] = delta
        copy = {"name": "Copy", "params": {"deltaColumn": {"name": delta}}}
        flow.declared["transformations"] = [copy, *flow.declared.get("transformations", [])]
        flow.renew_etag()
    unit = 1000 if switches["run_window"] == "seconds" else 1
    return RunWindow(begin * unit, end * unit, delta)


async def post_run_action(request: Request) -> Response:
    """Restart a failed run of an enabled flow: `?op=RE_TRIGGER`, the only action of a run (codes 1387, 1388)."""
    emulator = get_emulator(request)
    caller = admit_caller(request, emulator)
    scheduler.update_runs(emulator)
    run = emulator.stores["runs"].get(request.path_params["id"], caller.org, caller.sandbox)
    if (operation := request.query_params.get("op")) != "RE_TRIGGER":
        raise FlowServiceError("1422-400", f"action [{operation}] is not applicable")
    if (etag := request.headers.get("if-match")) is not None:
        check_etag(run, etag, emulator.switches)
    if run.state != "failed":
        raise FlowServiceError("CONNECTOR-1387-400", f"The flow run is in an invalid state={run.state}")
    flow = find_flow(emulator, run)
    if flow is not None:
        require_change(emulator, caller, flow)
    if flow is None or flow.state != "enabled":
        state = flow.state if flow else "deleted"
        raise FlowServiceError("CONNECTOR-1388-400", f"The flow is in state={state} and cannot be re-triggered")
    scheduler.restart_run(emulator, flow, run, now())
    record_changed_entity(request, run.id)
    return JSONResponse(_show_visible_run(emulator, run))


RUN_ROUTES = [
    Route("/runs", get_runs, methods=["GET"]),
    Route("/runs", post_run, methods=["POST"]),
    Route("/runs/{id}", get_run, methods=["GET"]),
    Route("/runs/{id}", put_run, methods=["PUT"]),
    Route("/runs/{id}/action", post_run_action, methods=["POST"]),
    Route("/flows/{id}/runs", get_flow_runs, methods=["GET"]),
]
