"""The three kinds between a base connection and a dataset, without an engine."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resources.databricks import DatabricksSourceConnection
from pulumi_adobe.schema.resource_schema import ResourceSchema
from tests.provider.lifecycle.world import Process, World, inputs

DATASET, SCHEMA = "6889f4f89b982b2b90bc1207", "https://ns.adobe.com/acme/schemas/orders"
LAKE = {"id": "c604ff05-7f1a-43c0-8e18-33bf874cb11c", "version": "1.0"}
MAPPING = {"order_id": "_id", "amount": "_acme.amount"}
SOURCE, TARGET, FLOW = (get_resource_type(name).schema for name in ("SourceConnection", "TargetConnection", "Dataflow"))


def source_inputs(base: str, **changed: Any) -> dict[str, Any]:
    return {
        "name": "orders",
        "baseConnectionId": base,
        "format": "tabular",
        "tableName": "acme.orders",
        "connectionSpec": dict(DatabricksSourceConnection.fixed_inputs["connectionSpec"]),
        "owner": "project/dev/orders",
        **changed,
    }


def target_inputs(**changed: Any) -> dict[str, Any]:
    return {
        "name": "orders-lake",
        "dataSetId": DATASET,
        "schemaVersion": "application/vnd.adobe.xed-full+json;version=1",
        "connectionSpec": LAKE,
        "owner": "project/dev/orders-lake",
        **changed,
    }


def in_seconds(seconds: float) -> str:
    at = datetime.now(timezone.utc) + timedelta(seconds=seconds)
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


class FlowWorld:
    """A sandbox with a base, a source and a target connection, and what a flow on them is declared by."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.base = world.process().lifecycle.create(inputs()).id
        self.source = self.make(SOURCE, source_inputs(self.base))
        self.target = self.make(TARGET, target_inputs())

    def life(self, declaration: ResourceSchema = FLOW, process: Process | None = None) -> Lifecycle:
        hooks = get_resource_type(declaration.type_name).load_hooks()
        return Lifecycle(declaration, hooks, (process or self.world.process()).run)

    def make(self, declaration: ResourceSchema, wanted: dict[str, Any]) -> CreatedResource:
        return self.life(declaration).create(wanted)

    def flow_inputs(self, **changed: Any) -> dict[str, Any]:
        given = {
            "name": "orders-daily",
            "sourceConnectionIds": [self.source.id],
            "targetConnectionIds": [self.target.id],
            "flowSpecName": "CRMToAEP",
            "frequency": "day",
            "interval": 1,
            "deltaColumn": "ordered_at",
            "mapping": MAPPING,
            "enabled": True,
            "owner": "project/dev/orders-daily",
            **changed,
        }
        return {name: value for name, value in given.items() if value is not None}

    def flow(self, id_: str) -> dict[str, Any]:
        return self.world.process().service.get("flows", id_)
