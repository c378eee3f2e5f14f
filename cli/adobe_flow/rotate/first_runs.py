"""The first run of each dataflow after a rotation: a retry of a failed last run, or the next run.

This starts no run on demand: Flow Service starts one only of a one-time dataflow, which would read all rows again. A
retry reads the window of the failed run alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.runs.dataflow import ONCE, Dataflow
from adobe_flow.runs.rows import build_run_row, describe_run
from adobe_flow.runs.wait import INTERVAL, WaitLimits, find_running, wait_for_end_of_run, wait_for_next_run
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.run_details import FAILED, read_run
from pulumi_adobe.flow_service.runs import list_newest_runs, retry_run

RETRIED: Final = "retried"
WAITED: Final = "waited"
ALREADY: Final = "already"
NOTHING: Final = "nothing"
"""The actions that get a run with the new token."""

_GOOD: Final = "success"


@dataclass
class _Deadline:
    """The end of the wait for all dataflows together."""

    service: FlowServiceClient
    ends_at: float
    interval: float

    def get_wait_limits(self) -> WaitLimits:
        """Return the time that is left; it is enough for one request at least."""
        return WaitLimits(self.interval, max(0.0, self.ends_at - self.service.clock.now()))


def find_first_runs(
    service: FlowServiceClient, dataflows: Sequence[Mapping[str, Any]], minutes: float, interval: float = INTERVAL
) -> list[dict[str, Any]]:
    """Return the first run of each dataflow with the new token, and the action that got it.

    Args:
        service: The client of the connection's sandbox.
        dataflows: The dataflows as `rotate.outcome` returns them.
        minutes: The longest wait for all of them together.
        interval: The seconds between two requests.
    """
    deadline = _Deadline(service, service.clock.now() + minutes * 60, interval)
    return [_find_first_run(service, row, deadline) for row in dataflows]


def _find_first_run(service: FlowServiceClient, row: Mapping[str, Any], deadline: _Deadline) -> dict[str, Any]:
    action, run, reason = WAITED, None, None
    try:
        dataflow = Dataflow(service.get("flows", str(row["id"])), service, None)
        action = _choose_action(dataflow, is_done=bool((row["lastRun"] or {}).get("after")))
        run = _get_run(dataflow, action, deadline) if action != NOTHING else None
        if action == NOTHING:
            reason = _explain_missing_run(dataflow)
    except AdobeError as error:
        reason = error.message
    return {"id": row["id"], "name": row["name"], "action": action, "run": run, "reason": reason}


def _choose_action(dataflow: Dataflow, *, is_done: bool) -> str:
    newest = next(iter(list_newest_runs(dataflow.service, dataflow.id, 1).runs), None)
    if is_done and newest is not None:
        return ALREADY
    if dataflow.state != "enabled" or dataflow.frequency is None:
        return NOTHING
    if newest is not None and read_run(newest).status == FAILED:
        return RETRIED
    return NOTHING if dataflow.frequency == ONCE and newest is not None else WAITED


def _explain_missing_run(dataflow: Dataflow) -> str:
    if dataflow.state != "enabled":
        return f"it is {dataflow.state}"
    return "it streams, without runs to wait for" if dataflow.frequency is None else "it is a one-time dataflow"


def _get_run(dataflow: Dataflow, action: str, deadline: _Deadline) -> dict[str, Any]:
    running = find_running(dataflow)
    if running is not None and action == WAITED:
        # The run has begun with the old token, or it is not known with which.
        wait_for_end_of_run(dataflow, running.id, deadline.get_wait_limits())
    newest = next(iter(list_newest_runs(dataflow.service, dataflow.id, 1).runs), None)
    if newest is None:
        return wait_for_next_run(dataflow, None, deadline.get_wait_limits())
    run = read_run(newest)
    if action == RETRIED:
        etag = newest.get("etag")
        run_id = retry_run(dataflow.service, run.id, etag if isinstance(etag, str) else None)
        return wait_for_end_of_run(dataflow, run_id, deadline.get_wait_limits())
    if action == WAITED:
        return wait_for_next_run(dataflow, run.id, deadline.get_wait_limits())
    if not run.has_ended:
        return wait_for_end_of_run(dataflow, run.id, deadline.get_wait_limits())
    return build_run_row(run, dataflow.service.service_time())


def describe_first_run(row: Mapping[str, Any]) -> str:
    """Return the action and the outcome of the first run of a dataflow in one line."""
    verb = {RETRIED: "its failed run was retried: ", WAITED: "its next run: ", ALREADY: "its run since then: "}
    result = describe_run(row["run"]) if row["run"] is not None else f"no run: {row['reason']}"
    return f"{row['name']}: {verb.get(row['action'], '')}{result}"


def are_all_first_runs_successful(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the first run of each dataflow that can run was successful and had no failed rows."""
    runs = [row["run"] for row in rows if row["action"] != NOTHING]
    return all(run is not None and run["status"] == _GOOD and not run["rowsFailed"] for run in runs)
