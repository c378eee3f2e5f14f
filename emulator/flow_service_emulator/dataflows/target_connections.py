"""Target connections: the dataset of the data lake that dataflows write, and its schema.

Adobe: "Create a target connection" of the sources tutorials; "Sources error codes" 1307, 1325; 1425 of Flow Service.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flow_service_emulator.catalogue import LAKE_SPEC
from flow_service_emulator.checks import MISSING, WRONG, check_name_and_description, check_spec, check_spec_id
from flow_service_emulator.dataflows.source_connections import refuse_if_used
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.json_values import get_member
from flow_service_emulator.kind import KindRules

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity

NAME = "targetConnections"


def _check_target_connection(emulator: Emulator, target: Entity) -> None:
    declared = target.declared
    check_name_and_description(declared)
    if check_spec_id(declared.get("connectionSpec")) != LAKE_SPEC:
        raise FlowServiceError("CONNECTOR-1307-400", f"the target connection spec must be {LAKE_SPEC}")
    check_spec(declared["connectionSpec"], {LAKE_SPEC: "1.0"})
    dataset_id = get_member(declared, "params", "dataSetId")
    if not isinstance(dataset_id, str) or not dataset_id:
        raise FlowServiceError("CONNECTOR-1325-400", "params.dataSetId is required")
    dataset = emulator.lake.find_dataset(dataset_id, target.org, target.sandbox)
    if dataset is None:
        raise FlowServiceError("2200-400", f"dataSet not found with id = [{dataset_id}]")
    schema, version = (get_member(declared, "data", "schema", name) for name in ("id", "version"))
    if declared.get("data") == {"format": "parquet_xdm"}:
        # Adobe: streaming.md: the target of a stream, whose schema is that of the dataset.
        return
    if not isinstance(schema, str):
        raise FlowServiceError(MISSING, "data.schema.id is required")
    if not isinstance(version, (str, type(None))) or not isinstance(
        get_member(declared, "data", "format"), (str, type(None))
    ):
        raise FlowServiceError(WRONG, "data.schema.version and data.format must be strings")
    if schema != dataset["schemaRef"]["id"]:
        raise FlowServiceError("1425-400", f"the schema of the dataset is {dataset['schemaRef']['id']}, not {schema}")


def _check_delete(emulator: Emulator, target: Entity) -> None:
    refuse_if_used(emulator, target, "targetConnectionIds")


def _show_target_connection(_emulator: Emulator, target: Entity) -> dict[str, Any]:
    return {
        **target.build_stamps(),
        **target.declared,
        "inheritedAttributes": {},
        "state": target.state,
        "version": target.etag,
        "etag": target.etag,
    }


TARGET_CONNECTIONS = KindRules(
    name=NAME,
    written=("name", "description", "data", "params", "connectionSpec", "providerId"),
    paths=re.compile(r"/(name|description|data(/.+)?|params(/.+)?)"),
    check=_check_target_connection,
    check_delete=_check_delete,
    show=_show_target_connection,
)
