"""A plan: every resource of the stack and what the update would do to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.managed import OURS, resource_name

CREATE, UPDATE, REPLACE, DELETE, UNCHANGED = "create", "update", "replace", "delete", "unchanged"

BASE, SOURCE, DATAFLOW, TARGET = "base connection", "source connection", "dataflow", "target connection"
_LAYERS: Final = {"SourceConnection": SOURCE, "Dataflow": DATAFLOW, "TargetConnection": TARGET}
_NO_RESOURCES: Final = ("pulumi:pulumi:Stack", "pulumi:providers:")


@dataclass(frozen=True)
class Resource:
    """One resource of the plan; ``old`` and ``new`` are its inputs, before and after, secrets masked.

    ``operation`` is one of create, update, replace, delete, unchanged, or another word of Pulumi's.
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

    @property
    def name(self) -> str:
        """What the program calls it."""
        return resource_name(self.urn)

    @property
    def ours(self) -> bool:
        """Whether it is an entity of Flow Service."""
        return self.type.startswith(OURS)

    @property
    def kind(self) -> str:
        """The class that a program declares it by; of other providers their whole type token."""
        return self.type.removeprefix(OURS)

    @property
    def layer(self) -> str | None:
        """Where it stands on the way from a source to a dataset; None where it is none of ours."""
        return _LAYERS.get(self.kind, BASE) if self.ours else None

    @property
    def title(self) -> str | None:
        """Its name in Experience Platform."""
        name = (self.new or self.old or {}).get("name")
        return name if isinstance(name, str) else None

    @property
    def existed(self) -> bool:
        """Whether it is there already."""
        return self.operation != CREATE and self.old is not None

    @property
    def changes(self) -> bool:
        """Whether the update does something to it."""
        return self.operation != UNCHANGED

    @property
    def counted(self) -> bool:
        """Whether it counts: the stack itself, providers, components and what is only read do not."""
        return self.custom and not self.external and not self.type.startswith(_NO_RESOURCES)


@dataclass(frozen=True)
class Diagnostic:
    """A message of the preview."""

    severity: str
    message: str
    resource: str | None


@dataclass(frozen=True)
class Plan:
    """What a preview found.

    ``failed`` where it ended with an error, so that something may be missing; ``whole`` where what stays unchanged is
    in it too.
    """

    project: str | None
    stack: str | None
    resources: tuple[Resource, ...]
    diagnostics: tuple[Diagnostic, ...]
    failed: bool
    whole: bool = True

    @property
    def changed(self) -> list[Resource]:
        """Those to which something happens."""
        return [each for each in self.resources if each.changes]

    def with_operation(self, *operations: str) -> list[Resource]:
        """Those to which one of these happens."""
        return [each for each in self.resources if each.operation in operations]

    @property
    def existing(self) -> list[Resource]:
        """Those that are there before the update."""
        return [each for each in self.resources if each.existed]
