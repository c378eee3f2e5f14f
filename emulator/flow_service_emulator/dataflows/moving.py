"""Moves the rows of one window from a table into a dataset.

A failed copy has Adobe's shape of an error, ``{"code": "CONNECTOR-2001-500", "message": …}`` (monitor.md).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flow_service_emulator import sealing
from flow_service_emulator.clock import milliseconds
from flow_service_emulator.dataflows.flows import linked, transformation
from flow_service_emulator.dataflows.rules import member
from flow_service_emulator.dataflows.source_connections import base_of

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.store import Document


class CopyError(Exception):
    """Why nothing could be moved, in words for a run's errors."""


@dataclass
class Moved:
    """What a run has read and what it writes; ``error`` where it could not."""

    dataset: str = ""
    read: list[dict[str, Any]] = field(default_factory=list)
    written: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""

    @property
    def sizes(self) -> tuple[int, int]:
        """Bytes in and out, as JSON."""
        return len(json.dumps(self.read)), len(json.dumps(self.written))


def move(emulator: Emulator, flow: Document, begin: int, end: int) -> Moved:
    """Read the rows whose delta column lies in [begin, end), all without one, and map them."""
    moved = Moved()
    try:
        moved.dataset = _dataset(emulator, flow)
        for source in linked(emulator, flow, "sourceConnections"):
            moved.read += _read(emulator, flow, source, begin, end)
        moved.written = [_mapped(row, _mappings(emulator, flow)) for row in moved.read]
    except CopyError as error:
        moved.error, moved.written = str(error), []
    return moved


def _dataset(emulator: Emulator, flow: Document) -> str:
    targets = linked(emulator, flow, "targetConnections")
    dataset = str(member(targets[0].declared, "params", "dataSetId")) if targets else ""
    if emulator.lake.dataset(dataset, flow.org, flow.sandbox) is None:
        raise CopyError("the dataset is gone")
    return dataset


def _read(emulator: Emulator, flow: Document, source: Document, begin: int, end: int) -> list[dict[str, Any]]:
    base = base_of(emulator, source)
    if base is None or not sealing.works(base.params):
        raise CopyError("the source refused the credentials of the base connection")
    path = str(member(source.declared, "params", "tableName") or member(source.declared, "params", "path"))
    table = emulator.workspace.table(path)
    if table is None:
        raise CopyError(f"the table {path} does not exist")
    wanted = [each["name"] for each in member(source.declared, "params", "columns") or []] or list(table.columns)
    delta = member(transformation(flow.declared, "Copy"), "deltaColumn", "name")
    for column in [*wanted, *([delta] if delta else []), *_mappings(emulator, flow)]:
        if column not in table.columns:
            raise CopyError(f"the table {path} has no column {column}")
    rows = [row for row in table.rows if delta is None or _within(row[delta], begin, end)]
    return [{name: row[name] for name in wanted} for row in rows]


def _within(value: Any, begin: int, end: int) -> bool:
    try:
        at = milliseconds(str(value))
    except ValueError:
        raise CopyError(f"the delta column holds {value!r}, which is no time") from None
    return begin <= at < end


def _mappings(emulator: Emulator, flow: Document) -> dict[str, str]:
    """The XDM path of each column."""
    mapping = emulator.lake.mapping_set((transformation(flow.declared, "Mapping") or {}).get("mappingId"))
    every = mapping["mappings"] if mapping else []
    return {str(each.get("sourceAttribute")): str(each.get("destinationXdmPath")) for each in every}


def _mapped(row: dict[str, Any], mappings: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column, path in mappings.items():
        *parents, last = path.split(".")
        place = found
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = row.get(column)
    return found
