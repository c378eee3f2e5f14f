"""The data of the sources: tables as CSV files of a folder, records as a JSON file, read anew on each use."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_STRING: dict[str, Any] = {"type": "string", "xdm": {"type": "string"}}
_INTEGER: dict[str, Any] = {"type": "integer", "meta:xdmType": "int", "xdm": {"type": "integer"}}
_NUMBER: dict[str, Any] = {"type": "double", "meta:xdmType": "number", "xdm": {"type": "number"}}
_TIME: dict[str, Any] = {
    "type": "string",
    "meta:xdmType": "date-time",
    "xdm": {"type": "string", "format": "date-time"},
}
_KINDS = (
    # A number with leading zeros is an id or a postcode, and stays a text.
    (re.compile(r"-?(0|[1-9]\d*)"), _INTEGER),
    (re.compile(r"-?(0|[1-9]\d*)(\.\d+)?"), _NUMBER),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?"), _TIME),
)
CHANGE_COLUMN = "_change_request_type"
UPSERT, DELETE = "u", "d"
"""The changes of a row of the change feed, in either case (change-data-capture.md, relational.md)."""

RECORDS = "rest.json"
"""The file with the records that every REST source holds: a list of objects."""

BUILT_IN = Path(__file__).parents[1] / "data" / "tables"


@dataclass(frozen=True)
class WorkspaceTable:
    """A table: ``columns`` by name, as explore shows them; ``rows`` hold typed values.

    ``feed`` is the table's change feed: each row with its change, `u` or `d`, from the column `_change_request_type` of
    the file. The table has neither this column nor the rows that the feed deletes.
    """

    columns: dict[str, dict[str, Any]]
    rows: list[dict[str, Any]]
    feed: list[tuple[str, dict[str, Any]]]


class UnreadableTableError(Exception):
    """The file exists, but is no CSV in UTF-8."""


class Workspace:
    """The tables of the sources: a folder of `schema.table.csv` files, or three small built-in tables."""

    def __init__(self, folder: Path | None) -> None:
        """Use a folder; each call reads its files anew."""
        self.folder = folder or BUILT_IN

    def list_tables(self) -> list[str]:
        """Return the paths of the tables, sorted."""
        return sorted(file.stem for file in self.folder.glob("*.csv"))

    def read_table(self, path: str) -> WorkspaceTable | None:
        """Return a table; None if there is none. Raises `UnreadableTableError`."""
        if path not in self.list_tables():
            return None
        try:
            with (self.folder / f"{path}.csv").open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file, restval="")
                rows, names = list(reader), list(reader.fieldnames or [])
        except (OSError, ValueError, csv.Error) as error:
            raise UnreadableTableError(f"the table {path} cannot be read: {error}") from None
        kinds = {name: _guess_column_type([row[name] for row in rows]) for name in names if name != CHANGE_COLUMN}
        typed = [{name: _convert_cell(row[name], kind) for name, kind in kinds.items()} for row in rows]
        changes = [DELETE if row.get(CHANGE_COLUMN, "").lower() == DELETE else UPSERT for row in rows]
        feed = list(zip(changes, typed, strict=True))
        return WorkspaceTable(kinds, [row for change, row in feed if change != DELETE], feed)

    def read_records(self) -> list[dict[str, Any]]:
        """Return the records of all REST sources; none without a file. Raises `UnreadableTableError`."""
        file = self.folder / RECORDS
        if not file.exists():
            return []
        try:
            records = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UnreadableTableError(f"the file {RECORDS} cannot be read: {error}") from None
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise UnreadableTableError(f"the file {RECORDS} must be a list of objects")
        return records


def build_table(records: list[dict[str, Any]]) -> WorkspaceTable:
    """Return records as a table, whose columns are their members."""
    names = dict.fromkeys(name for record in records for name in record)
    rows = [{name: record.get(name) for name in names} for record in records]
    return WorkspaceTable(dict.fromkeys(names, _STRING), rows, [(UPSERT, row) for row in rows])


def merge_tables(tables: list[WorkspaceTable]) -> WorkspaceTable | None:
    """Return the rows of all tables, with the columns of the first one; None if there is none."""
    if not tables:
        return None
    columns = tables[0].columns
    feed = [(change, {name: row.get(name) for name in columns}) for table in tables for change, row in table.feed]
    return WorkspaceTable(columns, [row for change, row in feed if change != DELETE], feed)


def _guess_column_type(values: list[str]) -> dict[str, Any]:
    present = [value for value in values if value]
    for pattern, kind in _KINDS:
        if present and all(pattern.fullmatch(value) for value in present):
            return kind
    return _STRING


def _convert_cell(value: str, kind: dict[str, Any]) -> Any:
    if not value:
        return None
    if kind is _INTEGER:
        return int(value)
    return float(value) if kind is _NUMBER else value
