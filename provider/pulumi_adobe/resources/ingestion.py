"""A component for the common case: a table that is copied to a dataset on a schedule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from pulumi_adobe.resource_types.schedule import Schedule
from pulumi_adobe.resources.base import FlowServiceResource
from pulumi_adobe.resources.checked_call import CheckedCall
from pulumi_adobe.resources.databricks import DatabricksSourceConnection, DatabricksSourceConnectionArgs
from pulumi_adobe.resources.dataflow import Dataflow
from pulumi_adobe.resources.mapping import MappingInput
from pulumi_adobe.resources.source_connection import SourceConnection
from pulumi_adobe.resources.target_connection import TargetConnection


class Ingestion(pulumi.ComponentResource, metaclass=CheckedCall):
    """A source connection, a target connection, the dataflow between them and, optionally, the base connection.

    The parts are named after the component: `orders-connection`, `orders-source`, `orders-target`, `orders-flow`.
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
        mapping: MappingInput,
        schedule: Schedule,
        schema_id: pulumi.Input[str] | None = None,
        columns: pulumi.Input[Sequence[Mapping[str, Any]]] | None = None,
        enabled: pulumi.Input[bool] = True,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the component.

        Args:
            resource_name: The resource's name in Pulumi, and the beginning of its parts' names.
            connection: A base connection that others may share, or the arguments of one that belongs to the component.
            table: The table's path, as `explore_tables` returns it.
            dataset_id: The id of the dataset, 24 hex digits.
            mapping: The path in the XDM schema for each column, as in `{"order_id": "_id"}`, or a list of `Mapping`,
                which also has calculated fields, constants, and columns that go to several paths.
            schedule: When the dataflow runs: `Schedule.daily(…)`, `hourly`, `weekly`, `every` or `once`.
            schema_id: The `$id` of the XDM schema; by default that of the dataset.
            columns: The columns to read; by default all columns of the table.
            enabled: If `False`, the dataflow does not run.
            opts: Pulumi's resource options.
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
