"""How Pulumi names a resource: its URN, and the owner that states and ownership lines record.

The name of a resource may contain `::` and `/`. It is the last part of both, so both are split from the left.

Pulumi: sdk/go/common/resource/urn/urn.go; `Parse` splits at `::` into four parts.
"""

from __future__ import annotations

from typing import Final, NamedTuple

STACK_TYPE: Final = "pulumi:pulumi:Stack"
"""The type of the resource that a stack is itself; it is in no URN of its children."""

_URN_PREFIX: Final = "urn:pulumi:"
_SEPARATORS_OF_URN: Final = 3
_SEPARATORS_OF_OWNER: Final = 2


class Urn(NamedTuple):
    """The parts of `urn:pulumi:<stack>::<project>::<types of the parents>$<type>::<name>`."""

    stack: str
    project: str
    type: str
    name: str


def parse_urn(urn: str) -> Urn:
    """Return the parts of a URN. A text that is not one has only a name."""
    parts = urn.removeprefix(_URN_PREFIX).split("::", _SEPARATORS_OF_URN)
    if not urn.startswith(_URN_PREFIX) or len(parts) <= _SEPARATORS_OF_URN:
        return Urn("", "", "", urn)
    stack, project, types, name = parts
    return Urn(stack, project, types.rpartition("$")[2], name)


def build_urn(parent: str, type_token: str, resource_name: str) -> str:
    """Return the URN of a resource below ``parent``, which is the URN of another resource or of the stack."""
    stack, project, parent_types, _ = parent.split("::", _SEPARATORS_OF_URN)
    types = type_token if parent_types == STACK_TYPE else f"{parent_types}${type_token}"
    return f"{stack}::{project}::{types}::{resource_name}"


def build_owner(project: str, stack: str, resource_name: str) -> str:
    """Return the owner of what a resource creates: project/stack/resource."""
    return f"{project}/{stack}/{resource_name}"


def parse_owner(owner: str, type_token: str) -> Urn:
    """Return the parts of the URN of the resource of an owner, which has this type token."""
    project, stack, name = [*owner.split("/", _SEPARATORS_OF_OWNER), "", ""][: _SEPARATORS_OF_OWNER + 1]
    return Urn(stack, project, type_token, name)


def get_resource_name(owner: object) -> str:
    """Return what the program calls the resource of an owner; the whole text if it is not an owner."""
    return str(owner).split("/", _SEPARATORS_OF_OWNER)[-1]


def get_stack_name(owner: str) -> str:
    """Return the project and the stack of an owner, as project/stack."""
    return "/".join(owner.split("/", _SEPARATORS_OF_OWNER)[:2])
