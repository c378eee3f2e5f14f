"""The entry points of the life cycle: what the adapters call, one method for each call of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import ResponseError
from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.lifecycle.diff import ResourceDiff
from pulumi_adobe.lifecycle.errors import PartialFailure
from pulumi_adobe.lifecycle.former_spec import describe_former_spec
from pulumi_adobe.lifecycle.operation import LifecycleHooks, ResourceOperation
from pulumi_adobe.lifecycle.ownership import changes_owner, describe_renamed_stack
from pulumi_adobe.lifecycle.unconfirmed_secrets import diff_with_secrets
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.values import Properties

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.create import CreatedResource
    from pulumi_adobe.lifecycle.read import ReadState


_DECLARED_COLLECTIONS: Final = ("sourceConnections", "targetConnections")


class Lifecycle:
    """The life cycle of one resource type in one organization's sandbox. Every method may raise an `AdobeError`.

    The modules that read and write are imported when they are needed: a run without changes only checks and compares.
    """

    def __init__(self, resource_schema: ResourceSchema, hooks: LifecycleHooks, context: ProviderContext) -> None:
        self._resource_schema = resource_schema
        self._hooks = hooks
        self._context = context

    def validate(self, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Iterable[str]:
        """Return what the resource type finds wrong with the inputs, beyond each field by itself."""
        return self._hooks.validate(self._context, prior_outputs, new_inputs)

    def check(self, prior_inputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> None:
        """Record inputs that have no problems. If the resource is new, warn about what a create would refuse.

        May raise a `FlowServiceError`: the credentials, the organization or the sandbox are wrong.
        """
        # Secrets come first: the answer to the look-up may echo one.
        self._context.learn_secrets(self._resource_schema, inputs)
        self._context.claims.record_check(inputs)
        operation, replacements = self._create_operation(inputs), self._context.replacements
        if self._resource_schema.collection in _DECLARED_COLLECTIONS:
            self._context.declared_inputs[self._resource_schema.type_name, operation.owner] = inputs
        if prior_inputs:
            prior_operation = self._create_operation(prior_inputs)
            replacements.record_existing(operation.key, prior_operation.scope, prior_operation.name)
        elif replacements.exists(operation.key):
            self._plan_replacement(operation)
        else:
            from pulumi_adobe.lifecycle import create  # noqa: PLC0415 - see Lifecycle

            create.warn_about_existing(operation)
            self._context.new_owners[operation.collection].add(operation.owner)

    def is_replacement(self, inputs: Mapping[str, Any]) -> bool:
        """Return whether the resource exists, so that its check without prior inputs is that of a replacement."""
        return self._context.replacements.exists(self._create_operation(inputs).key)

    def diff(self, id_: str, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> ResourceDiff:
        """Return what an update would do.

        Sends nothing if there is nothing to do; else the token request and, for a replacement, what uses the entity.
        """
        schema, context = self._resource_schema, self._context
        context.require_same_place(schema, prior_outputs)
        operation = self._create_operation(new_inputs)
        planned_inputs = operation.plan_inputs(prior_outputs)
        former_spec = describe_former_spec(prior_outputs, new_inputs)
        if former_spec:
            context.show_message_once(f"warning: {describe_resource(schema, new_inputs, id_)}: {former_spec}.")
        send_secrets = context.options.sends_secrets_of(id_)
        resource_diff = diff_with_secrets(schema, prior_outputs, planned_inputs, send=send_secrets)
        if changes_owner(context.options, prior_outputs, new_inputs):
            resource_diff = replace(resource_diff, state_only=(*resource_diff.state_only, "owner"))
            warning = describe_renamed_stack(str(prior_outputs["owner"]), str(new_inputs.get("owner")))
            if warning is not None:
                context.show_message_once(warning)
        hook_replaces = self._hooks.requires_replace(context, prior_outputs, planned_inputs)
        replaces = tuple(dict.fromkeys((*resource_diff.replaces, *hook_replaces)))
        context.replacements.record_entity(operation.key, id_, prior_outputs)
        context.preview_checks.record_change(id_, is_pending=bool(replaces) or resource_diff.changes_auth_parameters)
        if resource_diff or replaces:
            operation.check_access()
        if not replaces:
            context.claims.record_diff(id_, new_inputs)
            return resource_diff
        self._plan_replacement(operation)
        deletes_first = self._hooks.deletes_before_replace(context, id_, prior_outputs, planned_inputs)
        return replace(resource_diff, replaces=replaces, delete_before_replace=deletes_first)

    def create(self, inputs: Mapping[str, Any]) -> CreatedResource:
        """Create the resource, or adopt an existing one; see the module `create`."""
        from pulumi_adobe.lifecycle import create  # noqa: PLC0415 - see Lifecycle

        with self._explain_refusals("", {}, inputs):
            return create.create(self._create_operation(inputs))

    def read(self, id_: str, prior_outputs: Mapping[str, Any]) -> ReadState | None:
        """Return the resource as it is now, None if it is gone; see the module `read`."""
        from pulumi_adobe.lifecycle import read  # noqa: PLC0415 - see Lifecycle

        with self._explain_refusals(id_, prior_outputs, {}):
            return read.read(self._create_operation(prior_outputs), id_)

    def import_existing(self, id_: str, owner: str) -> ReadState:
        """Return the entity as an import stores it; see the module `import_entity`."""
        from pulumi_adobe.lifecycle import import_entity  # noqa: PLC0415 - see Lifecycle

        return import_entity.import_entity(self._create_operation({"owner": owner}), id_)

    def update(self, id_: str, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Properties:
        """Update the resource in place; see the module `update`."""
        from pulumi_adobe.lifecycle import update  # noqa: PLC0415 - see Lifecycle

        with self._explain_refusals(id_, prior_outputs, new_inputs):
            outputs = update.update(self._create_operation(new_inputs), id_, prior_outputs)
        self._context.preview_checks.record_change(id_, is_pending=False)
        return outputs

    def delete(self, id_: str, prior_outputs: Mapping[str, Any], owner: str = "") -> None:
        """Delete the resource; see the module `delete`.

        ``owner`` is the resource in the stack that deletes it, which the state recorded under another name if the
        stack was renamed or copied since. By default it is the recorded one.
        """
        from pulumi_adobe.lifecycle import delete  # noqa: PLC0415 - see Lifecycle

        with self._explain_refusals(id_, prior_outputs, {}):
            delete.delete(self._create_operation(prior_outputs), id_, owner or str(prior_outputs.get("owner", "")))

    @contextmanager
    def _explain_refusals(
        self, id_: str, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
    ) -> Iterator[None]:
        """Add to an error about this entity the advice of the resource type, if it has any.

        ``id_`` is empty for a create. Then only what fails after it is about the entity.
        """
        try:
            yield
        except AdobeError as error:
            cause, entity_id = (error.cause, error.id) if isinstance(error, PartialFailure) else (error, id_)
            if not isinstance(cause, ResponseError) or not entity_id or entity_id not in cause.message:
                raise
            hint = self._hooks.explain_refusal(self._context, cause, prior_outputs, new_inputs)
            if not hint:
                raise
            explained_error = cause.with_context(hint=hint)
            if isinstance(error, PartialFailure):
                raise PartialFailure(explained_error, error.id, error.outputs) from error
            raise explained_error from error

    def _plan_replacement(self, operation: ResourceOperation) -> None:
        for predecessor_id in self._context.replacements.plan(operation.key):
            # A diff without a change may have claimed it before: the program can ask for a replacement in other ways.
            self._context.claims.release(predecessor_id)

    def _create_operation(self, inputs: Mapping[str, Any]) -> ResourceOperation:
        return ResourceOperation(self._context, self._resource_schema, self._hooks, inputs)
