"""The ownership line: the last line of a description, which says which resource of which stack owns the entity.

Flow Service has no tags; the description is the only place that everybody sees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pulumi_adobe.flow_service.json_patch import PatchOperation
from pulumi_adobe.lifecycle.errors import OwnedByAnotherStack

_LINE: Final = re.compile(r"(?:^|\n)Managed by Pulumi: (?P<owner>[^/\n]+/[^/\n]+/[^\n]+)\s*\Z")


def add_ownership_line(description: str, owner: str) -> str:
    """Return the description with the ownership line, which replaces any line that it has."""
    text = remove_ownership_line(description)
    line = f"Managed by Pulumi: {owner}"
    return f"{text}\n{line}" if text else line


def remove_ownership_line(description: str) -> str:
    """Return the description without its ownership line."""
    return _LINE.sub("", description)


def read_owner(entity: Mapping[str, Any]) -> str | None:
    """Return the owner (project/stack/resource) that the entity's ownership line names; None without a line."""
    match = _LINE.search(str(entity.get("description") or ""))
    return match["owner"] if match else None


def read_stack(owner: str) -> str:
    """Return the project and the stack of an owner, as project/stack."""
    return "/".join(owner.split("/")[:2])


def body_with_owner(body: Mapping[str, Any], owner: str) -> dict[str, Any]:
    """Return the body of a create with the ownership line in its description."""
    return {**body, "description": add_ownership_line(str(body.get("description") or ""), owner)}


def patch_with_owner(patch_operations: Sequence[PatchOperation], owner: str) -> list[PatchOperation]:
    """Return the patch with the ownership line in its change of the description, if it has one."""
    return [_add_line_to_operation(patch_operation, owner) for patch_operation in patch_operations]


def _add_line_to_operation(patch_operation: PatchOperation, owner: str) -> PatchOperation:
    if patch_operation["path"] != "/description":
        return patch_operation
    text = str(patch_operation["value"])  # empty for a removal, see json_patch.py
    # `add` replaces a member that exists (RFC 6902), and adds one that does not.
    return {"op": "add", "path": "/description", "value": add_ownership_line(text, owner)}


def require_ownership(subject: str, entity: Mapping[str, Any], owner: str) -> None:
    """Raise `OwnedByAnotherStack` if the entity's ownership line names another stack than that of ``owner``.

    ``subject`` says what was refused, such as `Dataflow "orders" is not deleted`.
    """
    recorded_owner = read_owner(entity)
    if recorded_owner and read_stack(recorded_owner) != read_stack(owner):
        raise OwnedByAnotherStack(
            f"{subject}: its description says that it belongs to {recorded_owner}.",
            "To move it to this stack, remove it from the other stack's state (`pulumi state delete`), and remove the "
            'last line ("Managed by Pulumi: …") of its description in Adobe\'s user interface.',
        )
