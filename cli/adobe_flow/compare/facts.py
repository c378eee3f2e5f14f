"""The facts by which two entities of one kind are compared, whether Flow Service or a stack's state has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pulumi_adobe.lifecycle.ownership import select_declarable_description

BASE_CONNECTION: Final = "base connection"
SOURCE_CONNECTION: Final = "source connection"
TARGET_CONNECTION: Final = "target connection"
DATAFLOW: Final = "dataflow"

KINDS: Final = (BASE_CONNECTION, SOURCE_CONNECTION, TARGET_CONNECTION, DATAFLOW)
"""The kinds of entities, in the order in which a program declares them."""


@dataclass(frozen=True)
class EntityFacts:
    """The comparable content of one entity, as read from Flow Service or from a stack's state.

    Attributes:
        id: The id in Flow Service.
        name: The name in Experience Platform.
        source: The source's name in the catalogue, else the id of the connection spec; that of the source connections
            for a dataflow, and empty if it is not known.
        description: The description without the line that names the owning stack.
        auth_spec: Adobe's name of the way to authenticate; of base connections only.
        parameters: The auth parameters that are no secrets; of base connections only.
        secrets: The names of the members that nobody can compare.
        state: The state, None if it is not known.
        dataflows: The names of the dataflows on a base connection, None if they are not to be compared.
        resource: The resource's name in the program; None for what Flow Service shows.
        sandbox: The name of the sandbox.
        kind: One of `KINDS`.
        details: The members of the other kinds, by the name of the field. Each value is JSON or a reference. An object
            under the name of one of `GROUPS` is compared member by member.
        created_at: The time of the creation in epoch seconds, None if it is not known.
    """

    id: str
    name: str
    source: str
    description: str | None = None
    auth_spec: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()
    state: str | None = None
    dataflows: tuple[str, ...] | None = None
    resource: str | None = None
    sandbox: str | None = None
    kind: str = BASE_CONNECTION
    details: Mapping[str, Any] = field(default_factory=dict)
    created_at: float | None = None


MAPPING: Final = "mapping"
COLUMNS: Final = "columns"

GROUPS: Final = (MAPPING, COLUMNS)
"""The details that are objects, and whose members are compared one by one."""


def read_description(text: Any) -> str | None:
    """Return a description without its ownership line; None if no other text is in it."""
    return (select_declarable_description(text) or None) if isinstance(text, str) else None
