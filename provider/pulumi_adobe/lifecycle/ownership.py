"""The last line of a description that says which resource of which stack a connection belongs to.

Flow Service has no tags: the description is the only place that everybody sees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pulumi_adobe.flow_service.json_patch import PatchOperation
from pulumi_adobe.lifecycle.errors import OwnedByAnotherStack

_LINE: Final = re.compile(r"(?:^|\n)Managed by Pulumi: (?P<owner>[^/\n]+/[^/\n]+/[^\n]+)\s*\Z")


def add_ownership_line(description: str, owner: str) -> str:
    """The description with the line, in the place of any that it has."""
    text = remove_ownership_line(description)
    line = f"Managed by Pulumi: {owner}"
    return f"{text}\n{line}" if text else line


def remove_ownership_line(description: str) -> str:
    """The description without the line."""
    return _LINE.sub("", description)


def read_owner(entity: Mapping[str, Any]) -> str | None:
    """Which resource (project/stack/resource) the line names; None without a line."""
    match = _LINE.search(str(entity.get("description") or ""))
    return match["owner"] if match else None


def read_stack(owner: str) -> str:
    """The project and the stack of an owner."""
    return "/".join(owner.split("/")[:2])


def body_with_owner(body: Mapping[str, Any], owner: str) -> dict[str, Any]:
    """The body of a create with the line in its description."""
    return {**body, "description": add_ownership_line(str(body.get("description") or ""), owner)}


def patch_with_owner(patch_operations: Sequence[PatchOperation], owner: str) -> list[PatchOperation]:
    """A patch whose change of the description, where it has one, keeps the line."""
    return [_add_line_to_operation(operation, owner) for operation in patch_operations]


def _add_line_to_operation(patch_operation: PatchOperation, owner: str) -> PatchOperation:
    if patch_operation["path"] != "/description":
        return patch_operation
    text = str(patch_operation["value"])  # that of a removal is empty: `json_patch.py`
    # `add` replaces a member that is there (RFC 6902), and makes one that is not.
    return {"op": "add", "path": "/description", "value": add_ownership_line(text, owner)}


def require_ownership(subject: str, entity: Mapping[str, Any], owner: str) -> None:
    """Refuse to touch what another stack has marked as its own. ``which`` says what was wanted."""
    recorded_owner = read_owner(entity)
    if recorded_owner and read_stack(recorded_owner) != read_stack(owner):
        raise OwnedByAnotherStack(
            f"{subject}: its description says that it belongs to {recorded_owner}. Nothing was changed.",
            "To move it, first take it out of that stack there (`pulumi state delete`), and take the last line "
            '("Managed by Pulumi: …") out of its description in Adobe\'s user interface.',
        )
