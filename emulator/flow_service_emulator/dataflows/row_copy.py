"""Moves the rows of one window from a table into a dataset.

What could not be result fails with Adobe's code CONNECTOR-2001-500 (monitor.md), if nothing else is known of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flow_service_emulator import sealing
from flow_service_emulator.catalogue import LANDING_ZONE
from flow_service_emulator.checks import member
from flow_service_emulator.clock import milliseconds
from flow_service_emulator.connections.base_connections import get_auth_params
from flow_service_emulator.dataflows.change_feed import find_primary_key, has_change_feed
from flow_service_emulator.dataflows.flows import linked, transformation
from flow_service_emulator.dataflows.row_checks import sort_out_bad_rows
from flow_service_emulator.dataflows.run_results import RunResult, Window
from flow_service_emulator.dataflows.source_connections import base_of, path_of, table_of
from flow_service_emulator.lake.mappings import Entry, entries_of, mapped
from flow_service_emulator.workspace.failures import PROCESSING_FAILED, Failure
from flow_service_emulator.workspace.tables import UPSERT, UnreadableTableError

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity


class CopyError(Exception):
    """Nothing can be copied; the text is a message of the run's errors."""


def move(emulator: Emulator, flow: Entity, window: Window) -> RunResult:
    """Read the rows of the window and map them."""
    result = RunResult(window, [each.id for each in linked(emulator, flow, "sourceConnections")])
    try:
        result.dataset = _dataset(emulator, flow)
        mappings = _mappings(emulator, flow)
        for source in _sources(emulator, flow):
            columns = [each.column for each in mappings if each.column is not None]
            for change, row in _read(emulator, source, result, flow, columns):
                result.changes.append(change)
                result.read.append(row)
        for row in result.read:
            written, failures = mapped(row, mappings)
            result.written.append(written)
            result.warnings += failures
        _check_rows(emulator, flow, result)
    except CopyError as error:
        result.failure, result.written, result.changes = Failure(PROCESSING_FAILED, str(error)), [], []
    return result


def _check_rows(emulator: Emulator, flow: Entity, result: RunResult) -> None:
    """Sort out the rows that do not fit the dataset's schema; change data capture needs its primary key."""
    dataset = emulator.lake.dataset(result.dataset, flow.org, flow.sandbox)
    schema_id = str(member(dataset, "schemaRef", "id"))
    if result.feed:
        result.key = find_primary_key(emulator, flow, schema_id)
        if not result.key:
            raise CopyError(f"the schema {schema_id} has no primary key, which change data capture needs")
    schema = emulator.lake.schema(schema_id, flow.org, flow.sandbox) or {}
    sort_out_bad_rows(result, schema, flow.declared.get("options") or {})


def _sources(emulator: Emulator, flow: Entity) -> list[Entity]:
    sources = linked(emulator, flow, "sourceConnections")
    if not sources or len(sources) < len(flow.declared.get("sourceConnectionIds") or []):
        raise CopyError("a source connection is gone")
    return sources


def _dataset(emulator: Emulator, flow: Entity) -> str:
    targets = linked(emulator, flow, "targetConnections")
    if not targets:
        raise CopyError("the target connection is gone")
    dataset = str(member(targets[0].declared, "params", "dataSetId"))
    if emulator.lake.dataset(dataset, flow.org, flow.sandbox) is None:
        raise CopyError("the dataset is gone")
    return dataset


def _read(
    emulator: Emulator, source: Entity, result: RunResult, flow: Entity, mapped: list[str]
) -> list[tuple[str, dict[str, Any]]]:
    window = result.window
    _check_access(emulator, source)
    try:
        table = table_of(emulator, source)
    except UnreadableTableError as error:
        raise CopyError(str(error)) from None
    path = path_of(source)
    if table is None:
        raise CopyError(f"the table {path} does not exist")
    columns = member(source.declared, "params", "columns")
    wanted = [str(member(each, "name")) for each in columns or []] or list(table.columns)
    for column in [*wanted, *([window.delta] if window.delta is not None else [])]:
        if column not in table.columns:
            raise CopyError(f"the table {path} has no column {column}")
    for column in mapped:
        if column not in wanted:
            raise CopyError(f"the mapping reads the column {column}, which the source connection does not select")
    changes = [(UPSERT, row) for row in table.rows]
    if has_change_feed(source):
        changes, result.feed[source.id] = table.feed, len(table.feed)
        if window.delta is None:
            # What the last good run has read is not read again, unless the file is another one by now.
            position = member(flow.kept.get("feed"), source.id) or 0
            changes = changes[position:] if position <= len(changes) else changes
    found = [each for each in changes if window.delta is None or _within(each[1][window.delta], window)]
    return [(change, {name: row[name] for name in wanted}) for change, row in found]


def _check_access(emulator: Emulator, source: Entity) -> None:
    if member(source.declared, "connectionSpec", "id") == LANDING_ZONE:
        return
    base = base_of(emulator, source)
    if base is None:
        raise CopyError("the base connection is gone")
    if not sealing.are_accepted(get_auth_params(base)):
        raise CopyError("the source refused the credentials of the base connection")


def _within(value: Any, window: Window) -> bool:
    """A row without a time is never new: no run takes it. Decided."""
    if value is None:
        return False
    try:
        at = milliseconds(str(value))
    except ValueError:
        raise CopyError(f"the delta column holds {value!r}, which is no time") from None
    return window.begin <= at < window.end


def _mappings(emulator: Emulator, flow: Entity) -> list[Entry]:
    """What fills the XDM paths."""
    id_ = member(transformation(flow.declared, "Mapping"), "mappingId")
    mapping_set = emulator.lake.mapping_set(id_, flow.org, flow.sandbox)
    if mapping_set is None:
        raise CopyError("the mapping set is gone")
    return entries_of(mapping_set)
