"""The requests that only read; their names are those of the answers in the record."""

from __future__ import annotations

import uuid
from typing import Final

from adobe_flow.probe.client import ProbeClient, ProbeResponse
from adobe_flow.probe.record import ProbeRecord
from adobe_flow.probe.throw_away import get_valid_id

MISSING_ENTITY: Final = "an id that does not exist"
NO_SANDBOX: Final = "a list without x-sandbox-name"
UNKNOWN_FILTER: Final = "a list by an unknown field"
UNKNOWN_PARAMETER: Final = "a list with an unknown parameter"
OLDEST_FIRST: Final = "a list, oldest first"
NEWEST_FIRST: Final = "a list, newest first"
RUNS_OLDEST_FIRST: Final = "runs, oldest first"
RUNS_NEWEST_FIRST: Final = "runs, newest first"
LISTED: Final = "a connection in a list"
READ: Final = "the same connection by its id"
RUNS_BY_FILTER: Final = "the runs of a dataflow by a filter"
RUNS_BY_PATH: Final = "the runs of a dataflow by its path"
SPECS: Final = "the connection specs"
FLOW: Final = "a dataflow by its id, number "

COLLECTIONS: Final = ("connections", "flows", "runs")
MOST: Final = 10_000
"""The largest limit that is tried."""
_DOCUMENTED_LIMIT: Final = 1000
"""The maximum of the body of a search (flow-service.yaml), which lists may have too."""
_MAX_FLOWS: Final = 3
_UNKNOWN: Final = "adobeFlowProbe"
_FEW: Final = ("limit", "10")


def run_read_steps(client: ProbeClient, record: ProbeRecord) -> None:
    """Send all read-only requests of the probe."""
    for collection in COLLECTIONS:
        record.pages[collection] = client.send("GET", collection)
    record.answers[SPECS] = client.send("GET", "connectionSpecs")
    ask_about_requests(client, record)
    ask_about_order(client, record, ())
    read_one_connection(client, record, record.pages["connections"])
    _find_page_limit(client, record)
    _ask_about_dataflows(client, record)


def ask_about_requests(client: ProbeClient, record: ProbeRecord) -> None:
    """Send requests for unknown entities and with unknown parameters."""
    record.answers[MISSING_ENTITY] = client.send("GET", "connections", str(uuid.uuid4()))
    record.answers[NO_SANDBOX] = client.send("GET", "connections", headers={"x-sandbox-name": None})
    record.answers[UNKNOWN_FILTER] = client.send("GET", "connections", query=[("property", f"{_UNKNOWN}==x")])
    record.answers[UNKNOWN_PARAMETER] = client.send("GET", "connections", query=[(_UNKNOWN, "x")])


def ask_about_order(client: ProbeClient, record: ProbeRecord, query: tuple[tuple[str, str], ...]) -> None:
    """List the same connections in two orders."""
    record.answers[OLDEST_FIRST] = client.send("GET", "connections", query=[*query, _FEW, ("orderby", "createdAt")])
    record.answers[NEWEST_FIRST] = client.send("GET", "connections", query=[*query, _FEW, ("orderby", "-createdAt")])


def read_one_connection(client: ProbeClient, record: ProbeRecord, page: ProbeResponse) -> None:
    """Read one of the listed connections by its id."""
    for item in page.items:
        id_ = get_valid_id(item)
        if id_ is not None:
            record.answers[LISTED] = ProbeResponse(page.status, {"items": [item]})
            record.answers[READ] = client.send("GET", "connections", id_)
            return


def _find_page_limit(client: ProbeClient, record: ProbeRecord) -> None:
    """Search for the largest limit that is accepted, in lists that are empty."""

    def is_limit_accepted(limit: int) -> bool:
        query = [("limit", str(limit)), ("property", f"id=={uuid.uuid4()}")]
        answer = record.page_limits[limit] = client.send("GET", "connections", query=query)
        return answer.is_success

    if not is_limit_accepted(1) or is_limit_accepted(MOST):
        return
    low, high = 1, MOST
    for limit in (_DOCUMENTED_LIMIT, _DOCUMENTED_LIMIT + 1):
        low, high = (limit, high) if is_limit_accepted(limit) else (low, min(high, limit))
    while high - low > 1 and all(answer.is_success or answer.is_refusal for answer in record.page_limits.values()):
        middle = (low + high) // 2
        low, high = (middle, high) if is_limit_accepted(middle) else (low, middle)


def _ask_about_dataflows(client: ProbeClient, record: ProbeRecord) -> None:
    for name, order in ((RUNS_OLDEST_FIRST, "createdAt"), (RUNS_NEWEST_FIRST, "-createdAt")):
        record.answers[name] = client.send("GET", "runs", query=[_FEW, ("orderby", order)])
    ids = [id_ for id_ in map(get_valid_id, record.pages["flows"].items) if id_ is not None]
    for number, id_ in enumerate(ids[:_MAX_FLOWS]):
        record.answers[f"{FLOW}{number}"] = client.send("GET", "flows", id_)
    flow_id = ids[0] if ids else str(uuid.uuid4())
    record.answers[RUNS_BY_FILTER] = client.send("GET", "runs", query=[("property", f"flowId=={flow_id}")])
    record.answers[RUNS_BY_PATH] = client.send("GET", "flows", flow_id, "runs")
