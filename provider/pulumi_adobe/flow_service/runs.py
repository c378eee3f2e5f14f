"""The runs of a dataflow, the newest first; a run on demand, and a retry.

Adobe: monitor.md (the runs), sort-and-filter.md: runs can be sorted, but it does not say by which fields; its example
sorts dataflows by `createdAt`. So an order that the service refuses, or ignores, is made here from a bounded number of
pages. Most documents list the runs at `/runs?property=flowId==…`, update-dataflows.md at `/flows/{id}/runs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.flow_service.addresses import build_path
from pulumi_adobe.flow_service.errors import InvalidRequest, NotFound
from pulumi_adobe.flow_service.pages import iterate_pages
from pulumi_adobe.flow_service.run_details import to_milliseconds
from pulumi_adobe.json_values import get_member, get_objects

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.flow_service.response import Response

    Query = Sequence[tuple[str, str]]

_COLLECTION: Final = "runs"
_NEWEST_FIRST: Final = ("orderby", "-createdAt")
_PAGE_SIZE: Final = 100
_MAX_UNSORTED_PAGES: Final = 10


@dataclass(frozen=True)
class NewestRuns:
    """The newest runs, and whether the service may have newer ones that were not read."""

    runs: Sequence[Mapping[str, Any]]
    is_complete: bool


def list_newest_runs(client: FlowServiceClient, dataflow_id: str, limit: int) -> NewestRuns:
    """Return the newest runs of a dataflow, at most ``limit``. May raise a `FlowServiceError`."""
    try:
        return _list_newest(client, build_path(_COLLECTION), (("property", f"flowId=={dataflow_id}"),), limit)
    except InvalidRequest as refusal:
        try:
            return _list_newest(client, build_path("flows", dataflow_id, _COLLECTION), (), limit)
        except (InvalidRequest, NotFound):
            raise refusal from None


def start_run(
    client: FlowServiceClient, dataflow_id: str, window: tuple[int, int] | None = None, delta_column: str | None = None
) -> str:
    """Start a run of a one-time dataflow, and return its id. May raise a `FlowServiceError`.

    Args:
        client: The client.
        dataflow_id: The dataflow.
        window: Begin and end of the rows to read, in the unit that the service takes; None for all rows.
        delta_column: The column with the time of each row, which the first run over a window has to name.
    """
    body: dict[str, Any] = {"flowId": dataflow_id}
    if window is not None:
        delta = {"deltaColumn": {"name": delta_column}} if delta_column else {}
        body["params"] = {"windowStartTime": str(window[0]), "windowEndTime": str(window[1]), **delta}
    return _read_id(client, client.request("POST", build_path(_COLLECTION), json=body))


def retry_run(client: FlowServiceClient, run_id: str, etag: str | None) -> str:
    """Let a failed run begin anew, and return its id. May raise a `FlowServiceError`."""
    path, headers = build_path(_COLLECTION, run_id, "action"), {"If-Match": etag} if etag else {}
    response = client.request("POST", path, query=(("op", "RE_TRIGGER"),), headers=headers)
    return _read_id(client, response)


def _read_id(client: FlowServiceClient, response: Response) -> str:
    """Return the id of a run from any of the documented answers: id and etag, a list of these, the whole run."""
    body = response.json_object(client.redactor.redact)
    for entity in (body, *get_objects(body, "items")):
        id_ = entity.get("id")
        if isinstance(id_, str) and id_:
            return id_
    raise response.to_unexpected_response("without the id of a run", client.redactor.redact)


def _list_newest(client: FlowServiceClient, path: str, filters: Query, limit: int) -> NewestRuns:
    # One run alone does not show whether the order was kept.
    size = ("limit", str(min(max(limit, 2), _PAGE_SIZE)))
    pages = iterate_pages(client, path, (*filters, _NEWEST_FIRST, size))
    try:
        runs = list(islice(_iterate_runs(pages), max(limit, 2)))
    except InvalidRequest:
        runs = []
    if runs and _is_newest_first(runs):
        return NewestRuns(_sort(runs[:limit]), is_complete=True)
    return _sort_first_pages(iterate_pages(client, path, (*filters, ("limit", str(_PAGE_SIZE)))), limit)


def get_start(run: Mapping[str, Any]) -> int:
    """Return when a run started, in epoch milliseconds; when it was created if it has not started; else 0."""
    for path in (("metrics", "durationSummary", "startedAtUTC"), ("createdAt",)):
        milliseconds = to_milliseconds(get_member(run, *path))
        if milliseconds is not None:
            return milliseconds
    return 0


def _sort_first_pages(pages: Iterator[Sequence[Mapping[str, Any]]], limit: int) -> NewestRuns:
    runs = [run for page in islice(pages, _MAX_UNSORTED_PAGES) for run in page]
    is_complete = len(runs) < _MAX_UNSORTED_PAGES * _PAGE_SIZE
    return NewestRuns(_sort(runs)[:limit], is_complete)


def _is_newest_first(runs: Sequence[Mapping[str, Any]]) -> bool:
    creations = [milliseconds for run in runs if isinstance(milliseconds := run.get("createdAt"), int)]
    return len(creations) == len(runs) and creations == sorted(creations, reverse=True)


def _iterate_runs(pages: Iterator[Sequence[Mapping[str, Any]]]) -> Iterator[Mapping[str, Any]]:
    for page in pages:
        yield from page


def _sort(runs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the runs, the newest first; runs of the same moment stay in their order."""
    return sorted(runs, key=get_start, reverse=True)
