"""What is known after the update: the service's own test, and the last run of each dataflow."""

from __future__ import annotations

from typing import Any

from adobe_flow.connection_tests import tried
from adobe_flow.entities import Entity, connection, dataflows
from adobe_flow.output import moment
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.run_details import parse_status, to_milliseconds
from pulumi_adobe.json_values import get_object


def test_and_runs(service: FlowServiceClient, id_: str) -> dict[str, Any]:
    """``after``: whether a run began after the last change of the connection, which is the rotation, or a later one.

    Adobe: flow-service.yaml, `lastRunDetails` of a flow; its times are in seconds or milliseconds.
    """
    entity = connection(service, id_)
    (test,) = tried(service, [entity], lambda _: None)
    changed = entity.get("updatedAt")
    flows = [_flow(each, changed) for each in dataflows(service).on(id_)]
    return {
        "test": {"result": test["result"], "reason": test["reason"]},
        "changedAt": moment(changed),
        "dataflows": flows,
    }


def _flow(flow: Entity, changed: Any) -> dict[str, Any]:
    last = get_object(flow, "lastRunDetails")
    began = to_milliseconds(last.get("startedAtUTC"))
    known = isinstance(began, (int, float)) and isinstance(changed, (int, float))
    return {
        "id": flow.get("id"),
        "name": flow.get("name"),
        "state": flow.get("state"),
        "lastRun": {
            "state": parse_status(last.get("state")),
            "at": moment(began),
            "after": began > changed if known else None,
        }
        if last
        else None,
    }
