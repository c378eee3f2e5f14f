"""Copying the rows of one window from a table into a dataset.

A run that cannot copy its rows fails with CONNECTOR-2001-500 (monitor.md), unless another code is documented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flow_service_emulator import sealing
from flow_service_emulator.catalogue import LANDING_ZONE
from flow_service_emulator.clock import parse_time
from flow_service_emulator.connections.base_connections import get_auth_params
from flow_service_emulator.dataflows.change_feed import find_primary_key, has_change_feed
from flow_service_emulator.dataflows.flows import find_transformation, list_linked_connections
from flow_service_emulator.dataflows.row_checks import remove_bad_rows
from flow_service_emulator.dataflows.run_results import RunResult, RunWindow
from flow_service_emulator.dataflows.source_connections import find_base_connection, get_table_or_file, read_table
from flow_service_emulator.json_values import get_member
from flow_service_emulator.lake.mappings import MappingEntry, map_row, parse_entries
from flow_service_emulator.workspace.failures import PROCESSING_FAILED, RunFailure
from flow_service_emulator.workspace.tables import UPSERT, UnreadableTableError

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity


class CopyError(Exception):
    """A run cannot copy any row; the text is the error message of the run."""


def copy_rows(emulator: Emulator, flow: Entity, window: RunWindow) -> RunResult:
    """Read the rows of a window, and map them."""
    result = RunResult(window, [source.id for source in list_linked_connections(emulator, flow, "sourceConnections")])
    try:
        result.dataset = _get_dataset(emulator, flow)
        mappings = _list_mappings(emulator, flow)
        for source in _list_sources(emulator, flow):
            columns = [mapping.column for mapping in mappings if mapping.column is not None]
            for change, row in _read_rows(emulator, source, result, flow, columns):
                result.changes.append(change)
                result.read.append(row)
        for row in result.read:
            written, failures = map_row(row, mappings)
            result.written.append(written)
            result.warnings += failures
        _check_rows(emulator, flow, result)
    except CopyError as error:
        result.failure, result.written, result.changes = RunFailure(PROCESSING_FAILED, str(error)), [], []
    return result


def _check_rows(emulator: Emulator, flow: Entity, result: RunResult) -> None:
    """Remove the rows that do not fit the dataset's schema; change data capture needs its primary key."""
    dataset = emulator.lake.find_dataset(result.dataset, flow.org, flow.sandbox)
    schema_id = str(get_member(dataset, "schemaRef", "id"))
    if result.feed:
        result.key = find_primary_key(emulator, flow, schema_id)
        if not result.key:
            raise CopyError(f"the schema {schema_id} has no primary key, which change data capture needs")
    schema = emulator.lake.find_schema(schema_id, flow.org, flow.sandbox) or {}
    remove_bad_rows(result, schema, flow.declared.get("options") or {})


def _list_sources(emulator: Emulator, flow: Entity) -> list[Entity]:
    sources = list_linked_connections(emulator, flow, "sourceConnections")
    if not sources or len(sources) < len(flow.declared.get("sourceConnectionIds") or []):
        raise CopyError("a source connection is gone")
    return sources


def _get_dataset(emulator: Emulator, flow: Entity) -> str:
    targets = list_linked_connections(emulator, flow, "targetConnections")
    if not targets:
        raise CopyError("the target connection is gone")
    dataset = str(get_member(targets[0].declared, "params", "dataSetId"))
    if emulator.lake.find_dataset(dataset, flow.org, flow.sandbox) is None:
        raise CopyError("the dataset is gone")
    return dataset


def _read_rows(
    emulator: Emulator, source: Entity, result: RunResult, flow: Entity, mapped: list[str]
) -> list[tuple[str, dict[str, Any]]]:
    window = result.window
    _check_read_access(emulator, source)
    try:
        table = read_table(emulator, source)
    except UnreadableTableError as error:
        raise CopyError(str(error)) from None
    path = get_table_or_file(source)
    if table is None:
        raise CopyError(f"the table {path} does not exist")
    columns = get_member(source.declared, "params", "columns")
    names = [str(get_member(column, "name")) for column in columns or []] or list(table.columns)
    for column in [*names, *([window.delta] if window.delta is not None else [])]:
        if column not in table.columns:
            raise CopyError(f"the table {path} has no column {column}")
    for column in mapped:
        if column not in names:
            raise CopyError(f"the mapping reads the column {column}, which the source connection does not select")
    changes = [(UPSERT, row) for row in table.rows]
    if has_change_feed(source):
        changes, result.feed[source.id] = table.feed, len(table.feed)
        if window.delta is None:
            # Rows that the last good run has read are not read again, unless the file is shorter now.
            position = get_member(flow.notes.get("feed"), source.id) or 0
            changes = changes[position:] if position <= len(changes) else changes
    changes_in_window = [
        (change, row) for change, row in changes if window.delta is None or _is_in_window(row[window.delta], window)
    ]
    return [(change, {name: row[name] for name in names}) for change, row in changes_in_window]


def _check_read_access(emulator: Emulator, source: Entity) -> None:
    if get_member(source.declared, "connectionSpec", "id") == LANDING_ZONE:
        return
    base = find_base_connection(emulator, source)
    if base is None:
        raise CopyError("the base connection is gone")
    if not sealing.are_params_accepted(get_auth_params(base)):
        raise CopyError("the source refused the credentials of the base connection")


def _is_in_window(value: Any, window: RunWindow) -> bool:
    """Return whether a time is in the window; no run takes a row without a time. Decided."""
    if value is None:
        return False
    try:
        at = parse_time(str(value))
    except ValueError:
        raise CopyError(f"the delta column holds {value!r}, which is no time") from None
    return window.begin <= at < window.end


def _list_mappings(emulator: Emulator, flow: Entity) -> list[MappingEntry]:
    """Return the mappings of a flow."""
    id_ = get_member(find_transformation(flow.declared, "Mapping"), "mappingId")
    mapping_set = emulator.lake.find_mapping_set(id_, flow.org, flow.sandbox)
    if mapping_set is None:
        raise CopyError("the mapping set is gone")
    return parse_entries(mapping_set)
