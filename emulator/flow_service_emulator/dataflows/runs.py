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

    from flow_service_emulator.dataflows.moving import Moved
    from flow_service_emulator.switches import Switches

IN_PROGRESS: Final = "inProgress"

_UPPER_CASE: Final = {IN_PROGRESS: "IN_PROGRESS", "success": "SUCCESS", "failed": "FAILED"}
"""The spelling of the enum in flow-service.yaml."""

_SECONDS: Final = 1000


def new_run(flow: Entity, moved: Moved, at: int, until: int) -> Entity:
    """The run that moves these rows; it starts at ``at`` and completes at ``until``, in epoch milliseconds."""
    declared = {"flowId": flow.id, "flowSpec": flow.declared.get("flowSpec")}
    run = Entity.create(declared, flow.org, flow.sandbox, SERVICE, SERVICE, at=at)
    begin(run, moved, at, until)
    return run


def begin(run: Entity, moved: Moved, at: int, until: int) -> None:
    """Let a run be in progress, and keep what it will have moved."""
    activities = [str(uuid.uuid4()), str(uuid.uuid4())]
    batch = uuid.uuid4().hex[:26].upper()
    run.state = IN_PROGRESS
    run.kept |= {
        "until": until,
        "outcome": {"state": moved.state, **_moved(moved, activities, batch, at, until)},
        "rows": moved.written,
        "changes": moved.changes,
        "key": [*moved.key],
        "feed": moved.feed,
        "dataset": moved.dataset,
        "batch": batch,
        "rowErrors": moved.row_errors,
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
                "durationSummary": {"startedAtUTC": at, "extensions": _window(moved)},
                "statusSummary": {"status": IN_PROGRESS},
            }
        ],
    }


def complete(run: Entity) -> None:
    """Let a run have the outcome that it was begun with."""
    outcome = run.kept.pop("outcome")
    run.state = outcome.pop("state")
    run.declared |= outcome
    run.updated_at = run.kept["until"]
    run.renew_etag()


def shown(run: Entity, switches: Switches) -> dict[str, Any]:
    """What Adobe shows of a run, with the spelling, the times and the sizes of the switches."""
    entity = {**run.stamps(), **run.declared, "state": run.state, "version": run.etag, "etag": run.etag}
    return dict(_convert(entity, switches))


def shown_last(last: Mapping[str, Any], switches: Switches) -> dict[str, Any]:
    """What a dataflow shows of its last run."""
    return dict(_convert(last, switches))


def _convert(value: Any, switches: Switches, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _convert(member, switches, key) for key, member in value.items()}
    if isinstance(value, list):
        return [_convert(each, switches) for each in value]
    if name in {"status", "state"} and isinstance(value, str):
        return _spell(value, switches["run_status"])
    if name.endswith("AtUTC") and switches["run_times"] == "seconds":
        return value // _SECONDS
    return -1 if name in {"inputBytes", "inputFileCount"} and switches["input_bytes"] == "unknown" else value


def _spell(status: str, style: str) -> str:
    if style == "upper":
        return _UPPER_CASE.get(status, status)
    return status[:1].upper() + status[1:] if style == "capital" else status


def _moved(moved: Moved, activities: list[str], batch: str, at: int, until: int) -> dict[str, Any]:
    read, written = moved.sizes
    refs = {"activityRefs": activities}
    metrics = {
        "durationSummary": {"startedAtUTC": at, "completedAtUTC": until},
        "sizeSummary": {"inputBytes": read, "outputBytes": written},
        "recordSummary": _records(moved),
        "fileSummary": {"inputFileCount": 1, "outputFileCount": 0 if moved.state == "failed" else 1, **refs},
        "statusSummary": {**_status(moved), **refs},
    }
    copy = _copy_activity(activities[0], moved, at, until)
    return {"metrics": metrics, "activities": [copy, _promotion_activity(activities[1], moved, batch, at, until)]}


def _copy_activity(id_: str, moved: Moved, at: int, until: int) -> dict[str, Any]:
    source = [{"id": each, "type": "SourceConnection"} for each in moved.sources]
    written = {"inputFileCount": 1, "outputFileCount": 0 if moved.state == "failed" else 1}
    activity = _activity(id_, "Copy Activity", moved, at, until, in_copy=True)
    return {**activity, "sourceInfo": source, "fileSummary": written}


def _promotion_activity(id_: str, moved: Moved, batch: str, at: int, until: int) -> dict[str, Any]:
    target = [{"id": moved.dataset, "type": "DataSet", "reference": {"type": "Batch", "ids": [batch]}}]
    activity = {**_activity(id_, "Promotion Activity", moved, at, until, in_copy=False), "targetInfo": target}
    if moved.warnings:
        extensions = activity["statusSummary"].setdefault("extensions", {})
        extensions["errors"] = [*extensions.get("errors", ()), *_warnings(moved)]
    return activity


def _warnings(moved: Moved) -> list[dict[str, str]]:
    """Each reason why a calculated field was null, once; the place is that of `errorDetail` in "Alert rules"."""
    reasons = dict.fromkeys(each["exception"] for each in moved.warnings)
    return [{"code": "MAPPER-3700-400", "message": f"Mapper Transform Error: {reason}"} for reason in reasons]


def _activity(  # noqa: PLR0913 - what an activity tells
    id_: str, name: str, moved: Moved, at: int, until: int, *, in_copy: bool
) -> dict[str, Any]:
    read, written = moved.sizes
    status = _status(moved)
    failure = moved.failure
    if failure is not None and failure.in_copy == in_copy and (failure.nested or failure.detail):
        detail = {"errorDetail": failure.detail} if failure.detail else {}
        status["extensions"] = {**({"errors": [*failure.nested]} if failure.nested else {}), **detail}
    return {
        "id": id_,
        "name": name,
        "updatedAtUTC": until,
        "durationSummary": {"startedAtUTC": at, "completedAtUTC": until, "extensions": _window(moved)},
        "sizeSummary": {"inputBytes": read, "outputBytes": written},
        "recordSummary": _records(moved),
        "statusSummary": status,
    }


def _window(moved: Moved) -> dict[str, int]:
    return {"windowStart": moved.window.begin, "windowEnd": moved.window.end}


def _records(moved: Moved) -> dict[str, Any]:
    written, counts = len(moved.written) - moved.changes.count(DELETE), moved.counts
    nested = moved.failure.nested if moved.failure is not None and not moved.failure.code else ()
    infos = [{"code": each["code"], "message": each["message"]} for each in nested]
    changed = {"updatedRecordCount": counts.updated, "deletedRecordCount": counts.deleted} if counts is not None else {}
    return {
        "inputRecordCount": len(moved.read),
        "outputRecordCount": written,
        "createdRecordCount": written if counts is None else counts.created,
        **changed,
        "failedRecordCount": len(moved.read) - len(moved.written),
        **({"failedInfo": infos} if infos else {}),
    }


def _status(moved: Moved) -> dict[str, Any]:
    failure = moved.failure
    errors = [{"code": failure.code, "message": failure.message}] if failure is not None and failure.code else []
    return {"status": moved.state, **({"errors": errors} if errors else {})}
