"""Source connections, target connections and dataflows in a sandbox of the emulator, without an engine."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta, timezone
from typing import Any

from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.schema.resource_schema import ResourceSchema
from tests.provider.lifecycle.world import Process, World, build_inputs

DATASET_ID, SCHEMA_ID = "6889f4f89b982b2b90bc1207", "https://ns.adobe.com/acme/schemas/orders"
DATA_LAKE_SPEC = {"id": "c604ff05-7f1a-43c0-8e18-33bf874cb11c", "version": "1.0"}
MAPPING = {"order_id": "_id", "amount": "_acme.amount"}
SOURCE_CONNECTION, TARGET_CONNECTION, DATAFLOW = (
    get_resource_type(name).schema for name in ("SourceConnection", "TargetConnection", "Dataflow")
)


def build_source_inputs(base_connection_id: Any, **changes: Any) -> dict[str, Any]:
    return {
        "name": "orders",
        "baseConnectionId": base_connection_id,
        "format": "tabular",
        "tableName": "acme.orders",
        "connectionSpec": dict(DATABRICKS.fixed_inputs["connectionSpec"]),
        "owner": "project/dev/orders",
        **changes,
    }


def build_target_inputs(**changes: Any) -> dict[str, Any]:
    return {
        "name": "orders-lake",
        "dataSetId": DATASET_ID,
        "schemaVersion": "application/vnd.adobe.xed-full+json;version=1",
        "connectionSpec": DATA_LAKE_SPEC,
        "owner": "project/dev/orders-lake",
        **changes,
    }


def format_time_from_now(seconds: float) -> str:
    """Return the time that many seconds from now, as Adobe writes it."""
    moment = datetime.now(timezone.utc) + timedelta(seconds=seconds)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


class FlowWorld:
    """A sandbox with a base, a source and a target connection, and the inputs of a dataflow that uses them."""

    def __init__(self, world: World) -> None:
        """Create the three connections."""
        self.world = world
        self.base_connection_id = world.start_process().lifecycle.create(build_inputs()).id
        self.source_connection = self.create(SOURCE_CONNECTION, build_source_inputs(self.base_connection_id))
        self.target_connection = self.create(TARGET_CONNECTION, build_target_inputs())

    @classmethod
    def restore(cls, world: World, original: FlowWorld, entities: dict[str, list[dict[str, Any]]]) -> FlowWorld:
        """Load the connections that another world has created: one request in the place of twenty."""
        world.emulator.load(entities)
        restored = cls.__new__(cls)
        restored.world = world
        restored.base_connection_id = original.base_connection_id
        restored.source_connection = deepcopy(original.source_connection)
        restored.target_connection = deepcopy(original.target_connection)
        return restored

    def create_lifecycle(self, resource_schema: ResourceSchema = DATAFLOW, process: Process | None = None) -> Lifecycle:
        hooks = get_resource_type(resource_schema.type_name).load_hooks()
        return Lifecycle(resource_schema, hooks, (process or self.world.start_process()).context)

    def create(self, resource_schema: ResourceSchema, new_inputs: dict[str, Any]) -> CreatedResource:
        return self.create_lifecycle(resource_schema).create(new_inputs)

    def build_dataflow_inputs(self, **changes: Any) -> dict[str, Any]:
        all_inputs = {
            "name": "orders-daily",
            "sourceConnectionIds": [self.source_connection.id],
            "targetConnectionIds": [self.target_connection.id],
            "flowSpecName": "CRMToAEP",
            "frequency": "day",
            "interval": 1,
            "deltaColumn": "ordered_at",
            "mapping": MAPPING,
            "enabled": True,
            "owner": "project/dev/orders-daily",
            **changes,
        }
        return {name: value for name, value in all_inputs.items() if value is not None}

    def get_dataflow(self, id_: str) -> dict[str, Any]:
        return self.world.start_process().service.get("flows", id_)
