"""The answers to look-ups, which the programs of both adapters ask. Each may raise an `AdobeError`.

Adobe: tabular.md (explore), sort-and-filter.md, monitor.md (runs).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.datasets import find_datasets
from pulumi_adobe.flow_service.run_details import read_run
from pulumi_adobe.lookup_results import FlowRun
from pulumi_adobe.sources import ConnectionSpec, connection_specs
from pulumi_adobe.suggestions import suggest_name
from pulumi_adobe.timestamps import from_epoch_milliseconds

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

_PAGE_SIZE = "100"

INCOMPLETE_RUNS = (
    "Flow Service does not sort the runs of {id}, and has more than could be read to find the newest ones: newer runs "
    "than those returned may exist."
)


class LookUpFailed(AdobeError):
    """Nothing, or more than one thing, is what a look-up asks for."""


def get_connection_spec(source: str) -> ConnectionSpec:
    """Return the catalogue's entry of a source. Sends no request."""
    if source not in connection_specs():
        raise LookUpFailed(f"the catalogue has no source {source}{suggest_name(source, connection_specs())}")
    return connection_specs()[source]


def find_connection_id(service: FlowServiceClient, name: str, spec_id: str | None) -> str:
    """Return the id of the only base connection that has this name and, if it is given, this connection spec."""
    filters = (("property", f"connectionSpec.id=={spec_id}"),) if spec_id else ()
    connections = service.list("connections", (*filters, ("limit", _PAGE_SIZE)))
    matches = [connection for connection in connections if connection.get("name") == name]
    if len(matches) == 1:
        return str(matches[0]["id"])
    names = {str(connection.get("name")) for connection in connections}
    ids = ", ".join(str(connection.get("id")) for connection in matches)
    suffix = f": {ids}" if matches else suggest_name(name, names)
    raise LookUpFailed(f'{len(matches)} connections have the name "{name}"{suffix}')


def find_dataset_id(service: FlowServiceClient, name: str) -> str:
    """Return the id of the only dataset that has this name."""
    search, sandbox = find_datasets(service, name), service.credentials.sandbox
    if len(search.matches) == 1:
        return search.matches[0].id
    if not search.matches:
        raise LookUpFailed(f'the sandbox {sandbox} has no dataset "{name}"{suggest_name(name, search.other_names)}')
    ids = ", ".join(dataset.id for dataset in search.matches)
    raise LookUpFailed(
        f'the sandbox {sandbox} has {len(search.matches)} datasets "{name}": {ids}. Rename all but one, or declare the '
        "id in the place of the name."
    )


def to_flow_run(entity: Mapping[str, Any], to_shown_text: Callable[[str], str] = str) -> FlowRun:
    """Convert a run as Flow Service returns it; ``to_shown_text`` converts the text of each error."""
    run = read_run(entity)
    return {
        "id": run.id,
        "status": run.status,
        "started_at": from_epoch_milliseconds(run.started_at, "seconds") or "",
        "completed_at": from_epoch_milliseconds(run.completed_at, "seconds") or "",
        "records_read": run.records_read or 0,
        "records_written": run.records_written or 0,
        "records_failed": run.records_failed or 0,
        "errors": [to_shown_text(str(error)) for error in run.errors],
    }
