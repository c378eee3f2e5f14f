"""The last line of a description that says which resource of which stack a connection belongs to.

Flow Service has no tags: the description is the only place that everybody sees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pulumi_adobe.flow_service.json_patch import Operation
from pulumi_adobe.lifecycle.errors import OwnedElsewhere

_LINE: Final = re.compile(r"(?:^|\n)Managed by Pulumi: (?P<owner>[^/\n]+/[^/\n]+/[^\n]+)\s*\Z")


def marked(description: str, owner: str) -> str:
    """The description with the line, in the place of any that it has."""
    text = unmarked(description)
    line = f"Managed by Pulumi: {owner}"
    return f"{text}\n{line}" if text else line


def unmarked(description: str) -> str:
    """The description without the line."""
    return _LINE.sub("", description)


def owner_of(entity: Mapping[str, Any]) -> str | None:
    """Which resource (project/stack/resource) the line names; None without a line."""
    found = _LINE.search(str(entity.get("description") or ""))
    return found["owner"] if found else None


def stack_of(owner: str) -> str:
    """The project and the stack of an owner."""
    return "/".join(owner.split("/")[:2])


def with_mark(body: Mapping[str, Any], owner: str) -> dict[str, Any]:
    """The body of a create with the line in its description."""
    return {**body, "description": marked(str(body.get("description") or ""), owner)}


def patch_with_mark(operations: Sequence[Operation], owner: str) -> list[Operation]:
    """A patch whose change of the description, where it has one, keeps the line."""
    return [_with_line(operation, owner) for operation in operations]


def _with_line(operation: Operation, owner: str) -> Operation:
    if operation["path"] != "/description":
        return operation
    text = str(operation["value"])  # that of a removal is empty: `json_patch.py`
    # `add` replaces a member that is there (RFC 6902), and makes one that is not.
    return {"op": "add", "path": "/description", "value": marked(text, owner)}


def require_ours(which: str, entity: Mapping[str, Any], owner: str) -> None:
    """Refuse to touch what another stack has marked as its own. ``which`` says what was wanted."""
    other = owner_of(entity)
    if other and stack_of(other) != stack_of(owner):
        raise OwnedElsewhere(
            f"{which}: its description says that it belongs to {other}. Nothing was changed.",
            "To move it, first take it out of that stack there (`pulumi state delete`), and take the last line "
            '("Managed by Pulumi: …") out of its description in Adobe\'s user interface.',
        )
