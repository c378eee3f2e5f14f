"""A source connection: which table, files, records or stream of a source are read.

Adobe: database-nosql.md ("Create a dataflow for database sources"), cloud-storage.md; change-data-capture.md; the page
of each source for its parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import pulumi

from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resource_types.source_connection import DATAFLOW_COLUMNS, find_default_format, needs_format
from pulumi_adobe.resources.base import FlowServiceResource
from pulumi_adobe.resources.base_arguments import build_base_arguments, find_source_spec
from pulumi_adobe.resources.base_connection import BaseConnection
from pulumi_adobe.resources.mapping import is_unresolved
from pulumi_adobe.resources.program_messages import build_arguments_error
from pulumi_adobe.schema.naming import LiteralKey
from pulumi_adobe.sources import ConnectionSpec
from pulumi_adobe.sources.names import SourceName

_TYPE_NAME: Final = "SourceConnection"


class SourceConnectionProvider(DynamicProvider):
    """The provider that every state with a source connection refers to by module and name."""

    resource_type: ClassVar[str] = _TYPE_NAME


class SourceConnection(FlowServiceResource, module="adobe", name="SourceConnection"):
    """A table, files, records or a stream of a base connection, or of a source that has no base connections.

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
    path_type: pulumi.Output[str | None]
    recursive: pulumi.Output[bool | None]
    column_delimiter: pulumi.Output[str | None]
    encoding: pulumi.Output[str | None]
    compression_type: pulumi.Output[str | None]
    params: pulumi.Output[Mapping[str, Any] | None]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        base_connection: FlowServiceResource | pulumi.Input[str] | None = None,
        table: pulumi.Input[str] | None = None,
        columns: pulumi.Input[Sequence[Mapping[str, Any]]] | None = None,
        path: pulumi.Input[str] | None = None,
        path_type: pulumi.Input[str] | None = None,
        recursive: pulumi.Input[bool] | None = None,
        format: str | None = None,  # noqa: A002 - Adobe's word
        column_delimiter: pulumi.Input[str] | None = None,
        encoding: pulumi.Input[str] | None = None,
        compression_type: pulumi.Input[str] | None = None,
        params: pulumi.Input[Mapping[str, pulumi.Input[Any]]] | None = None,
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
        """Declare a source connection. What it takes depends on the source.

        A source of tables takes a ``table``, one of files ``path`` and ``format``, all others their own ``params``.

        Args:
            resource_name: The resource's name in Pulumi.
            base_connection: The base connection's resource, or its id. Omit it for a source that has no base
                connections, such as the Data Landing Zone.
            table: The table's path, as `explore_tables` returns it.
            columns: The columns to read, as `describe_table` returns them; by default all columns of the table.
            path: The path of a file or a folder, for sources of files; `*` stands for any text.
            path_type: What the path names: `file` or `folder`.
            recursive: Whether the folders below the path are read too.
            format: `delimited`, `json` or `parquet` for files; other sources have one format, which is the default.
            column_delimiter: The character between the columns of delimited files. Adobe's default is a comma.
            encoding: The encoding of delimited files, `UTF-8` or `ISO-8859-1`.
            compression_type: How delimited and JSON files are compressed: `bzip2`, `gzip`, `deflate`, `zipDeflate`,
                `tarGzip` or `tar`.
            params: The parameters that only this source has, under Adobe's names, as in `{"eventHubName": "orders"}`.
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
        spec = find_source_spec(base_connection, source, connection_spec_id)
        default_format = find_default_format(spec, reads_table=path is None and params is None)
        if format is None and default_format is None and needs_format(spec):
            raise build_arguments_error(_TYPE_NAME, resource_name, [_describe_missing_format(spec)])
        arguments = {
            "name": name,
            "description": description,
            "format": default_format if format is None else format,
            "table": table,
            "columns": columns,
            "cdc": cdc,
            "path": path,
            "path_type": path_type,
            "recursive": recursive,
            "column_delimiter": column_delimiter,
            "encoding": encoding,
            "compression_type": compression_type,
            "params": _declare_params(params),
            "draft": draft,
            "adopt_id": adopt_id,
            **base_arguments,
        }
        self.source_spec = spec
        """The source in the catalogue; None if the catalogue lacks it."""
        self.has_raw_data = isinstance(base_connection, BaseConnection) and base_connection.has_raw_data
        """Whether the base connection says that the data which arrive are no XDM."""
        self.may_report_changes = cdc is not None and cdc is not False
        """Whether change data capture is on, or its value is not known yet."""
        self._dataflow_columns: list[dict[str, Any]] = []
        dataflow_columns = self._list_columns_after(base_arguments["base_connection_id"])
        is_described = table is not None if spec is None else bool(spec.source_connection.explore)
        check_inputs = {DATAFLOW_COLUMNS: dataflow_columns} if is_described else {}
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


def _declare_params(params: Any) -> Any:
    """Return the parameters with their names as they are; an output if the program gives one."""
    if is_unresolved(params):
        return pulumi.Output.from_input(params).apply(_declare_params)
    if not isinstance(params, Mapping):
        return params
    return {LiteralKey(name): value for name, value in params.items() if value is not None} or None


def _describe_missing_format(spec: ConnectionSpec | None) -> str:
    formats = spec.source_connection.formats if spec is not None else ("tabular", "delimited", "json", "parquet")
    title = f"{spec.title} has" if spec is not None else "Give one of"
    return f"format is missing. {title} {', '.join(formats)}"
