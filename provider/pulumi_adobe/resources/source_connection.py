"""A source connection: which table or files of a source are read.

Adobe: database-nosql.md ("Create a dataflow for database sources"), cloud-storage.md; change-data-capture.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import pulumi

from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resource_types.source_connection import DATAFLOW_COLUMNS
from pulumi_adobe.resources.base import FlowServiceResource
from pulumi_adobe.resources.base_arguments import build_base_arguments
from pulumi_adobe.sources.names import SourceName

_TYPE_NAME: Final = "SourceConnection"


class SourceConnectionProvider(DynamicProvider):
    """The provider that every state with a source connection refers to by module and name."""

    resource_type: ClassVar[str] = _TYPE_NAME


class SourceConnection(FlowServiceResource, module="adobe", name="SourceConnection"):
    """A table, or files, of a base connection, or of a source that has no base connections.

    A change of name or description is an update. Any other change replaces the source connection, and the dataflows
    that read from it.
    """

    provider_class = SourceConnectionProvider

    name: pulumi.Output[str]
    description: pulumi.Output[str | None]
    base_connection_id: pulumi.Output[str | None]
    format: pulumi.Output[str]
    table: pulumi.Output[str | None]
    columns: pulumi.Output[Sequence[Mapping[str, Any]]]
    cdc: pulumi.Output[bool | None]
    path: pulumi.Output[str | None]
    recursive: pulumi.Output[bool | None]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        base_connection: FlowServiceResource | pulumi.Input[str] | None = None,
        table: pulumi.Input[str] | None = None,
        columns: pulumi.Input[Sequence[Mapping[str, Any]]] | None = None,
        path: pulumi.Input[str] | None = None,
        recursive: pulumi.Input[bool] | None = None,
        format: str | None = None,  # noqa: A002 - Adobe's word
        cdc: pulumi.Input[bool] | None = None,
        source: SourceName | None = None,
        connection_spec_id: str | None = None,
        connection_spec_version: str | None = None,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        draft: bool | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a source connection: a ``table`` of a table source, or ``path`` and ``format`` of a file source.

        Args:
            resource_name: The resource's name in Pulumi.
            base_connection: The base connection's resource, or its id. Omit it for a source that has no base
                connections, such as the Data Landing Zone.
            table: The table's path, as `explore_tables` returns it.
            columns: The columns to read, as `describe_table` returns them; by default all columns of the table.
            path: The path of a file or a folder, for sources of files.
            recursive: Whether the folders below the path are read too.
            format: `tabular`, `delimited`, `json` or `parquet`; by default `tabular` if there is no path.
            cdc: If `True`, runs also bring updates and deletions (change data capture). The source must support it, a
                Delta table needs the property `delta.enableChangeDataFeed = true`, and the dataset's schema a primary
                key and a version descriptor.
            source: The source's name in the catalogue; required if `base_connection` is an id or omitted.
            connection_spec_id: The id of a connection spec that the catalogue lacks, in place of `source`.
            connection_spec_version: The version of that connection spec, by default 1.0.
            name: The name in Experience Platform; by default the resource's name in Pulumi.
            description: The purpose.
            draft: If `True`, a draft is created. It is published once the argument is removed (Adobe: draft.md).
            adopt_id: The id of an existing source connection to adopt. Has no effect once this resource exists.
            opts: Pulumi's resource options.
        """
        base_arguments = build_base_arguments(
            resource_name, base_connection, source, connection_spec_id, connection_spec_version
        )
        arguments = {
            "name": resource_name if name is None else name,
            "description": description,
            "format": ("tabular" if path is None else None) if format is None else format,
            "table": table,
            "columns": columns,
            "cdc": cdc,
            "path": path,
            "recursive": recursive,
            "draft": draft or None,
            "adopt_id": adopt_id,
            **base_arguments,
        }
        self.may_report_changes = cdc is not None and cdc is not False
        """Whether change data capture is on, or its value is not known yet."""
        self._dataflow_columns: list[dict[str, Any]] = []
        dataflow_columns = self._list_columns_after(base_arguments["base_connection_id"])
        check_inputs = {} if table is None else {DATAFLOW_COLUMNS: dataflow_columns}
        super().__init__(resource_name, arguments, opts, check_inputs)

    def record_dataflow(self, resource_name: str, mapped: Sequence[str], delta_column: str | None) -> None:
        """Record the columns that a dataflow uses, so that they are checked before this source connection exists.

        Args:
            resource_name: The dataflow's name in Pulumi.
            mapped: The columns of its mapping.
            delta_column: Its delta column, None if it has none.
        """
        columns = {"dataflow": resource_name, "mapped": list(mapped), "deltaColumn": delta_column or ""}
        self._dataflow_columns.append(columns)

    def _list_columns_after(self, base_connection_id: pulumi.Input[str]) -> pulumi.Output[list[dict[str, Any]]]:
        """Return what the dataflows recorded by the time that the base connection exists, unknown until then.

        The SDK resolves outputs when the program has called all its constructors, except for those that the program
        calls in an `apply`. Such dataflows are checked on their own.
        """
        return pulumi.Output.from_input(base_connection_id).apply(lambda _: self._dataflow_columns)
