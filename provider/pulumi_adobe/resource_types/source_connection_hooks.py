"""The life-cycle hooks of a source connection: columns are checked against the table, and read from it by default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.resource_types.change_data_capture import CDC_FIELD, find_unsupported_source
from pulumi_adobe.resource_types.draft_hooks import DraftHooks
from pulumi_adobe.resource_types.parameters import is_parameter
from pulumi_adobe.resource_types.source_connection import FILE_FIELDS, SCHEMA, select_parameters
from pulumi_adobe.resource_types.source_connection_checks import (
    find_base_connection_problem,
    find_source_problems,
    find_spec_problem,
)
from pulumi_adobe.resource_types.source_forms import (
    describe_unknown_parameters,
    find_form_problems,
    find_parameter_problems,
)
from pulumi_adobe.schema.values import Properties
from pulumi_adobe.sources import find_declared_spec

_FILE_INPUTS: Final = tuple(field.name for field in FILE_FIELDS)
_ASKED_INPUTS: Final = ("baseConnectionId", "tableName", "columns", "path", "format", *_FILE_INPUTS)


class SourceConnectionHooks(DraftHooks):
    """Check declared columns, and find out the others."""

    def validate(
        self, context: ProviderContext, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the problems of what the source takes, and of table, path and columns.

        The source is asked only if one of them changed.
        """
        labels = context.get_labels(SCHEMA)
        problem = find_base_connection_problem(labels["baseConnectionId"], new_inputs)
        if problem:
            yield problem
            return
        resource = describe_resource(SCHEMA, new_inputs)
        # The parameters of many sources have one page each that nobody has tried: `adobe:previewChecks` decides.
        parameter_problems = context.preview_checks.judge(resource, find_parameter_problems(labels, new_inputs))
        problems = [*find_form_problems(labels, new_inputs), *parameter_problems]
        if problems:
            yield from problems
            return
        for text in describe_unknown_parameters(new_inputs):
            context.show_message_once(f"warning: {resource}: {text}")
        yield from find_unsupported_source(labels[CDC_FIELD], new_inputs)
        if prior_outputs.get("connectionSpec") != new_inputs.get("connectionSpec"):
            problem = find_spec_problem(context, resource, new_inputs)
            yield from context.preview_checks.judge(resource, [problem] if problem else [])
        asked = {*_ASKED_INPUTS, *filter(is_parameter, {**prior_outputs, **new_inputs})}
        if any(prior_outputs.get(name) != new_inputs.get(name, prior_outputs.get(name)) for name in asked):
            yield from context.preview_checks.judge(resource, find_source_problems(context, resource, new_inputs))

    def resolve(self, operation: ResourceOperation, planned_inputs: Mapping[str, Any]) -> Properties:
        """Return the inputs with the columns of the table, if the program gives none."""
        has_columns = any(field.name == "columns" for field in operation.resource_schema.fields)
        if has_columns and planned_inputs.get("columns") is None and isinstance(planned_inputs.get("tableName"), str):
            columns = operation.context.metadata.get_columns(
                str(planned_inputs["baseConnectionId"]), str(planned_inputs["tableName"])
            )
            return {**planned_inputs, "columns": list(columns)}
        return dict(planned_inputs)

    def find_import_inputs(self, context: ProviderContext, entity: Mapping[str, Any]) -> Properties:
        """Return the parameters that have no argument of their own, and whether it is a draft."""
        parameters = select_parameters(entity, find_declared_spec(entity))
        return {**super().find_import_inputs(context, entity), **parameters}
