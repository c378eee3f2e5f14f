"""The batches of runs: their status in Catalog, and the diagnostics of their bad rows in Data Access.

Adobe: error-diagnostics.md and partial.md (Batch ingestion); catalog.yaml. The diagnostics are kept for 30 days. No
document says what the routes answer for a batch without diagnostics: here an empty list.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.clock import now
from flow_service_emulator.dataflows import scheduler
from flow_service_emulator.errors import NotFoundError
from flow_service_emulator.gateway import admit_caller
from flow_service_emulator.labels import list_visible_runs
from flow_service_emulator.request import get_emulator

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.entities.entity import Entity

_ROW_ERRORS: Final = "row_errors"
_SAMPLES: Final = "row_error_samples.json"
_INPUT_FILES: Final = "input_files"
_FILE: Final = "conversion_errors_0.json"
_INPUT_FILE: Final = "part-00000.json"
_DIAGNOSTICS_LIFETIME: Final = 30 * 86_400_000
_SAMPLE_ROWS: Final = 100
_STATUSES: Final = {"inProgress": "processing", "success": "success", "failed": "failed"}


async def get_batch_files(request: Request) -> Response:
    """Return the files of a batch at `path`, or the lines of one of them."""
    run, path = _find_run_of_batch(request), request.query_params.get("path", "")
    lines = _list_row_errors(run)
    if path == _ROW_ERRORS:
        return _list_batch_files(request, path, {_FILE: lines} if lines else {})
    if path == _INPUT_FILES:
        return _list_batch_files(request, path, {_INPUT_FILE: []})
    if lines and path in {f"{_ROW_ERRORS}/{_FILE}", _SAMPLES}:
        shown = lines[:_SAMPLE_ROWS] if path == _SAMPLES else lines
        return Response("".join(f"{line}\n" for line in shown), media_type="application/json")
    raise NotFoundError("files", path)


async def get_batch(request: Request) -> Response:
    """Return an object with the batch as its one member; with diagnostics its errors have counts for each code."""
    run = _find_run_of_batch(request)
    records = run.declared["metrics"]["recordSummary"]
    extensions = run.declared["activities"][-1]["statusSummary"].get("extensions", {})
    body: dict[str, Any] = {
        "status": _STATUSES.get(run.state, run.state),
        "imsOrg": run.org,
        "tags": {"flowRunId": [run.id]},
        "metrics": {"inputRecordCount": records["inputRecordCount"], "outputRecordCount": records["outputRecordCount"]},
        "errors": extensions.get("errors", []),
    }
    return JSONResponse({run.notes["batch"]: body})


def _find_run_of_batch(request: Request) -> Entity:
    emulator = get_emulator(request)
    caller = admit_caller(request, emulator)
    scheduler.update_runs(emulator)
    id_ = request.path_params["id"]
    for run in list_visible_runs(emulator, caller):
        if run.notes.get("batch") == id_:
            return run
    raise NotFoundError("batches", id_)


def _list_row_errors(run: Entity) -> list[str]:
    if now() - run.notes["until"] > _DIAGNOSTICS_LIFETIME:
        return []
    return [json.dumps({**row, "_filename": _INPUT_FILE}) for row in run.notes.get("rowErrors", [])]


def _list_batch_files(request: Request, path: str, files: dict[str, list[str]]) -> Response:
    data = [
        {
            "name": name,
            "length": str(sum(len(line) + 1 for line in lines)),
            "_links": {"self": {"href": str(request.url.replace(query=f"path={path}/{name}"))}},
        }
        for name, lines in files.items()
    ]
    return JSONResponse({"data": data, "_page": {"limit": 100, "count": len(data)}})


EXPORT_ROUTES = [Route("/batches/{id}/meta", get_batch_files, methods=["GET"])]
BATCH_ROUTES = [Route("/batches/{id}", get_batch, methods=["GET"])]
