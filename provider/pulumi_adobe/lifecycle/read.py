"""Read: one GET, or an item of a list, turned into outputs and the inputs that would declare the entity as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.duplicate_warnings import warn_after_read
from pulumi_adobe.lifecycle.entity import describe_foreign_change, entity_to_inputs, is_complete
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.replacements import keep_predecessors
from pulumi_adobe.lifecycle.unconfirmed_secrets import keep_confirmation
from pulumi_adobe.schema.values import Properties


@dataclass(frozen=True)
class ReadState:
    """The outputs of a resource, and the inputs that would declare it as it is."""

    outputs: Properties
    inputs: Properties


def read(operation: ResourceOperation, id_: str) -> ReadState | None:
    """Return the resource as it is now; None if it is gone.

    The inputs of ``operation`` are the prior outputs. Secrets are taken from them, because Flow Service masks its own.
    """
    context, schema, prior_outputs = operation.context, operation.resource_schema, operation.inputs
    context.require_same_place(schema, prior_outputs)
    context.learn_secrets(schema, prior_outputs)
    try:
        entity = _read_entity(operation, id_)
    except NotFound as error:
        if operation.hooks.may_be_hidden(prior_outputs):
            raise error.with_context(
                f"{operation.describe(id_)} was deleted, or these credentials may not see it: {error.message}"
            ) from error
        for text in operation.hooks.describe_missing(operation, id_):
            context.show_message(text)
        return None
    # An entity that Flow Service is initializing has no etag; the one of the state remains the one that was seen last.
    etag = entity.get("etag") or prior_outputs.get("etag")
    if prior_outputs.get("etag") not in (None, etag):
        context.show_message(describe_foreign_change(operation.describe(id_), entity))
    for text in operation.hooks.describe_drift(operation, id_, entity):
        context.show_message(text)
    unreadable = {name: prior_outputs[name] for name in schema.unreadable_inputs if name in prior_outputs}
    extra = operation.hooks.read_extra(operation, entity, prior_outputs)
    inputs = {**entity_to_inputs(schema, entity), **unreadable, **extra}
    context.replacements.record_entity(operation.key, id_, prior_outputs)
    warn_after_read(operation, id_, entity)
    notes = {**keep_confirmation(prior_outputs), **keep_predecessors(prior_outputs)}
    outputs = {**operation.build_outputs(inputs, {**entity, "etag": etag}), **notes}
    # The program does not give computed values: as inputs, a preview would show them as removed.
    computed = schema.select_computed_values(inputs)
    return ReadState(outputs, {name: value for name, value in inputs.items() if name not in computed})


def _read_entity(operation: ResourceOperation, id_: str) -> Mapping[str, Any]:
    context, scope = operation.context, operation.scope
    if context.options.refresh_from == "list" and scope is not None:
        listed_entity = context.existing_entities.find_by_id(scope, id_)
        if listed_entity is not None and is_complete(operation.resource_schema, operation.inputs, listed_entity):
            return listed_entity
    return operation.service.get(operation.collection, id_)
