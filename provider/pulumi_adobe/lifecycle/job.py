"""One resource that the engine asks about, in the run that it is part of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pulumi_adobe.declaration import Declaration, Properties
from pulumi_adobe.lifecycle.entity import outputs
from pulumi_adobe.lifecycle.existing import Scope, scope_of
from pulumi_adobe.lifecycle.run import Run, named

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowService


@dataclass(frozen=True)
class Job:
    """What kind of resource it is and which properties are wanted, or, for a delete, known."""

    run: Run
    declaration: Declaration
    wanted: Mapping[str, Any]

    @property
    def service(self) -> FlowService:
        """Flow Service, in the organization and sandbox of the run."""
        return self.run.service

    @property
    def collection(self) -> str:
        """The API's path segment."""
        return self.declaration.collection

    @property
    def name(self) -> str:
        """The name in Flow Service."""
        return str(self.wanted.get("name", ""))

    @property
    def owner(self) -> str:
        """The resource of the program, as project/stack/resource."""
        return str(self.wanted.get("owner", ""))

    @property
    def scope(self) -> Scope | None:
        """Where another of the same name would be a duplicate; None where that is not known yet."""
        return scope_of(self.declaration, self.declaration.body(self.wanted))

    def completed(self, olds: Mapping[str, Any]) -> Job:
        """The same with all that its body needs, asked for and made; ``olds`` is empty for what is new."""
        planned = self.declaration.planned(olds, self.wanted)
        return replace(self, wanted=self.declaration.behaviour.completed(self, planned))

    def finished(self, id_: str, outputs: Properties) -> Properties:
        """What is left to do after a write."""
        return self.declaration.behaviour.finished(self, id_, outputs)

    def named(self, id_: str = "") -> str:
        """The resource as errors call it."""
        return named(self.declaration, self.wanted, id_)

    def outputs(self, inputs: Mapping[str, Any], entity: Mapping[str, Any]) -> Properties:
        """What the state holds for these inputs and what Flow Service shows."""
        access = self.service.access
        return outputs(self.declaration, inputs, entity, access.org_id, access.sandbox)
