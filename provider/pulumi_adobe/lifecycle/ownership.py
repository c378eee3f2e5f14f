"""The ownership line: the last line of a description, which says which resource of which stack owns the entity.

Flow Service has no tags; the description is the only place that everybody sees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.json_patch import PatchOperation
from pulumi_adobe.lifecycle.errors import OwnedByAnotherStack
from pulumi_adobe.resource_names import get_stack_name

DESCRIPTION_POINTER: Final = "/description"

_PREFIX: Final = "Managed by Pulumi: "


def add_ownership_line(description: str, owner: str) -> str:
    """Return the description with the ownership line, which replaces any line that it has."""
    text = remove_ownership_line(description)
    line = f"{_PREFIX}{owner}"
    return f"{text}\n{line}" if text else line


def remove_ownership_line(description: str) -> str:
    """Return the description without its ownership line."""
    return _split_off_line(description)[0]


def select_declarable_description(description: str) -> str:
    """Return what of a description a program can declare: without its ownership line, and empty if that is blank."""
    text = remove_ownership_line(description)
    return text if text.strip() else ""


def read_owner(entity: Mapping[str, Any]) -> str | None:
    """Return the owner (project/stack/resource) that the entity's ownership line names; None without a line."""
    return _split_off_line(str(entity.get("description") or ""))[1]


def _split_off_line(description: str) -> tuple[str, str | None]:
    """Return the description without its ownership line, and the owner; blanks and line feeds may follow the line."""
    start = description.rstrip().rfind("\n") + 1
    line = description[start:].split("\n", 1)[0]
    owner = line.removeprefix(_PREFIX)
    if owner == line or not all(owner.split("/", 2)) or owner.count("/") < 2:  # noqa: PLR2004 - project/stack/resource
        return description, None
    return description[: max(start - 1, 0)], owner


def body_with_owner(body: Mapping[str, Any], owner: str) -> dict[str, Any]:
    """Return the body of a create with the ownership line in its description."""
    return {**body, "description": add_ownership_line(str(body.get("description") or ""), owner)}


def patch_with_owner(patch_operations: Sequence[PatchOperation], owner: str) -> list[PatchOperation]:
    """Return the patch with the ownership line in its change of the description, if it has one."""
    return [_add_line_to_operation(patch_operation, owner) for patch_operation in patch_operations]


def _add_line_to_operation(patch_operation: PatchOperation, owner: str) -> PatchOperation:
    if patch_operation["path"] != DESCRIPTION_POINTER:
        return patch_operation
    text = str(patch_operation["value"])  # empty for a removal, see json_patch.py
    # `add` replaces a member that exists (RFC 6902), and adds one that does not.
    return {"op": "add", "path": DESCRIPTION_POINTER, "value": add_ownership_line(text, owner)}


def changes_owner(options: Options, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> bool:
    """Return whether the resource, its stack or its project got another name since the state recorded the owner.

    Without ownership lines the owner is only a note in the state, and a change of it is no change.
    """
    recorded_owner = prior_outputs.get("owner")
    return options.writes_ownership_line and recorded_owner not in (None, new_inputs.get("owner"))


def describe_renamed_stack(recorded_owner: str, owner: str) -> str | None:
    """Return the warning that an update takes over the entities of another stack; None if the stack is the same.

    A renamed stack cannot be told from a copied one: both have a state that records another stack.
    """
    recorded_stack, stack = get_stack_name(recorded_owner), get_stack_name(owner)
    if recorded_stack == stack:
        return None
    return (
        f'warning: the state says that its resources belong to the stack "{recorded_stack}", and this is "{stack}". '
        "`pulumi up` writes this stack into their descriptions, which is right after a rename. If this stack is a copy "
        f'and "{recorded_stack}" still manages them, do not run `pulumi up`: remove them from this stack '
        "(`pulumi state delete`), or the other stack can neither change nor delete them any more."
    )


def has_outdated_line(entity: Mapping[str, Any], recorded_owner: object, owner: str) -> bool:
    """Return whether the entity's ownership line names the owner that the state recorded, and not ``owner``."""
    return read_owner(entity) not in (None, owner) and read_owner(entity) == recorded_owner


def require_ownership(subject: str, entity: Mapping[str, Any], owner: str) -> None:
    """Raise `OwnedByAnotherStack` if the entity's ownership line names another stack than that of ``owner``.

    ``subject`` says what was refused, such as `Dataflow "orders" is not changed`.
    """
    recorded_owner = read_owner(entity)
    if recorded_owner and get_stack_name(recorded_owner) != get_stack_name(owner):
        raise OwnedByAnotherStack(
            f"{subject}: its description says that it belongs to {recorded_owner}.",
            _HOW_TO_MOVE,
        )


def require_ownership_for_delete(
    subject: str, entity: Mapping[str, Any], owner: str, disowned_stacks: Sequence[str]
) -> None:
    """Raise `OwnedByAnotherStack` unless the ownership line names the stack of ``owner`` or a disowned one.

    Unlike an update, a delete is not satisfied with the owner that the state recorded: the state may be a copy, and
    the stack that it is a copy of would lose the entity.
    """
    recorded_owner = read_owner(entity)
    if recorded_owner is None or get_stack_name(recorded_owner) in disowned_stacks:
        return
    try:
        require_ownership(subject, entity, owner)
    except OwnedByAnotherStack as error:
        stack = get_stack_name(recorded_owner)
        raise error.with_context(
            hint=f'If "{stack}" is an old name of this stack "{get_stack_name(owner)}", run `pulumi up`, which writes '
            f"the new name, and repeat the command; or repeat it with ADOBE_DISOWN={stack}. {_HOW_TO_MOVE}"
        ) from None


_HOW_TO_MOVE: Final = (
    "To move it to this stack, remove it from the other stack's state (`pulumi state delete`), and remove the last "
    'line ("Managed by Pulumi: …") of its description in Adobe\'s user interface.'
)
