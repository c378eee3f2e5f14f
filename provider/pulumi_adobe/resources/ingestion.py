"""The common case in one piece: a table, on a schedule, in a dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from pulumi_adobe.resources.databricks import DatabricksSourceConnection, DatabricksSourceConnectionArgs
from pulumi_adobe.resources.dataflow import Dataflow
from pulumi_adobe.resources.declared import FlowServiceResource
from pulumi_adobe.resources.schedule import Schedule
from pulumi_adobe.resources.source_connection import SourceConnection
from pulumi_adobe.resources.target_connection import TargetConnection


class Ingestion(pulumi.ComponentResource):
    """A source connection, a target connection and a dataflow between them, and the base connection if it is its own.

    The parts are named after it: `orders-connection`, `orders-source`, `orders-target`, `orders-flow`.
    """

    connection: FlowServiceResource
    source: SourceConnection
    target: TargetConnection
    dataflow: Dataflow

    def __init__(  # noqa: PLR0913 - the arguments of the parts
        self,
        resource_name: str,
        *,
        connection: FlowServiceResource | DatabricksSourceConnectionArgs,
        table: pulumi.Input[str],
        dataset_id: pulumi.Input[str],
        mapping: pulumi.Input[Mapping[str, pulumi.Input[str]]],
        schedule: Schedule,
        schema_id: pulumi.Input[str] | None = None,
        columns: pulumi.Input[Sequence[Mapping[str, Any]]] | None = None,
        enabled: pulumi.Input[bool] = True,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare it.

        Args:
            resource_name: What Pulumi calls it, and the beginning of its parts' names.
            connection: A base connection that others may share, or the arguments of one of its own.
            table: The table's path, as `explore_tables` gives it.
            dataset_id: The dataset, 24 hex digits.
            mapping: Each column's path in the schema, as in `{"order_id": "_id"}`.
            schedule: When it runs: `Schedule.daily(…)`, `hourly`, `weekly`, `every`, `once`.
            schema_id: The `$id` of the dataset's schema; found out where it is left out.
            columns: The columns to read; all of the table where they are left out.
            enabled: `False` switches the dataflow off.
            opts: Pulumi's options.
        """
        super().__init__("adobe:index:Ingestion", resource_name, {}, opts)
        child_options = pulumi.ResourceOptions(parent=self)
        self.connection = (
            DatabricksSourceConnection(f"{resource_name}-connection", connection, child_options)
            if isinstance(connection, DatabricksSourceConnectionArgs)
            else connection
        )
        self.source = SourceConnection(
            f"{resource_name}-source", base_connection=self.connection, table=table, columns=columns, opts=child_options
        )
        self.target = TargetConnection(
            f"{resource_name}-target", dataset_id=dataset_id, schema_id=schema_id, opts=child_options
        )
        self.dataflow = Dataflow(
            f"{resource_name}-flow",
            source=self.source,
            target=self.target,
            mapping=mapping,
            schedule=schedule,
            enabled=enabled,
            opts=child_options,
        )
        self.register_outputs({"connectionId": self.connection.id, "dataflowId": self.dataflow.id})
