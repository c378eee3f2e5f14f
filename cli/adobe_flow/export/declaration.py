"""The declaration of one entity of Flow Service as it is, and the entities without one, with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.aep.entities import Entity
from adobe_flow.export.expressions import CallExpression


@dataclass(frozen=True)
class EntityKind:
    """One of the four kinds of entities.

    Attributes:
        collection: The API's path segment.
        label: What messages call it.
        suffix: The end of each resource's name, as in the parts of `Ingestion`; empty for base connections.
    """

    collection: str
    label: str
    suffix: str = ""


BASE: Final = EntityKind("connections", "base connection")
SOURCE: Final = EntityKind("sourceConnections", "source connection", "source")
TARGET: Final = EntityKind("targetConnections", "target connection", "target")
FLOW: Final = EntityKind("flows", "dataflow", "flow")
KINDS: Final = (BASE, SOURCE, TARGET, FLOW)


class NotExpressible(Exception):
    """The entity cannot be declared; the text is the reason."""


@dataclass(frozen=True)
class Declaration:
    """An entity as the program declares it.

    Attributes:
        kind: Which of the four it is.
        resource: What Pulumi calls it.
        sandbox: Where it is.
        entity: What Flow Service shows of it.
        type_name: The class of `pulumi_adobe`.
        call: The call of that class.
        inputs: The inputs that the provider's check returns for this call, as a state holds them; secrets and owner are
            missing.
        secrets: The config key of each secret parameter, which a person fills in.
        config: The values of the stack's config that the call reads.
        notes: What a person has to know, such as members of the entity that no argument declares.
        uses: The ids of the entities that it refers to by their variables.
    """

    kind: EntityKind
    resource: str
    sandbox: str
    entity: Entity = field(repr=False)
    type_name: str
    call: CallExpression = field(repr=False)
    inputs: Mapping[str, Any] = field(repr=False)
    secrets: Mapping[str, str] = field(default_factory=dict)
    config: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    uses: Sequence[str] = ()

    @property
    def id(self) -> str:
        """The id of the entity in Flow Service."""
        return str(self.entity["id"])

    @property
    def name(self) -> str:
        """The name of the entity in Experience Platform."""
        return str(self.entity["name"])


@dataclass(frozen=True)
class SkippedEntity:
    """An entity that is not exported, and why."""

    kind: EntityKind
    entity: Entity = field(repr=False)
    sandbox: str
    reason: str
