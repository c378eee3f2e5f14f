"""The outcome of a rotation: the service's own test, and the last run of each dataflow."""

from __future__ import annotations

from typing import Any

from adobe_flow.aep.connection_tests import test_connections
from adobe_flow.aep.entities import Entity, get_connection, list_dataflows
from adobe_flow.output import format_moment
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.run_details import parse_status, to_milliseconds
from pulumi_adobe.json_values import get_object


def verify_rotated_connection(service: FlowServiceClient, id_: str) -> dict[str, Any]:
    """Test the rotated connection, and return the result with the dataflows that read from it.

    The member `after` of a last run says whether it began after the last change of the connection, which is the
    rotation or a later one. Adobe: flow-service.yaml, `lastRunDetails` of a flow, whose times are in seconds or
    milliseconds.
    """
    entity = get_connection(service, id_)
    (test,) = test_connections(service, [entity], lambda _: None)
    changed_at = entity.get("updatedAt")
    rows = [_dataflow_to_row(dataflow, changed_at) for dataflow in list_dataflows(service).list_reading_from(id_)]
    return {
        "test": {"result": test["result"], "reason": test["reason"]},
        "changedAt": format_moment(changed_at),
        "dataflows": rows,
    }


def _dataflow_to_row(dataflow: Entity, changed_at: Any) -> dict[str, Any]:
    last_run = get_object(dataflow, "lastRunDetails")
    started_at = to_milliseconds(last_run.get("startedAtUTC"))
    is_comparable = isinstance(started_at, (int, float)) and isinstance(changed_at, (int, float))
    return {
        "id": dataflow.get("id"),
        "name": dataflow.get("name"),
        "state": dataflow.get("state"),
        "lastRun": {
            "state": parse_status(last_run.get("state")),
            "at": format_moment(started_at),
            "after": started_at > changed_at if is_comparable else None,
        }
        if last_run
        else None,
    }
