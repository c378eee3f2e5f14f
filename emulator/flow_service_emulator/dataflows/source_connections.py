"""Source connections: the table or file of a source that dataflows read.

Adobe: database-nosql.md ("Create a dataflow for database sources"), cloud-storage.md; "Flow Service error codes" 1447.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flow_service_emulator import catalogue
from flow_service_emulator.checks import MISSING, WRONG, check_name_and_description, check_spec
from flow_service_emulator.connections.explore import get_source, get_source_of_spec
from flow_service_emulator.dataflows.source_forms import check_source_data, check_source_form
from flow_service_emulator.entities.states import DRAFT
from flow_service_emulator.errors import FlowServiceError, NotFoundError
from flow_service_emulator.json_values import get_member, list_members
from flow_service_emulator.kind import KindRules
from flow_service_emulator.workspace.tables import build_table

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity
    from flow_service_emulator.workspace.tables import WorkspaceTable

NAME = "sourceConnections"


def find_base_connection(emulator: Emulator, source: Entity) -> Entity | None:
    """Return the base connection of a source connection; None if there is none."""
    try:
        return emulator.connections.get(str(source.declared.get("baseConnectionId")), source.org, source.sandbox)
    except NotFoundError:
        return None


def get_table_or_file(source: Entity) -> str:
    """Return the table or file that a source connection reads."""
    return str(get_member(source.declared, "params", "tableName") or get_member(source.declared, "params", "path"))


def read_table(emulator: Emulator, source: Entity) -> WorkspaceTable | None:
    """Return the table, file or records of a source connection; None if the base connection shows none."""
    spec_id = str(get_member(source.declared, "connectionSpec", "id"))
    if spec_id in catalogue.list_sources_of_flow_spec(catalogue.REST_TO_LAKE):
        return build_table(emulator.workspace.read_records())
    base = find_base_connection(emulator, source)
    held_source = get_source(emulator, base) if base is not None else get_source_of_spec(emulator, spec_id)
    return held_source.read_tables(get_table_or_file(source))


def refuse_unknown_column(emulator: Emulator, source: Entity, names: Iterable[str]) -> None:
    """Refuse a column that the table lacks, with the switch `source_names`; no document says that Adobe does."""
    if emulator.switches["source_names"] != "create":
        return
    table = read_table(emulator, source)
    if table is None:
        raise FlowServiceError("CONNECTOR-1330-400", f"no columns found for the table [{get_table_or_file(source)}]")
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise FlowServiceError(WRONG, f"the table [{get_table_or_file(source)}] has no columns {missing}")


def _check_source_connection(emulator: Emulator, source: Entity) -> None:
    declared = source.declared
    check_name_and_description(declared)
    versions = {id_: spec["version"] for id_, spec in catalogue.get_source_specs().items()}
    spec = check_spec(declared.get("connectionSpec"), versions)
    check_source_data(declared, spec, emulator.switches)
    _check_base_connection(emulator, source, spec)
    check_source_form(declared, spec)


def _check_base_connection(emulator: Emulator, source: Entity, spec: str) -> None:
    id_ = source.declared.get("baseConnectionId")
    if spec not in catalogue.get_base_specs():
        if id_ is not None:
            raise FlowServiceError("CONNECTOR-1332-400", "baseConnectionId is not allowed for this connection spec")
        return
    if not id_:
        raise FlowServiceError(MISSING, "baseConnectionId is required")
    base = find_base_connection(emulator, source)
    if base is None:
        raise FlowServiceError("1101-404", f"connections not found with id = [{id_}]")
    if base.declared["connectionSpec"]["id"] != spec:
        raise FlowServiceError(WRONG, "connectionSpec is not that of the base connection")


def _check_enabling(emulator: Emulator, source: Entity) -> None:
    base = find_base_connection(emulator, source)
    if base is not None and base.state == DRAFT:
        raise FlowServiceError("1421-400", "the base connection is a draft")
    refuse_unknown_column(
        emulator, source, (column["name"] for column in get_member(source.declared, "params", "columns") or [])
    )


def _check_delete(emulator: Emulator, source: Entity) -> None:
    refuse_if_used(emulator, source, "sourceConnectionIds")


def refuse_if_used(emulator: Emulator, document: Entity, member_name: str) -> None:
    """Refuse to delete an entity that a flow uses ("Flow Service error codes", 1447)."""
    flows = [flow for flow in emulator.stores["flows"].all() if document.id in list_members(flow.declared, member_name)]
    if flows:
        raise FlowServiceError(
            "1447-400", f"active flows contain the id [{document.id}]: {[flow.id for flow in flows]}"
        )


def _show_source_connection(emulator: Emulator, source: Entity) -> dict[str, Any]:
    base = find_base_connection(emulator, source)
    inherited = {"baseConnection": {"id": base.id, "connectionSpec": base.declared["connectionSpec"]}} if base else {}
    return {
        **source.build_stamps(),
        **source.declared,
        "inheritedAttributes": inherited,
        "state": source.state,
        "version": source.etag,
        "etag": source.etag,
    }


SOURCE_CONNECTIONS = KindRules(
    name=NAME,
    written=("name", "description", "baseConnectionId", "data", "params", "connectionSpec", "providerId"),
    paths=re.compile(r"/(name|description|data(/.+)?|params(/.+)?)"),
    check=_check_source_connection,
    check_enable=_check_enabling,
    check_delete=_check_delete,
    show=_show_source_connection,
)
