"""Exploring a source: its tables, files or records, as far as the scenario shows them.

Adobe: "Explore your data tables" (tabular.md) and "Explore your cloud storage" (cloud-storage.md) for the shapes; the
pages of REST sources;
"Sources error codes" for the errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from flow_service_emulator import catalogue
from flow_service_emulator.connections.base_connections import get_auth_params
from flow_service_emulator.connections.rest import explore_records
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.workspace.tables import UnreadableTableError, merge_tables

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity
    from flow_service_emulator.switches import Switches
    from flow_service_emulator.workspace.scenario import Scenario
    from flow_service_emulator.workspace.tables import Workspace, WorkspaceTable

WITH_TABLES = frozenset({"databases", "crm", "analytics", "advertising", "customer-success", "marketing-automation"})
WITH_FILES = "cloud-storage"

_STREAMS_WITHOUT_EXPLORE = frozenset({catalogue.EVENT_HUBS, catalogue.KINESIS, catalogue.PUBSUB})
"""Streams that no page explores."""
_PREVIEW = 100
_FILE_TYPE = "delimited"
_GUESSED = {"fileType": _FILE_TYPE, "compressionType": "", "columnDelimiter": ","}
"""The properties that `determineProperties` finds (data-landing-zone.md): the files of the workspace are CSV."""


@dataclass(frozen=True)
class ExploredSource:
    """The source of one connection; the secrets among the auth parameters ``params`` are sealed."""

    workspace: Workspace
    scenario: Scenario
    switches: Switches
    spec_id: str
    params: Mapping[str, Any]

    def list_paths(self) -> list[str]:
        """Return the paths of the tables that the connection shows."""
        return [path for path in self.workspace.list_tables() if self.scenario.shows_table(self.params, path)]

    def read_table(self, path: str) -> WorkspaceTable | None:
        """Return one of the tables; None if there is none. Raises `UnreadableTableError`."""
        return self.workspace.read_table(path) if path in self.list_paths() else None

    def read_tables(self, path: str) -> WorkspaceTable | None:
        """Return a table or, for a path with `*`, all tables that match as one (cloud-storage.md)."""
        if "*" not in path:
            return self.read_table(path)
        tables = [
            self.workspace.read_table(candidate) for candidate in self.list_paths() if fnmatchcase(candidate, path)
        ]
        return merge_tables([table for table in tables if table is not None])


def get_source(emulator: Emulator, connection: Entity) -> ExploredSource:
    """Return the source of a connection."""
    spec_id = connection.declared["connectionSpec"]["id"]
    return ExploredSource(
        emulator.workspace, emulator.scenario, emulator.switches, spec_id, get_auth_params(connection)
    )


def get_source_of_spec(emulator: Emulator, spec_id: str) -> ExploredSource:
    """Return the source of a connection spec that has no base connections."""
    return ExploredSource(emulator.workspace, emulator.scenario, emulator.switches, spec_id, {})


def explore_source(source: ExploredSource, query: Mapping[str, str]) -> list[dict[str, Any]] | dict[str, Any]:
    """Return the tables, files or records of a source, or the columns of one of them, as the query says."""
    if source.spec_id in catalogue.list_sources_of_flow_spec(catalogue.REST_TO_LAKE):
        return _explore_records(source, query)
    category = catalogue.get_all_specs()[source.spec_id]["attributes"]["category"]
    is_stream = source.spec_id in _STREAMS_WITHOUT_EXPLORE
    if is_stream or (category not in WITH_TABLES and category != WITH_FILES):
        raise FlowServiceError(
            "CONNECTOR-1336-400", f"explore is not supported here for sources of category [{category}]"
        )
    if source.scenario.is_stopped(source.params):
        raise _build_stopped_error(source.switches["stopped_cluster"])
    return _explore_files(source, query) if category == WITH_FILES else _explore_tables(source, query)


def _explore_tables(source: ExploredSource, query: Mapping[str, str]) -> list[dict[str, Any]] | dict[str, Any]:
    object_type = query.get("objectType", "").lower()
    if object_type == "root" and source.spec_id == catalogue.SNOWFLAKE_STREAMING:
        # Adobe: snowflake-streaming.md prints another shape than tabular.md.
        return {"items": [{"type": "table", "name": path} for path in source.list_paths()]}
    if object_type == "root":
        return [_build_table_entry(path) for path in source.list_paths()]
    if object_type != "table":
        raise _build_type_error(query)
    return _explore_table(source, query.get("object", ""), preview=_is_preview(query))


def _explore_files(source: ExploredSource, query: Mapping[str, str]) -> list[dict[str, Any]] | dict[str, Any]:
    object_type = query.get("objectType", "").lower()
    if object_type == "root":
        return [_build_file_entry(path) for path in source.list_paths()]
    if object_type == "folder":
        return _list_folder(source, query.get("object", ""))
    if object_type != "file":
        raise _build_type_error(query)
    _check_file_type(source, query)
    if source.spec_id == catalogue.LANDING_ZONE:
        is_guessed = query.get("determineProperties", "").lower() == "true"
        if is_guessed == ("fileType" in query):
            raise FlowServiceError("CONNECTOR-1312-400", "give determineProperties, or else fileType")
        if is_guessed:
            return {**_explore_table(source, query.get("object", ""), preview=False), "properties": _GUESSED}
    return _explore_table(source, query.get("object", ""), preview=_is_preview(query))


def _build_type_error(query: Mapping[str, str]) -> FlowServiceError:
    return FlowServiceError("CONNECTOR-1358-400", f"objectType [{query.get('objectType', '')}] is not supported")


def _is_preview(query: Mapping[str, str]) -> bool:
    return query.get("preview", "false").lower() == "true"


def _explore_records(source: ExploredSource, query: Mapping[str, str]) -> dict[str, Any]:
    try:
        records = source.workspace.read_records()
    except UnreadableTableError as error:
        raise FlowServiceError("1100-400", f"Error from flow provider: {error}") from None
    return explore_records(records, query)


def _build_stopped_error(answer: str) -> FlowServiceError:
    code = f"CONNECTOR-{answer}" if answer == "1308-400" else answer
    return FlowServiceError(code, "Error from flow provider: the source did not answer: the cluster is not running")


def _build_table_entry(path: str) -> dict[str, Any]:
    return {"type": "table", "name": path.partition(".")[2], "path": path, "canPreview": True, "canFetchSchema": True}


def _build_file_entry(path: str) -> dict[str, Any]:
    return {"type": "file", "name": path, "path": path}


def _list_folder(source: ExploredSource, path: str) -> list[dict[str, Any]]:
    if path.strip("/"):
        raise FlowServiceError("1101-404", f"Error from flow provider: the folder [{path}] does not exist")
    return [_build_file_entry(file_path) for file_path in source.list_paths()]


def _check_file_type(source: ExploredSource, query: Mapping[str, str]) -> None:
    """Refuse a file type other than `delimited`, because the workspace has only CSV files."""
    if query.get("fileType", _FILE_TYPE).lower() != _FILE_TYPE and query.get("object", "") in source.list_paths():
        raise FlowServiceError("CONNECTOR-1308-400", f"the file is not of the type [{query['fileType']}]")


def _explore_table(source: ExploredSource, path: str, *, preview: bool) -> dict[str, Any]:
    if not path:
        raise FlowServiceError("CONNECTOR-1337-400", "object must not be empty for objectType [table]")
    try:
        table = source.read_table(path)
    except UnreadableTableError as error:
        raise FlowServiceError("1100-400", f"Error from flow provider: {error}") from None
    if table is None:
        return _answer_missing_table(path, source.switches["missing_table"])
    schema = {"columns": [{"name": name, **kind} for name, kind in table.columns.items()]}
    rows = {"data": table.rows[:_PREVIEW]} if preview else {}
    return {"format": "flat", "schema": schema, **rows}


def _answer_missing_table(path: str, answer: str) -> dict[str, Any]:
    if answer == "empty":
        return {"format": "flat", "schema": {"columns": []}}
    if answer == "1330-400":
        raise FlowServiceError("CONNECTOR-1330-400", f"no columns found for the table [{path}]")
    if answer == "1101-404":
        raise FlowServiceError("1101-404", f"Error from flow provider: the resource [{path}] does not exist")
    code = f"CONNECTOR-{answer}" if answer == "1308-400" else answer
    raise FlowServiceError(code, "Error from flow provider: the request failed")
