"""The life-cycle hooks of a source connection: columns are checked against the table, and read from it by default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.resource_types.change_data_capture import find_unsupported_source
from pulumi_adobe.resource_types.draft_hooks import DraftHooks
from pulumi_adobe.resource_types.source_connection import SCHEMA
from pulumi_adobe.resource_types.source_connection_checks import find_source_problems
from pulumi_adobe.schema.values import UNKNOWN, Properties

_ASKED_INPUTS: Final = ("baseConnectionId", "tableName", "columns", "path", "format")


class SourceConnectionHooks(DraftHooks):
    """Check declared columns, and find out the others."""

    def validate(
        self, context: ProviderContext, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the problems of table, path and columns. The source is asked only if one of them changed."""
        format_ = new_inputs.get("format")
        if format_ == "tabular" and new_inputs.get("tableName") is None:
            yield "table: is missing"
            return
        if format_ != "tabular" and format_ is not UNKNOWN and new_inputs.get("path") is None:
            yield "path: is missing"
            return
        yield from find_unsupported_source(new_inputs)
        if any(prior_outputs.get(name) != new_inputs.get(name, prior_outputs.get(name)) for name in _ASKED_INPUTS):
            resource = describe_resource(SCHEMA, new_inputs)
            yield from context.preview_checks.judge(resource, find_source_problems(context, resource, new_inputs))

    def resolve(self, operation: ResourceOperation, planned_inputs: Mapping[str, Any]) -> Properties:
        """Return the inputs with the columns of the table, if the program gives none."""
        if planned_inputs.get("columns") is None and isinstance(planned_inputs.get("tableName"), str):
            columns = operation.context.metadata.get_columns(
                str(planned_inputs["baseConnectionId"]), str(planned_inputs["tableName"])
            )
            return {**planned_inputs, "columns": list(columns)}
        return dict(planned_inputs)
