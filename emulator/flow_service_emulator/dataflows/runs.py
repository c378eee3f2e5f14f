"""Runs as Adobe shows them, and their routes.

Adobe: monitor.md; create-flow-runs.md: only a flow that is scheduled once may be run by a request (code 1386).
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from flow_service_emulator.clock import now
from flow_service_emulator.entity import SERVICE, new_etag
from flow_service_emulator.store import Document

if TYPE_CHECKING:
    from flow_service_emulator.dataflows.moving import Moved


def new_run(flow: Document, moved: Moved, begin: int, end: int) -> Document:
    """The run of one window; times are epoch milliseconds."""
    at = now()
    state = "failed" if moved.error else "success"
    return Document(
        id=str(uuid.uuid4()),
        org=flow.org,
        sandbox=flow.sandbox,
        declared={
            "flowId": flow.id,
            "flowSpec": flow.declared["flowSpec"],
            "metrics": _metrics(moved, state, end),
            "activities": [
                _activity(name, moved, state, begin, end) for name in ("Copy Activity", "Promotion Activity")
            ],
        },
        state=state,
        etag=new_etag(),
        created_at=at,
        created_by=SERVICE,
        created_client=SERVICE,
        updated_at=at,
        updated_by=SERVICE,
        updated_client=SERVICE,
        kept={"rows": moved.written, "dataset": moved.dataset},
    )


def shown(run: Document) -> dict[str, Any]:
    """What Adobe shows of a run."""
    return {**run.stamps(), **run.declared, "version": run.etag, "etag": run.etag}


def _metrics(moved: Moved, state: str, end: int) -> dict[str, Any]:
    read, written = moved.sizes
    return {
        "durationSummary": {"startedAtUTC": end, "completedAtUTC": end},
        "sizeSummary": {"inputBytes": read, "outputBytes": written},
        "recordSummary": _records(moved),
        "fileSummary": {"inputFileCount": 1, "outputFileCount": 0 if moved.error else 1},
        "statusSummary": _status(moved, state),
    }


def _records(moved: Moved) -> dict[str, int]:
    return {
        "inputRecordCount": len(moved.read),
        "outputRecordCount": len(moved.written),
        "createdRecordCount": len(moved.written),
        "failedRecordCount": len(moved.read) - len(moved.written),
    }


def _status(moved: Moved, state: str) -> dict[str, Any]:
    errors = [{"code": "CONNECTOR-2001-500", "message": moved.error}] if moved.error else []
    return {"status": state, **({"errors": errors} if errors else {})}


def _activity(name: str, moved: Moved, state: str, begin: int, end: int) -> dict[str, Any]:
    window = {"extensions": {"windowStart": begin, "windowEnd": end}}
    return {
        "id": str(uuid.uuid4()),
        "name": name,
        "updatedAtUTC": end,
        "durationSummary": {"startedAtUTC": end, "completedAtUTC": end, **window},
        "recordSummary": _records(moved),
        "statusSummary": _status(moved, state),
    }
