"""The facts of a source connection, a target connection and a dataflow, from the body that Flow Service shows.

Adobe: flow-service.yaml, the schemas of source connections, target connections and flows; "Create a dataflow for CRM
sources" for the transformations.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from adobe_flow.aep.entities import Entity, get_source_name, get_spec_id
from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.compare.facts import (
    BASE_CONNECTION,
    COLUMNS,
    DATAFLOW,
    MAPPING,
    SOURCE_CONNECTION,
    TARGET_CONNECTION,
    EntityFacts,
    read_description,
)
from adobe_flow.compare.members import group_by_name, is_masked_text, read_members, read_shallow_value
from adobe_flow.compare.references import DATASET, SCHEMA, EntityNames
from pulumi_adobe.json_values import get_member, get_object, get_objects
from pulumi_adobe.resource_types.target_connection import DATA_LAKE_SPEC_ID

_DATA_LAKE: Final = "data lake"
_ERROR_DIAGNOSTICS: Final = "options.errorDiagnosticsEnabled"
_INLET_URL: Final = "options.inletUrl"
_MAX_VERSION: Final = 10**9
_MAX_MILLISECONDS: Final = 10**15


def read_source_connection(entity: Entity, names: EntityNames) -> EntityFacts:
    """Return the comparable content of a source connection: what it reads, and from which base connection."""
    details = read_members(entity.get("data"), "data") | read_members(entity.get("params"), "parameters")
    if entity.get("baseConnectionId"):
        details["baseConnection"] = names.refer(BASE_CONNECTION, entity["baseConnectionId"])
    columns = group_by_name(details.get("parameters.columns"))
    if columns is not None:
        del details["parameters.columns"]
        details[COLUMNS] = columns
    return _build_facts(entity, SOURCE_CONNECTION, get_source_name(entity), details)


def read_target_connection(entity: Entity, names: EntityNames) -> EntityFacts:
    """Return the comparable content of a target connection: its dataset and its XDM schema."""
    details = read_members(entity.get("data"), "data") | read_members(entity.get("params"), "parameters")
    schema, dataset_id = details.pop("data.schema", None), details.pop("parameters.dataSetId", None)
    if dataset_id is not None:
        details["dataset"] = names.refer(DATASET, dataset_id)
    if schema is not None:
        details["schema"] = names.refer(SCHEMA, get_member(schema, "id"))
        version = get_member(schema, "version")
        # Adobe's pages print the content type with and without a blank after its semicolon.
        details["schemaVersion"] = (
            version.replace("; ", ";") if isinstance(version, str) else read_shallow_value(version)
        )
    spec_id = get_spec_id(entity)
    source = _DATA_LAKE if spec_id == DATA_LAKE_SPEC_ID else get_source_name(entity)
    return _build_facts(entity, TARGET_CONNECTION, source, details)


def read_dataflow(entity: Entity, names: EntityNames, sources: Mapping[str, str], mapping: Any) -> EntityFacts:
    """Return the comparable content of a dataflow: its connections, schedule, mapping and options.

    Args:
        entity: The dataflow.
        names: The names of the connections.
        sources: The source of each source connection, by its id.
        mapping: The source of each destination of its mapping set; None if it names none.
    """
    source_ids, target_ids = _list_ids(entity, "sourceConnectionIds"), _list_ids(entity, "targetConnectionIds")
    details = read_members(entity.get("scheduleParams"), "schedule", parse_texts=True)
    details |= read_members(entity.get("options"), "options", parse_texts=True)
    details |= _read_transformations(entity)
    details["sourceConnections"] = tuple(names.refer(SOURCE_CONNECTION, id_) for id_ in source_ids)
    details["targetConnections"] = tuple(names.refer(TARGET_CONNECTION, id_) for id_ in target_ids)
    details["flowSpec"] = get_member(entity, "flowSpec", "id")
    if mapping is not None:
        details[MAPPING] = mapping
    if entity.get("labels"):
        labels = read_shallow_value(entity["labels"])
        details["labels"] = sorted(labels, key=str) if isinstance(labels, list) else labels
    # Each dataflow from a webhook has its own address, which nobody declares (Adobe: lava.md).
    details.pop(_INLET_URL, None)
    if details.get(_ERROR_DIAGNOSTICS) is False:
        # Adobe's default, which a service may show although nobody declared it.
        del details[_ERROR_DIAGNOSTICS]
    source = ", ".join(sorted({sources[id_] for id_ in source_ids if isinstance(id_, str) and id_ in sources}))
    return _build_facts(entity, DATAFLOW, source, details)


def find_mapping_set(entity: Entity) -> tuple[str, int | None] | None:
    """Return id and version of the mapping set that a dataflow names; None if it names none."""
    for transformation in get_objects(entity, "transformations"):
        id_, version = (get_member(transformation, "params", name) for name in ("mappingId", "mappingVersion"))
        if transformation.get("name") == "Mapping" and isinstance(id_, str) and id_:
            return id_, int(version) if _is_mapping_set_version(version) else None
    return None


def _is_mapping_set_version(version: Any) -> bool:
    if isinstance(version, int):
        return not isinstance(version, bool) and 0 <= version < _MAX_VERSION
    return (
        isinstance(version, str) and version.isascii() and version.isdecimal() and len(version) < len(str(_MAX_VERSION))
    )


def _read_transformations(entity: Entity) -> dict[str, Any]:
    """Return the delta column and the parameters of all transformations but those that name the mapping set."""
    if not isinstance(entity.get("transformations"), (list, type(None))):
        return {"transformations": UNREADABLE}
    details: dict[str, Any] = {}
    for transformation in get_objects(entity, "transformations"):
        params = {**get_object(transformation, "params")}
        if transformation.get("name") == "Copy":
            delta_column = params.pop("deltaColumn", None)
            details["deltaColumn"] = read_shallow_value(get_member(delta_column, "name") or delta_column)
        if transformation.get("name") == "Mapping":
            params = {name: value for name, value in params.items() if name not in {"mappingId", "mappingVersion"}}
        details |= read_members(params, f"transformations.{transformation.get('name')}")
    return details


def _list_ids(entity: Entity, member: str) -> list[Any]:
    ids = entity.get(member)
    return ids if isinstance(ids, list) else []


def _build_facts(entity: Entity, kind: str, source: str, details: Mapping[str, Any]) -> EntityFacts:
    secrets = frozenset(name for name, value in details.items() if is_masked_text(value))
    return EntityFacts(
        id=str(entity.get("id")),
        name=str(entity.get("name")),
        source=source,
        description=read_description(entity.get("description")),
        secrets=secrets,
        state=entity.get("state"),
        kind=kind,
        details={name: value for name, value in details.items() if name not in secrets},
        created_at=_read_time(entity.get("createdAt")),
    )


def _read_time(milliseconds: Any) -> float | None:
    is_time = isinstance(milliseconds, (int, float)) and not isinstance(milliseconds, bool)
    return milliseconds / 1000 if is_time and 0 <= milliseconds < _MAX_MILLISECONDS else None
