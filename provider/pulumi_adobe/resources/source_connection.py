"""A source connection: which table or files of a source are read.

Adobe: database-nosql.md ("Create a dataflow for database sources"), cloud-storage.md; change-data-capture.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pulumi

from pulumi_adobe.declaration import UNKNOWN, ResourceSchema, Field, Properties
from pulumi_adobe.dynamic import DynamicProvider
from pulumi_adobe.members import get_member
from pulumi_adobe.near import suggest_name
from pulumi_adobe.resources.connection_fields import ADOPT_ID, NAME_AND_DESCRIPTION, CONNECTION_SPEC
from pulumi_adobe.resources.declared import FlowServiceResource
from pulumi_adobe.resources.drafts import DRAFT, DraftHooks
from pulumi_adobe.sources import connection_specs

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.job import ResourceOperation
    from pulumi_adobe.lifecycle.run import ProviderContext

_KIND: Final = "SourceConnection"
FORMATS: Final = ("tabular", "delimited", "json", "parquet")


class SourceConnectionHooks(DraftHooks):
    """Columns that the program leaves out are those of the table when it is made."""

    def validate(self, context: ProviderContext, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Iterable[str]:
        """What the table has to say; it is asked where something of it is new, and out of reach it is a warning."""
        base, table = new_inputs.get("baseConnectionId"), new_inputs.get("tableName")
        format_ = new_inputs.get("format")
        if format_ == "tabular" and table is None:
            yield "table: is missing"
        if format_ != "tabular" and format_ is not UNKNOWN and new_inputs.get("path") is None:
            yield "path: is missing"
        columns = new_inputs.get("columns")
        checked_names = ("baseConnectionId", "tableName", "columns")
        if not isinstance(base, str) or not isinstance(table, str) or not isinstance(columns, list):
            return
        if all(prior_outputs.get(name) == new_inputs.get(name) for name in checked_names):
            return
        try:
            column_names = [column["name"] for column in context.metadata.get_columns(base, table)]
        except context.service_error as error:
            context.show_message(f"warning: the columns of {table} could not be asked for: {error}")
            return
        for column in columns:
            name = get_member(column, "name")
            if isinstance(name, str) and name not in column_names:
                yield f"columns: {table} has no column {name}{suggest_name(name, column_names)}"

    def resolve(self, operation: ResourceOperation, new_inputs: Mapping[str, Any]) -> Properties:
        """With the columns."""
        if new_inputs.get("columns") is None and isinstance(new_inputs.get("tableName"), str):
            columns = operation.context.metadata.get_columns(str(new_inputs["baseConnectionId"]), str(new_inputs["tableName"]))
            return {**new_inputs, "columns": list(columns)}
        return dict(new_inputs)


def _validate_format(value: str) -> str | None:
    return None if value in FORMATS else f"must be one of {', '.join(FORMATS)}"


class SourceConnectionProvider(DynamicProvider):
    """The provider that stands, as a reference to this class, in the state of every source connection."""

    declaration: ClassVar[ResourceSchema] = ResourceSchema(
        _KIND,
        "sourceConnections",
        (
            *NAME_AND_DESCRIPTION,
            # Adobe: update-dataflows.md: what a source connection reads is not to be updated under a dataflow.
            Field("baseConnectionId", ("baseConnectionId",), "base_connection_id", required=True, replace_on_changes=True),
            Field("format", ("data", "format"), "format", required=True, replace_on_changes=True, validate=_validate_format),
            Field("tableName", ("params", "tableName"), "table", replace_on_changes=True),
            Field("columns", ("params", "columns"), "columns", replace_on_changes=True, type=list, computed=True),
            Field("cdcEnabled", ("params", "cdcEnabled"), "cdc", replace_on_changes=True, type=bool),
            Field("path", ("params", "path"), "path", replace_on_changes=True),
            Field("recursive", ("params", "recursive"), "recursive", replace_on_changes=True, type=bool),
            CONNECTION_SPEC,
            DRAFT,
            ADOPT_ID,
        ),
        atomic_pointers=(),
        duplicate_scope=("baseConnectionId",),
        has_connection_test=False,
        hooks=SourceConnectionHooks(),
    )


class SourceConnection(FlowServiceResource, module="adobe", name="SourceConnection"):
    """A table, or files, of a base connection.

    A change of its name or description updates it; of anything else replaces it, and the dataflows that read from it.
    """

    provider_class = SourceConnectionProvider

    name: pulumi.Output[str]
    description: pulumi.Output[str | None]
    base_connection_id: pulumi.Output[str]
    format: pulumi.Output[str]
    table: pulumi.Output[str | None]
    columns: pulumi.Output[Sequence[Mapping[str, Any]]]
    cdc: pulumi.Output[bool | None]
    path: pulumi.Output[str | None]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        base_connection: FlowServiceResource | pulumi.Input[str],
        table: pulumi.Input[str] | None = None,
        columns: pulumi.Input[Sequence[Mapping[str, Any]]] | None = None,
        path: pulumi.Input[str] | None = None,
        recursive: pulumi.Input[bool] | None = None,
        format: str | None = None,  # noqa: A002 - Adobe's word
        cdc: pulumi.Input[bool] | None = None,
        source: str | None = None,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        draft: bool | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare it: a ``table`` of a table source, or a ``path`` of a file source with its ``format``.

        Args:
            resource_name: What Pulumi calls it.
            base_connection: The base connection's resource, or its id.
            table: The table's path, as `explore_tables` gives it.
            columns: The columns to read, as `describe_table` gives them; all of the table where they are left out.
            path: The path of a file or a folder, for sources of files.
            recursive: Whether folders below the path are read too.
            format: `tabular`, `delimited`, `json` or `parquet`; `tabular` without a path.
            cdc: Change data capture, which the table must offer (Delta: `delta.enableChangeDataFeed = true`).
            source: With the id of a base connection: the source's name in the catalogue.
            name: Its name in Experience Platform; the resource's where it is left out.
            description: What it is for.
            draft: `True` makes a draft, which is published as soon as that is taken away (Adobe: draft.md).
            adopt_id: The id of one to take over, where this one is not made yet; without effect afterwards.
            opts: Pulumi's options.
        """
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
            **_build_base_arguments(resource_name, base_connection, source),
        }
        super().__init__(resource_name, arguments, opts)


def _build_base_arguments(
    resource_name: str, base: FlowServiceResource | pulumi.Input[str], source: str | None
) -> dict[str, pulumi.Input[Any]]:
    if isinstance(base, FlowServiceResource):
        return {"base_connection_id": base.id, "connection_spec": base.connection_spec}
    spec = connection_specs().get(source or "")
    if spec is None:
        suggestion = suggest_name(source, connection_specs()) if source else ""
        raise pulumi.RunError(
            f'{_KIND} "{resource_name}": with the id of a base connection, source must name its source{suggestion}.'
        )
    return {"base_connection_id": base, "connection_spec": {"id": spec.id, "version": spec.version}}
