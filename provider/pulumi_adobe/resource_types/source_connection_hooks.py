"""The life-cycle hooks of a source connection: columns are checked against the table, and read from it by default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.resource_types.draft_hooks import DraftHooks
from pulumi_adobe.schema.values import UNKNOWN, Properties
from pulumi_adobe.suggestions import suggest_name

_TABLE_INPUTS: Final = ("baseConnectionId", "tableName", "columns")


class SourceConnectionHooks(DraftHooks):
    """Check declared columns, and find out the others."""

    def validate(
        self, context: ProviderContext, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the problems of table, path and columns. The table is read only if one of them changed."""
        format_ = new_inputs.get("format")
        if format_ == "tabular" and new_inputs.get("tableName") is None:
            yield "table: is missing"
        if format_ != "tabular" and format_ is not UNKNOWN and new_inputs.get("path") is None:
            yield "path: is missing"
        if any(prior_outputs.get(name) != new_inputs.get(name) for name in _TABLE_INPUTS):
            yield from _find_unknown_columns(context, new_inputs)

    def resolve(self, operation: ResourceOperation, planned_inputs: Mapping[str, Any]) -> Properties:
        """Return the inputs with the columns of the table, if the program gives none."""
        if planned_inputs.get("columns") is None and isinstance(planned_inputs.get("tableName"), str):
            columns = operation.context.metadata.get_columns(
                str(planned_inputs["baseConnectionId"]), str(planned_inputs["tableName"])
            )
            return {**planned_inputs, "columns": list(columns)}
        return dict(planned_inputs)


def _find_unknown_columns(context: ProviderContext, new_inputs: Mapping[str, Any]) -> Iterable[str]:
    base_id, table, columns = (new_inputs.get(name) for name in _TABLE_INPUTS)
    if not isinstance(base_id, str) or not isinstance(table, str) or not isinstance(columns, list):
        return
    try:
        column_names = [column["name"] for column in context.metadata.get_columns(base_id, table)]
    except FlowServiceError as error:
        context.show_message(f"warning: the columns of {table} could not be read: {error}")
        return
    for column in columns:
        name = get_member(column, "name")
        if isinstance(name, str) and name not in column_names:
            yield f"columns: {table} has no column {name}{suggest_name(name, column_names)}"
