"""A plan: every resource of the stack and what the update would do to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.pulumi_cli.resources import get_resource_name
from pulumi_adobe.plugin.state_format import find_class_name

CREATE, UPDATE, REPLACE, DELETE, UNCHANGED = "create", "update", "replace", "delete", "unchanged"

BASE, SOURCE, DATAFLOW, TARGET = "base connection", "source connection", "dataflow", "target connection"
_LAYERS: Final = {"SourceConnection": SOURCE, "Dataflow": DATAFLOW, "TargetConnection": TARGET}
_UNCOUNTED_TYPES: Final = ("pulumi:pulumi:Stack", "pulumi:providers:")


@dataclass(frozen=True)
class PlannedResource:
    """One resource of the plan.

    Attributes:
        operation: `create`, `update`, `replace`, `delete`, `unchanged`, or another word of Pulumi's.
        old: The inputs before the update, with masked secrets; `None` if the resource does not exist yet.
        new: The inputs after the update, with masked secrets; `None` if the resource is deleted.
        differences: The paths of the properties that the provider itself lists as changed; only the native one does.
    """

    urn: str
    type: str
    operation: str
    id: str | None
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None
    outputs: Mapping[str, Any]
    reasons: tuple[str, ...]
    dependencies: Mapping[str, tuple[str, ...]]
    custom: bool
    external: bool
    protected: bool
    differences: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name of the resource in the program."""
        return get_resource_name(self.urn)

    @property
    def is_ours(self) -> bool:
        """`True` for a resource of the Adobe provider."""
        return find_class_name(self.type) is not None

    @property
    def kind(self) -> str:
        """The class by which a program declares the resource; for other providers the whole type token."""
        return find_class_name(self.type) or self.type

    @property
    def layer(self) -> str | None:
        """The layer of the resource between a source and a dataset; `None` for a resource of another provider."""
        return _LAYERS.get(self.kind, BASE) if self.is_ours else None

    @property
    def title(self) -> str | None:
        """The name of the entity in Experience Platform."""
        name = (self.new or self.old or {}).get("name")
        return name if isinstance(name, str) else None

    @property
    def exists(self) -> bool:
        """`True` for a resource that exists before the update."""
        return self.operation != CREATE and self.old is not None

    @property
    def is_changed(self) -> bool:
        """`True` if the update does something to the resource."""
        return self.operation != UNCHANGED

    @property
    def is_counted(self) -> bool:
        """`True` if the resource counts: the stack itself, providers, components and read resources do not."""
        return self.custom and not self.external and not self.type.startswith(_UNCOUNTED_TYPES)


@dataclass(frozen=True)
class Diagnostic:
    """A message of the preview."""

    severity: str
    message: str
    resource: str | None


@dataclass(frozen=True)
class Plan:
    """The outcome of a preview.

    Attributes:
        failed: Whether the preview ended with an error, so that something may be missing.
        whole: Whether the plan also has the unchanged resources.
    """

    project: str | None
    stack: str | None
    resources: tuple[PlannedResource, ...]
    diagnostics: tuple[Diagnostic, ...]
    failed: bool
    whole: bool = True

    @property
    def changed_resources(self) -> list[PlannedResource]:
        """The resources to which the update does something."""
        return [resource for resource in self.resources if resource.is_changed]

    def list_by_operation(self, *operations: str) -> list[PlannedResource]:
        """Return the resources to which one of these operations happens."""
        return [resource for resource in self.resources if resource.operation in operations]

    @property
    def existing_resources(self) -> list[PlannedResource]:
        """The resources that exist before the update."""
        return [resource for resource in self.resources if resource.exists]
