"""The life cycle of a declared resource, written once: check, diff, create, read, update and delete on Flow Service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pulumi_adobe.declaration import ResourceSchema, Properties
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.difference import ResourceDiff
from pulumi_adobe.lifecycle.entity import describe_foreign_change, entity_to_inputs
from pulumi_adobe.lifecycle.job import ResourceOperation
from pulumi_adobe.lifecycle.run import ProviderContext
from pulumi_adobe.lifecycle.unconfirmed import keep_confirmation, diff_with_secrets

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.making import CreatedResource


@dataclass(frozen=True)
class ReadState:
    """What a read found: the outputs, and the inputs that would declare it as it is."""

    outputs: Properties
    inputs: Properties


class Lifecycle:
    """One kind of resource in one organization's sandbox. Every method may raise an `AdobeError`.

    What writes is imported where it is needed: a run without changes only checks and compares.
    """

    def __init__(self, resource_schema: ResourceSchema, context: ProviderContext) -> None:
        self._resource_schema = resource_schema
        self._context = context

    def check(self, inputs: Mapping[str, Any], *, exists: bool) -> None:
        """The inputs are in order. Where none ``exists`` yet, say what a create would refuse; it never fails."""
        # First of all: what the service answers to the look-up may echo a secret.
        self._context.learn_secrets(self._resource_schema, inputs)
        self._context.claims.record_check(inputs, exists=exists)
        if not exists and not self._context.claims.is_replacement(str(inputs.get("owner"))):
            from pulumi_adobe.lifecycle import making  # noqa: PLC0415 - see Lifecycle

            making.warn_about_existing(self._create_operation(inputs))

    def validate(self, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Iterable[str]:
        """What this kind of resource finds wrong with its inputs beyond each field by itself."""
        return self._resource_schema.hooks.validate(self._context, prior_outputs, new_inputs)

    def diff(self, id_: str, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> ResourceDiff:
        """What an update would do; sends nothing."""
        self._context.require_same_place(self._resource_schema, prior_outputs)
        planned_inputs = self._resource_schema.plan(prior_outputs, new_inputs)
        resource_diff = diff_with_secrets(self._resource_schema, prior_outputs, planned_inputs, send=id_ in self._context.options.send_secrets)
        hook_replaces = self._resource_schema.hooks.requires_replace(prior_outputs, planned_inputs)
        resource_diff = replace(resource_diff, replaces=tuple(dict.fromkeys((*resource_diff.replaces, *hook_replaces))))
        self._context.claims.record_diff(id_, new_inputs, replaces=bool(resource_diff.replaces))
        return resource_diff

    def create(self, inputs: Mapping[str, Any]) -> CreatedResource:
        """Make it, or take it over; see `making`."""
        from pulumi_adobe.lifecycle import making  # noqa: PLC0415 - see Lifecycle

        return making.create(self._create_operation(inputs))

    def read(self, id_: str, prior_outputs: Mapping[str, Any]) -> ReadState | None:
        """GET. None where it is gone. Secrets are those of ``kept``, the old outputs: Flow Service masks its own."""
        job, run, declaration = self._create_operation(prior_outputs), self._context, self._resource_schema
        run.require_same_place(declaration, prior_outputs)
        run.learn_secrets(declaration, prior_outputs)
        try:
            entity = self._read_entity(job, id_)
        except NotFound:
            return None
        if prior_outputs.get("etag") not in (None, entity.get("etag")):
            run.show_message(describe_foreign_change(job.describe(id_), entity))
        unreadable_inputs = {name: prior_outputs[name] for name in declaration.unreadable_inputs if name in prior_outputs}
        inputs = {**entity_to_inputs(declaration, entity), **unreadable_inputs, **declaration.hooks.read_extra(entity, prior_outputs)}
        # What was found out is no input: the program does not give it, and a preview would show it as taken away.
        computed_names = {field.name for field in declaration.fields if field.computed}
        declared_inputs = {name: value for name, value in inputs.items() if name not in computed_names}
        return ReadState({**job.build_outputs(inputs, entity), **keep_confirmation(prior_outputs)}, declared_inputs)

    def update(self, id_: str, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Properties:
        """Change it in place; see `changing`."""
        from pulumi_adobe.lifecycle import changing  # noqa: PLC0415 - see Lifecycle

        return changing.update(self._create_operation(new_inputs), id_, prior_outputs)

    def delete(self, id_: str, prior_outputs: Mapping[str, Any]) -> None:
        """Delete it; see `removing`."""
        from pulumi_adobe.lifecycle import removing  # noqa: PLC0415 - see Lifecycle

        removing.delete(self._create_operation(prior_outputs), id_)

    def _read_entity(self, operation: ResourceOperation, id_: str) -> Mapping[str, Any]:
        if operation.context.options.refresh_from == "list" and operation.scope is not None:
            listed_entity = operation.context.list_pages.find(operation.scope, id_)
            if listed_entity is not None and listed_entity.get("etag"):
                return listed_entity
        return operation.service.get(operation.collection, id_)

    def _create_operation(self, inputs: Mapping[str, Any]) -> ResourceOperation:
        return ResourceOperation(self._context, self._resource_schema, inputs)
