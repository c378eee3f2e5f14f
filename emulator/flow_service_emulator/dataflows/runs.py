"""Runs as Adobe shows them.

Adobe: monitor.md, flow-service.yaml; rules.md (observability alerts) for the errors that stand in an activity only.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from flow_service_emulator.entities.entity import SERVICE, Entity
from flow_service_emulator.workspace.tables import DELETE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flow_service_emulator.dataflows.run_results import RunResult
    from flow_service_emulator.switches import Switches

IN_PROGRESS: Final = "inProgress"

_UPPER_CASE: Final = {IN_PROGRESS: "IN_PROGRESS", "success": "SUCCESS", "failed": "FAILED"}
"""The spelling of the enum in flow-service.yaml."""

_SECONDS: Final = 1000


def create_run(flow: Entity, result: RunResult, at: int, until: int) -> Entity:
    """Return a run that starts at ``at`` and completes at ``until``, in epoch milliseconds, with this result."""
    declared = {"flowId": flow.id, "flowSpec": flow.declared.get("flowSpec")}
    run = Entity.create(declared, flow.org, flow.sandbox, SERVICE, SERVICE, at=at)
    begin_run(run, result, at, until)
    return run


def begin_run(run: Entity, result: RunResult, at: int, until: int) -> None:
    """Put a run in progress, and store the result that it will have."""
    activities = [str(uuid.uuid4()), str(uuid.uuid4())]
    batch = uuid.uuid4().hex[:26].upper()
    run.state = IN_PROGRESS
    run.notes |= {
        "until": until,
        "outcome": {"state": result.state, **_build_run_metrics(result, activities, batch, at, until)},
        "rows": result.written,
        "changes": result.changes,
        "key": [*result.key],
        "feed": result.feed,
        "dataset": result.dataset,
        "batch": batch,
        "rowErrors": result.row_errors,
    }
    run.declared |= {
        "metrics": {
            "durationSummary": {"startedAtUTC": at},
            "sizeSummary": {},
            "recordSummary": {"inputRecordCount": 0, "outputRecordCount": 0},
            "fileSummary": {},
            "statusSummary": {"status": IN_PROGRESS, "activityRefs": activities[:1]},
        },
        "activities": [
            {
                "id": activities[0],
                "name": "Copy Activity",
                "updatedAtUTC": at,
                "durationSummary": {"startedAtUTC": at, "extensions": _show_window(result)},
                "statusSummary": {"status": IN_PROGRESS},
            }
        ],
    }


def complete_run(run: Entity) -> None:
    """Complete a run with the result that it was begun with."""
    outcome = run.notes.pop("outcome")
    run.state = outcome.pop("state")
    run.declared |= outcome
    run.updated_at = run.notes["until"]
    run.renew_etag()


def show_run(run: Entity, switches: Switches) -> dict[str, Any]:
    """Return a run as GET returns it; switches select its spelling of statuses, its times and its sizes."""
    entity = {**run.build_stamps(), **run.declared, "state": run.state, "version": run.etag, "etag": run.etag}
    return dict(_convert_for_switches(entity, switches))


def show_last_run(last: Mapping[str, Any], switches: Switches) -> dict[str, Any]:
    """Return the `lastRun` member that Flow Service shows in a dataflow."""
    return dict(_convert_for_switches(last, switches))


def _convert_for_switches(value: Any, switches: Switches, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _convert_for_switches(member, switches, key) for key, member in value.items()}
    if isinstance(value, list):
        return [_convert_for_switches(item, switches) for item in value]
    if name in {"status", "state"} and isinstance(value, str):
        return _spell_status(value, switches["run_status"])
    if name.endswith("AtUTC") and switches["run_times"] == "seconds":
        return value // _SECONDS
    return -1 if name in {"inputBytes", "inputFileCount"} and switches["input_bytes"] == "unknown" else value


def _spell_status(status: str, style: str) -> str:
    if style == "upper":
        return _UPPER_CASE.get(status, status)
    return status[:1].upper() + status[1:] if style == "capital" else status


def _build_run_metrics(result: RunResult, activities: list[str], batch: str, at: int, until: int) -> dict[str, Any]:
    read, written = result.sizes
    refs = {"activityRefs": activities}
    metrics = {
        "durationSummary": {"startedAtUTC": at, "completedAtUTC": until},
        "sizeSummary": {"inputBytes": read, "outputBytes": written},
        "recordSummary": _build_record_summary(result),
        "fileSummary": {"inputFileCount": 1, "outputFileCount": 0 if result.state == "failed" else 1, **refs},
        "statusSummary": {**_build_status(result), **refs},
    }
    copy = _build_copy_activity(activities[0], result, at, until)
    return {
        "metrics": metrics,
        "activities": [copy, _build_promotion_activity(activities[1], result, batch, at, until)],
    }


def _build_copy_activity(id_: str, result: RunResult, at: int, until: int) -> dict[str, Any]:
    source_info = [{"id": source_id, "type": "SourceConnection"} for source_id in result.sources]
    written = {"inputFileCount": 1, "outputFileCount": 0 if result.state == "failed" else 1}
    activity = _build_activity(id_, "Copy Activity", result, at, until, in_copy=True)
    return {**activity, "sourceInfo": source_info, "fileSummary": written}


def _build_promotion_activity(id_: str, result: RunResult, batch: str, at: int, until: int) -> dict[str, Any]:
    target = [{"id": result.dataset, "type": "DataSet", "reference": {"type": "Batch", "ids": [batch]}}]
    activity = {**_build_activity(id_, "Promotion Activity", result, at, until, in_copy=False), "targetInfo": target}
    if result.warnings:
        extensions = activity["statusSummary"].setdefault("extensions", {})
        extensions["errors"] = [*extensions.get("errors", ()), *_build_warnings(result)]
    return activity


def _build_warnings(result: RunResult) -> list[dict[str, str]]:
    """Return each reason why a calculated field was null, once, at the place of `errorDetail` in "Alert rules"."""
    reasons = dict.fromkeys(warning["exception"] for warning in result.warnings)
    return [{"code": "MAPPER-3700-400", "message": f"Mapper Transform Error: {reason}"} for reason in reasons]


def _build_activity(  # noqa: PLR0913 - what an activity tells
    id_: str, name: str, result: RunResult, at: int, until: int, *, in_copy: bool
) -> dict[str, Any]:
    read, written = result.sizes
    status = _build_status(result)
    failure = result.failure
    if failure is not None and failure.in_copy == in_copy and (failure.nested or failure.detail):
        detail = {"errorDetail": failure.detail} if failure.detail else {}
        status["extensions"] = {**({"errors": [*failure.nested]} if failure.nested else {}), **detail}
    return {
        "id": id_,
        "name": name,
        "updatedAtUTC": until,
        "durationSummary": {"startedAtUTC": at, "completedAtUTC": until, "extensions": _show_window(result)},
        "sizeSummary": {"inputBytes": read, "outputBytes": written},
        "recordSummary": _build_record_summary(result),
        "statusSummary": status,
    }


def _show_window(result: RunResult) -> dict[str, int]:
    return {"windowStart": result.window.begin, "windowEnd": result.window.end}


def _build_record_summary(result: RunResult) -> dict[str, Any]:
    written, counts = len(result.written) - result.changes.count(DELETE), result.counts
    nested = result.failure.nested if result.failure is not None and not result.failure.code else ()
    infos = [{"code": error["code"], "message": error["message"]} for error in nested]
    changed = {"updatedRecordCount": counts.updated, "deletedRecordCount": counts.deleted} if counts is not None else {}
    return {
        "inputRecordCount": len(result.read),
        "outputRecordCount": written,
        "createdRecordCount": written if counts is None else counts.created,
        **changed,
        "failedRecordCount": len(result.read) - len(result.written),
        **({"failedInfo": infos} if infos else {}),
    }


def _build_status(result: RunResult) -> dict[str, Any]:
    failure = result.failure
    errors = [{"code": failure.code, "message": failure.message}] if failure is not None and failure.code else []
    return {"status": result.state, **({"errors": errors} if errors else {})}
