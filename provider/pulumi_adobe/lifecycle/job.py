"""One resource that the engine asks about, in the run that it is part of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pulumi_adobe.declaration import ResourceSchema, Properties
from pulumi_adobe.lifecycle.entity import build_outputs
from pulumi_adobe.lifecycle.existing import Scope, build_scope
from pulumi_adobe.lifecycle.run import ProviderContext, describe_resource

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient


@dataclass(frozen=True)
class ResourceOperation:
    """What kind of resource it is and which properties are wanted, or, for a delete, known."""

    context: ProviderContext
    resource_schema: ResourceSchema
    inputs: Mapping[str, Any]

    @property
    def service(self) -> FlowServiceClient:
        """Flow Service, in the organization and sandbox of the run."""
        return self.context.service

    @property
    def collection(self) -> str:
        """The API's path segment."""
        return self.resource_schema.collection

    @property
    def name(self) -> str:
        """The name in Flow Service."""
        return str(self.inputs.get("name", ""))

    @property
    def owner(self) -> str:
        """The resource of the program, as project/stack/resource."""
        return str(self.inputs.get("owner", ""))

    @property
    def scope(self) -> Scope | None:
        """Where another of the same name would be a duplicate; None where that is not known yet."""
        return build_scope(self.resource_schema, self.resource_schema.to_body(self.inputs))

    def resolve_inputs(self, prior_outputs: Mapping[str, Any]) -> ResourceOperation:
        """The same with all that its body needs, asked for and made; ``olds`` is empty for what is new."""
        planned_inputs = self.resource_schema.plan(prior_outputs, self.inputs)
        return replace(self, inputs=self.resource_schema.hooks.resolve(self, planned_inputs))

    def run_after_write(self, id_: str, outputs: Properties) -> Properties:
        """What is left to do after a write."""
        return self.resource_schema.hooks.after_write(self, id_, outputs)

    def describe(self, id_: str = "") -> str:
        """The resource as errors call it."""
        return describe_resource(self.resource_schema, self.inputs, id_)

    def build_outputs(self, inputs: Mapping[str, Any], entity: Mapping[str, Any]) -> Properties:
        """What the state holds for these inputs and what Flow Service shows."""
        credentials = self.service.credentials
        return build_outputs(self.resource_schema, inputs, entity, credentials.org_id, credentials.sandbox)
