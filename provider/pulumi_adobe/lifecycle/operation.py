"""One resource operation, and the hooks by which a resource type adds to the life cycle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pulumi_adobe.lifecycle.cache.existing_entities import Scope, build_scope
from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.lifecycle.entity import build_outputs
from pulumi_adobe.lifecycle.former_spec import keep_former_spec
from pulumi_adobe.lifecycle.preview_checks import ACCESS
from pulumi_adobe.lifecycle.replacements import ResourceKey
from pulumi_adobe.lifecycle.spec_version import keep_spec_version
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.values import Properties

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.flow_service.errors import ResponseError


class LifecycleHooks:
    """What a resource type does beyond its schema. The methods of this class do nothing.

    ``prior_outputs`` are the outputs that the state holds, empty for a new resource; ``new_inputs`` are the inputs of
    the program.
    """

    def validate(
        self,
        _context: ProviderContext,
        _prior_outputs: Mapping[str, Any],
        _new_inputs: Mapping[str, Any],
    ) -> Iterable[str]:
        """Return the problems that only the prior outputs, the clock or Flow Service can show. Called by check."""
        return ()

    def plan(self, _prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Properties:
        """Return the inputs with everything that follows from them, `UNKNOWN` for what only the update will know.

        Called by diff and before each write. Must not send a request.
        """
        return dict(new_inputs)

    def requires_replace(
        self, _context: ProviderContext, _prior_outputs: Mapping[str, Any], _planned_inputs: Mapping[str, Any]
    ) -> tuple[str, ...]:
        """Return the fields whose change requires a replacement this time. Called by diff. Must not send a request."""
        return ()

    def deletes_before_replace(
        self, _context: ProviderContext, _id: str, _prior_outputs: Mapping[str, Any], _planned_inputs: Mapping[str, Any]
    ) -> bool:
        """Return whether a replacement deletes the old entity first. By default it creates the new one first.

        Called by diff if it plans a replacement, so this may send requests: a preview without changes sends none.
        """
        return False

    def resolve(self, _operation: ResourceOperation, planned_inputs: Mapping[str, Any]) -> Properties:
        """Return the planned inputs with what had to be read or created for them. Called right before a write."""
        return dict(planned_inputs)

    def after_write(self, _operation: ResourceOperation, _id: str, outputs: Properties) -> Properties:
        """Do what is left to do after a write, and return the outputs with what that changed."""
        return outputs

    def describe_drift(self, _operation: ResourceOperation, _id: str, _entity: Mapping[str, Any]) -> Iterable[str]:
        """Return what a user has to know about a difference that a read finds. Called by read; may send requests."""
        return ()

    def describe_missing(self, _operation: ResourceOperation, _id: str) -> Iterable[str]:
        """Return what a user has to know of an entity that a read does not find, and that counts as deleted."""
        return ()

    def may_be_hidden(self, _properties: Mapping[str, Any]) -> bool:
        """Return whether credentials may not see an existing entity with these properties.

        Called after a 404, which then does not prove that the entity is gone.
        """
        return False

    def explain_refusal(
        self,
        _context: ProviderContext,
        _error: ResponseError,
        _prior_outputs: Mapping[str, Any],
        _new_inputs: Mapping[str, Any],
    ) -> str:
        """Return what to do about an error of Flow Service that is about this entity; empty for the usual advice.

        ``_prior_outputs`` are empty for a create, ``_new_inputs`` for a read and a delete.
        """
        return ""

    def read_extra(
        self, _operation: ResourceOperation, _entity: Mapping[str, Any], _prior_outputs: Mapping[str, Any]
    ) -> Properties:
        """Return the inputs that a read finds besides the fields of the schema."""
        return {}

    def find_import_inputs(self, _context: ProviderContext, _entity: Mapping[str, Any]) -> Properties:
        """Return the inputs of an import that stand in the entity at no fixed place. May send requests."""
        return {}

    def derive_outputs(self, _entity: Mapping[str, Any]) -> Properties:
        """Return the outputs of an import that stand in the entity at no fixed place. Must not send a request."""
        return {}


@dataclass(frozen=True)
class ResourceOperation:
    """One call of the engine about one resource.

    ``inputs`` are the inputs of the program; for a read or a delete they are the prior outputs. ``prior_outputs`` are
    those that an update or an adoption starts from; they are empty for a new resource.
    """

    context: ProviderContext
    resource_schema: ResourceSchema
    hooks: LifecycleHooks
    inputs: Mapping[str, Any]
    prior_outputs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def service(self) -> FlowServiceClient:
        """The client of Flow Service for the context's organization and sandbox."""
        return self.context.service

    @property
    def collection(self) -> str:
        """The API's path segment."""
        return self.resource_schema.collection

    @property
    def name(self) -> str:
        """The entity's name in Flow Service."""
        return str(self.inputs.get("name", ""))

    @property
    def owner(self) -> str:
        """The resource of the program, as project/stack/resource."""
        return str(self.inputs.get("owner", ""))

    @property
    def key(self) -> ResourceKey:
        """The resource of the program, among those of all types."""
        return ResourceKey(self.collection, self.owner)

    @property
    def scope(self) -> Scope | None:
        """The scope in which another entity of this name would be a duplicate; None while it is not known."""
        return build_scope(self.resource_schema, self.resource_schema.to_body(self.inputs))

    def plan_inputs(self, prior_outputs: Mapping[str, Any]) -> Properties:
        """Return the inputs with the computed values of ``prior_outputs`` and with what the hooks plan."""
        known = {**self.resource_schema.select_computed_values(prior_outputs), **self.inputs}
        known = keep_former_spec(prior_outputs, keep_spec_version(prior_outputs, known))
        return self.hooks.plan(prior_outputs, known)

    def resolve_inputs(self, prior_outputs: Mapping[str, Any]) -> ResourceOperation:
        """Return the operation with inputs that are complete enough to be sent."""
        inputs = self.hooks.resolve(self, self.plan_inputs(prior_outputs))
        return replace(self, inputs=inputs, prior_outputs=prior_outputs)

    def run_after_write(self, id_: str, outputs: Properties) -> Properties:
        """Run the hook that follows a write, and return the outputs."""
        return self.hooks.after_write(self, id_, outputs)

    def check_access(self) -> None:
        """Fetch the token that the write will need; raise the error if the credentials are refused."""

        def authenticate() -> None:
            # Here, not as a bound method: the client is created only if something is asked.
            self.service.authenticate()

        self.context.preview_checks.ask(ACCESS, "access", self.describe(), authenticate)

    def describe(self, id_: str = "") -> str:
        """Return the resource as messages name it, such as `Dataflow "orders" (6f1c…)`."""
        return describe_resource(self.resource_schema, self.inputs, id_)

    def build_outputs(self, inputs: Mapping[str, Any], entity: Mapping[str, Any]) -> Properties:
        """Return what the state holds for these inputs and this entity."""
        credentials = self.context.credentials
        return build_outputs(self.resource_schema, inputs, entity, credentials.org_id, credentials.sandbox)
