"""The requests that only read; their names are those of the answers in the record."""

from __future__ import annotations

import uuid
from typing import Final

from adobe_flow.probe.asking import Answer, Asking
from adobe_flow.probe.record import Record
from adobe_flow.probe.throw_away import get_id

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


def run_read_steps(asking: Asking, record: Record) -> None:
    """Send every request that reads."""
    for collection in COLLECTIONS:
        record.pages[collection] = asking.ask("GET", collection)
    record.answers[SPECS] = asking.ask("GET", "connectionSpecs")
    ask_about_requests(asking, record)
    ask_about_order(asking, record, ())
    read_one(asking, record, record.pages["connections"])
    _find_page_limit(asking, record)
    _ask_about_dataflows(asking, record)


def ask_about_requests(asking: Asking, record: Record) -> None:
    """Ask for what does not exist, and with what is unknown."""
    record.answers[MISSING_ENTITY] = asking.ask("GET", "connections", str(uuid.uuid4()))
    record.answers[NO_SANDBOX] = asking.ask("GET", "connections", headers={"x-sandbox-name": None})
    record.answers[UNKNOWN_FILTER] = asking.ask("GET", "connections", query=[("property", f"{_UNKNOWN}==x")])
    record.answers[UNKNOWN_PARAMETER] = asking.ask("GET", "connections", query=[(_UNKNOWN, "x")])


def ask_about_order(asking: Asking, record: Record, query: tuple[tuple[str, str], ...]) -> None:
    """Ask for the same connections in two orders."""
    record.answers[OLDEST_FIRST] = asking.ask("GET", "connections", query=[*query, _FEW, ("orderby", "createdAt")])
    record.answers[NEWEST_FIRST] = asking.ask("GET", "connections", query=[*query, _FEW, ("orderby", "-createdAt")])


def read_one(asking: Asking, record: Record, page: Answer) -> None:
    """Read one of the listed connections by its id."""
    for item in page.items:
        id_ = get_id(item)
        if id_ is not None:
            record.answers[LISTED] = Answer(page.status, {"items": [item]})
            record.answers[READ] = asking.ask("GET", "connections", id_)
            return


def _find_page_limit(asking: Asking, record: Record) -> None:
    """Search for the largest limit that is accepted, in lists that are empty."""

    def is_accepted(limit: int) -> bool:
        query = [("limit", str(limit)), ("property", f"id=={uuid.uuid4()}")]
        answer = record.page_limits[limit] = asking.ask("GET", "connections", query=query)
        return answer.is_success

    if not is_accepted(1) or is_accepted(MOST):
        return
    low, high = 1, MOST
    for limit in (_DOCUMENTED_LIMIT, _DOCUMENTED_LIMIT + 1):
        low, high = (limit, high) if is_accepted(limit) else (low, min(high, limit))
    while high - low > 1 and all(answer.is_success or answer.is_refusal for answer in record.page_limits.values()):
        middle = (low + high) // 2
        low, high = (middle, high) if is_accepted(middle) else (low, middle)


def _ask_about_dataflows(asking: Asking, record: Record) -> None:
    for name, order in ((RUNS_OLDEST_FIRST, "createdAt"), (RUNS_NEWEST_FIRST, "-createdAt")):
        record.answers[name] = asking.ask("GET", "runs", query=[_FEW, ("orderby", order)])
    ids = [id_ for id_ in map(get_id, record.pages["flows"].items) if id_ is not None]
    for number, id_ in enumerate(ids[:_MAX_FLOWS]):
        record.answers[f"{FLOW}{number}"] = asking.ask("GET", "flows", id_)
    flow_id = ids[0] if ids else str(uuid.uuid4())
    record.answers[RUNS_BY_FILTER] = asking.ask("GET", "runs", query=[("property", f"flowId=={flow_id}")])
    record.answers[RUNS_BY_PATH] = asking.ask("GET", "flows", flow_id, "runs")
