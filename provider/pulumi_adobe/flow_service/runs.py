"""The runs of a dataflow, the newest first.

Adobe: monitor.md (the runs), sort-and-filter.md: runs can be sorted, but it does not say by which fields; its example
sorts dataflows by `createdAt`. So an order that the service refuses, or ignores, is made here from a bounded number of
pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.flow_service.errors import InvalidRequest
from pulumi_adobe.json_values import get_member

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

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
    filters = (("property", f"flowId=={dataflow_id}"),)
    # One run alone does not show whether the order was kept.
    size = ("limit", str(min(max(limit, 2), _PAGE_SIZE)))
    pages = client.iterate_pages(_COLLECTION, (*filters, _NEWEST_FIRST, size))
    try:
        runs = list(islice(_iterate_runs(pages), max(limit, 2)))
    except InvalidRequest:
        runs = []
    if runs and _is_newest_first(runs):
        return NewestRuns(_sort(runs[:limit]), is_complete=True)
    return _sort_first_pages(client.iterate_pages(_COLLECTION, (*filters, ("limit", str(_PAGE_SIZE)))), limit)


def get_start(run: Mapping[str, Any]) -> int:
    """Return when a run started, in epoch milliseconds; when it was created if it has not started; else 0."""
    for path in (("metrics", "durationSummary", "startedAtUTC"), ("createdAt",)):
        milliseconds = get_member(run, *path)
        if isinstance(milliseconds, int) and milliseconds > 0:
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
