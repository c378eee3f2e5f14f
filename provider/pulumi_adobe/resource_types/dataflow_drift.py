"""Why a dataflow is disabled that the program declares as enabled.

Adobe: the release notes of June 2026: the service disables a dataflow that fails for 30 days without interruption. No
document names a field that marks this, so the last runs and the last change tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.flow_service.run_details import FAILED, RunDetails, read_run
from pulumi_adobe.flow_service.runs import list_newest_runs
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.timestamps import from_epoch_milliseconds

_MAX_RUNS: Final = 100

_HINT: Final = (
    "Remove the cause first: adobe-flow runs. It stays disabled until `pulumi up` enables it again, which the preview "
    "after a `pulumi refresh` shows as a change of `enabled`."
)


def describe_disabled(operation: ResourceOperation, id_: str, entity: Mapping[str, Any] | None = None) -> Iterator[str]:
    """Return one message: since when the dataflow is disabled, by whom, and how its last runs ended."""
    try:
        entity = entity if entity is not None else operation.service.get(operation.collection, id_)
        runs = [read_run(run) for run in list_newest_runs(operation.service, id_, _MAX_RUNS).runs]
        reason = _describe_runs(runs)
    except FlowServiceError as error:
        reason = f"Its last runs could not be read: {error.message}"
    entity = entity or {}
    changed_at = from_epoch_milliseconds(entity.get("updatedAt"), "seconds")
    since = f" since {changed_at}" if changed_at else ""
    author = f", by {entity['updatedBy']}" if entity.get("updatedBy") else ""
    yield (
        f"{operation.describe(id_)} is disabled{since}{author}, although the program declares it as enabled. "
        f"{reason} {_HINT}"
    )


def _describe_runs(runs: Sequence[RunDetails]) -> str:
    ended = [run for run in runs if run.has_ended]
    if not ended:
        return "It has no run that ended."
    failed = list(takewhile(lambda run: run.status == FAILED, ended))
    if not failed:
        return f"Its last run, of {_format(ended[0])}, did not fail."
    if len(failed) == 1:
        reason = f"Its last run, of {_format(failed[0])}, failed."
    else:
        # More than these are not read.
        more = " or more" if len(runs) == _MAX_RUNS == len(failed) else ""
        reason = f"Its last {len(failed)}{more} runs failed, from {_format(failed[-1])} to {_format(failed[0])}."
    reason += " Flow Service disables a dataflow that fails for 30 days."
    errors = "; ".join(map(str, failed[0].errors))
    remedies = " ".join(failed[0].remedies)
    return " ".join(part for part in (reason, f"The last error: {errors}." if errors else "", remedies) if part)


def _format(run: RunDetails) -> str:
    return from_epoch_milliseconds(run.started_at, "minutes") or "an unknown time"
