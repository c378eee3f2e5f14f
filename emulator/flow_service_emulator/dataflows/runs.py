"""Runs as Adobe shows them.

Adobe: monitor.md, flow-service.yaml; the run itself is made in an instant, so it starts and completes at one time.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from flow_service_emulator.entity import SERVICE, new_etag
from flow_service_emulator.store import Document

if TYPE_CHECKING:
    from flow_service_emulator.dataflows.moving import Moved


def new_run(flow: Document, moved: Moved, at: int) -> Document:
    """The run that has moved these rows; ``at`` is when it started and completed, in epoch milliseconds."""
    copy, promotion = str(uuid.uuid4()), str(uuid.uuid4())
    return Document(
        id=str(uuid.uuid4()),
        org=flow.org,
        sandbox=flow.sandbox,
        declared={
            "flowId": flow.id,
            "flowSpec": flow.declared.get("flowSpec"),
            "metrics": _metrics(moved, at, [copy, promotion]),
            "activities": [
                _copy_activity(copy, moved, at),
                _promotion_activity(promotion, moved, at),
            ],
        },
        state=moved.state,
        etag=new_etag(),
        created_at=at,
        created_by=SERVICE,
        created_client=SERVICE,
        updated_at=at,
        updated_by=SERVICE,
        updated_client=SERVICE,
    )


def shown(run: Document) -> dict[str, Any]:
    """What Adobe shows of a run."""
    return {**run.stamps(), **run.declared, "state": run.state, "version": run.etag, "etag": run.etag}


def _metrics(moved: Moved, at: int, activities: list[str]) -> dict[str, Any]:
    read, written = moved.sizes
    refs = {"activityRefs": activities}
    return {
        "durationSummary": {"startedAtUTC": at, "completedAtUTC": at},
        "sizeSummary": {"inputBytes": read, "outputBytes": written},
        "recordSummary": _records(moved),
        "fileSummary": {"inputFileCount": 1, "outputFileCount": 0 if moved.error else 1, **refs},
        "statusSummary": {**_status(moved), **refs},
    }


def _copy_activity(id_: str, moved: Moved, at: int) -> dict[str, Any]:
    source = [{"id": each, "type": "SourceConnection"} for each in moved.sources]
    written = {"inputFileCount": 1, "outputFileCount": 0 if moved.error else 1}
    return {**_activity(id_, "Copy Activity", moved, at), "sourceInfo": source, "fileSummary": written}


def _promotion_activity(id_: str, moved: Moved, at: int) -> dict[str, Any]:
    target = [{"id": moved.dataset, "type": "DataSet"}]
    activity = {**_activity(id_, "Promotion Activity", moved, at), "targetInfo": target}
    if moved.warnings:
        activity["statusSummary"]["extensions"] = {"errors": _warnings(moved)}
    return activity


def _warnings(moved: Moved) -> list[dict[str, str]]:
    """Each reason why a calculated field was null, once; the place is that of `errorDetail` in "Alert rules"."""
    reasons = dict.fromkeys(each["exception"] for each in moved.warnings)
    return [{"code": "MAPPER-3700-400", "message": f"Mapper Transform Error: {reason}"} for reason in reasons]


def _activity(id_: str, name: str, moved: Moved, at: int) -> dict[str, Any]:
    read, written = moved.sizes
    extensions = {"windowStart": moved.window.begin, "windowEnd": moved.window.end}
    return {
        "id": id_,
        "name": name,
        "updatedAtUTC": at,
        "durationSummary": {"startedAtUTC": at, "completedAtUTC": at, "extensions": extensions},
        "sizeSummary": {"inputBytes": read, "outputBytes": written},
        "recordSummary": _records(moved),
        "statusSummary": _status(moved),
    }


def _records(moved: Moved) -> dict[str, int]:
    return {
        "inputRecordCount": len(moved.read),
        "outputRecordCount": len(moved.written),
        "createdRecordCount": len(moved.written),
        "failedRecordCount": len(moved.read) - len(moved.written),
    }


def _status(moved: Moved) -> dict[str, Any]:
    errors = [{"code": "CONNECTOR-2001-500", "message": moved.error}] if moved.error else []
    return {"status": moved.state, **({"errors": errors} if errors else {})}
