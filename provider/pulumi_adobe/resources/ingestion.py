"""The common case in one piece: a table, on a schedule, in a dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from pulumi_adobe.resources.databricks import DatabricksSourceConnection, DatabricksSourceConnectionArgs
from pulumi_adobe.resources.dataflow import Dataflow
from pulumi_adobe.resources.declared import DeclaredResource
from pulumi_adobe.resources.schedule import Schedule
from pulumi_adobe.resources.source_connection import SourceConnection
from pulumi_adobe.resources.target_connection import TargetConnection


class Ingestion(pulumi.ComponentResource):
    """A source connection, a target connection and a dataflow between them, and the base connection if it is its own.

    The parts are named after it: `orders-connection`, `orders-source`, `orders-target`, `orders-flow`.
    """

    connection: DeclaredResource
    source: SourceConnection
    target: TargetConnection
    dataflow: Dataflow

    def __init__(  # noqa: PLR0913 - the arguments of the parts
        self,
        resource_name: str,
        *,
        connection: DeclaredResource | DatabricksSourceConnectionArgs,
        table: pulumi.Input[str],
        dataset_id: pulumi.Input[str],
        mapping: pulumi.Input[Mapping[str, pulumi.Input[str]]],
        schedule: Schedule,
        schema_id: pulumi.Input[str] | None = None,
        columns: pulumi.Input[Sequence[Mapping[str, Any]]] | None = None,
        enabled: pulumi.Input[bool] = True,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare it. ``connection`` is a base connection that others may share, or the arguments of one of its own."""
        super().__init__("adobe:index:Ingestion", resource_name, {}, opts)
        inside = pulumi.ResourceOptions(parent=self)
        self.connection = (
            DatabricksSourceConnection(f"{resource_name}-connection", connection, inside)
            if isinstance(connection, DatabricksSourceConnectionArgs)
            else connection
        )
        self.source = SourceConnection(
            f"{resource_name}-source", base_connection=self.connection, table=table, columns=columns, opts=inside
        )
        self.target = TargetConnection(
            f"{resource_name}-target", dataset_id=dataset_id, schema_id=schema_id, opts=inside
        )
        self.dataflow = Dataflow(
            f"{resource_name}-flow",
            source=self.source,
            target=self.target,
            mapping=mapping,
            schedule=schedule,
            enabled=enabled,
            opts=inside,
        )
        self.register_outputs({"connectionId": self.connection.id, "dataflowId": self.dataflow.id})
