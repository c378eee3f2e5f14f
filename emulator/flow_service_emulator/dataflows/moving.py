"""Moves the rows of one window from a table into a dataset.

A failed copy has Adobe's shape of an error, ``{"code": "CONNECTOR-2001-500", "message": …}`` (monitor.md).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flow_service_emulator import sealing
from flow_service_emulator.catalogue import LANDING_ZONE
from flow_service_emulator.clock import milliseconds
from flow_service_emulator.dataflows.flows import linked, transformation
from flow_service_emulator.dataflows.rules import member
from flow_service_emulator.dataflows.source_connections import base_of, path_of, table_of
from flow_service_emulator.workspace import UnreadableTableError

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.store import Document


@dataclass(frozen=True)
class Window:
    """The rows whose delta column lies in [begin, end), epoch milliseconds; all rows without a delta column."""

    begin: int
    end: int
    delta: str | None = None


class CopyError(Exception):
    """Why nothing could be moved, in words for a run's errors."""


@dataclass
class Moved:
    """What a run has read and what it writes; ``error`` where it could not."""

    window: Window
    sources: list[str] = field(default_factory=list)
    dataset: str = ""
    read: list[dict[str, Any]] = field(default_factory=list)
    written: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""

    @property
    def state(self) -> str:
        """One of the words of the runs' filters."""
        return "failed" if self.error else "success"

    @property
    def sizes(self) -> tuple[int, int]:
        """Bytes in and out, as JSON."""
        return len(json.dumps(self.read)), len(json.dumps(self.written))


def move(emulator: Emulator, flow: Document, window: Window) -> Moved:
    """Read the rows of the window and map them."""
    moved = Moved(window, [each.id for each in linked(emulator, flow, "sourceConnections")])
    try:
        moved.dataset = _dataset(emulator, flow)
        mappings = _mappings(emulator, flow)
        for source in _sources(emulator, flow):
            moved.read += _read(emulator, source, window, [column for column, _ in mappings])
        moved.written = [_mapped(row, mappings) for row in moved.read]
    except CopyError as error:
        moved.error, moved.written = str(error), []
    return moved


def _sources(emulator: Emulator, flow: Document) -> list[Document]:
    sources = linked(emulator, flow, "sourceConnections")
    if not sources or len(sources) < len(flow.declared.get("sourceConnectionIds") or []):
        raise CopyError("a source connection is gone")
    return sources


def _dataset(emulator: Emulator, flow: Document) -> str:
    targets = linked(emulator, flow, "targetConnections")
    if not targets:
        raise CopyError("the target connection is gone")
    dataset = str(member(targets[0].declared, "params", "dataSetId"))
    if emulator.lake.dataset(dataset, flow.org, flow.sandbox) is None:
        raise CopyError("the dataset is gone")
    return dataset


def _read(emulator: Emulator, source: Document, window: Window, mapped: list[str]) -> list[dict[str, Any]]:
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
    rows = [row for row in table.rows if window.delta is None or _within(row[window.delta], window)]
    return [{name: row[name] for name in wanted} for row in rows]


def _check_access(emulator: Emulator, source: Document) -> None:
    if member(source.declared, "connectionSpec", "id") == LANDING_ZONE:
        return
    base = base_of(emulator, source)
    if base is None:
        raise CopyError("the base connection is gone")
    if not sealing.works(base.params):
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


def _mappings(emulator: Emulator, flow: Document) -> list[tuple[str, str]]:
    """Columns and the XDM paths that they fill; one column may fill several."""
    id_ = member(transformation(flow.declared, "Mapping"), "mappingId")
    mapping = emulator.lake.mapping_set(id_, flow.org, flow.sandbox)
    if mapping is None:
        raise CopyError("the mapping set is gone")
    return [(each["sourceAttribute"], each["destinationXdmPath"]) for each in mapping["mappings"]]


def _mapped(row: dict[str, Any], mappings: list[tuple[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column, path in mappings:
        *parents, last = path.split(".")
        place = found
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = row[column]
    return found
