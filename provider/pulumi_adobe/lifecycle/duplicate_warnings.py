"""The warning that another entity has the name and the source of one of this stack.

Flow Service allows it, so two stacks that create at the same time both succeed. Nothing is deleted: only a person knows
which of the two is in use.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.lifecycle.entity import describe_entity
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.replacements import get_predecessor_ids


def warn_after_create(operation: ResourceOperation, id_: str, entity: Mapping[str, Any]) -> None:
    """Warn if the page that confirmed the create, or the list before it, shows another entity. Sends no request."""
    scope, existing_entities = operation.scope, operation.context.existing_entities
    if scope is not None and operation.context.options.on_existing != "duplicate":
        _warn(operation, id_, entity, existing_entities.find_by_name(scope, operation.name))


def warn_after_read(operation: ResourceOperation, id_: str, entity: Mapping[str, Any]) -> None:
    """Warn if the sandbox has another entity. The scope is listed once per process."""
    context, scope, name = operation.context, operation.scope, entity.get("name")
    if scope is None or not isinstance(name, str) or context.options.on_existing == "duplicate":
        return
    try:
        same_name = context.existing_entities.find_by_name_if_listed(scope, name)
    except FlowServiceError as error:
        context.show_message_once(
            f"warning: whether the sandbox {context.credentials.sandbox} has a second entity with the name and the "
            f"source of one of this stack was not checked, because the {scope.collection} cannot be listed: "
            f"{error.message}\nRefresh again when they can be."
        )
        return
    _warn(operation, id_, entity, same_name)


def _warn(
    operation: ResourceOperation, id_: str, entity: Mapping[str, Any], same_name: Sequence[Mapping[str, Any]]
) -> None:
    others = [other for other in same_name if other["id"] != id_ and not _is_expected(operation, other["id"])]
    if not others:
        return
    first, *later = sorted([{**entity, "id": id_}, *others], key=_rank)
    context = operation.context
    listed_entities = "".join(f"\n  second: {describe_entity(other)}" for other in later)
    context.show_message_once(
        f"warning: {operation.describe()} exists {len(later) + 1} times in the sandbox {context.credentials.sandbox}, "
        f"with the same source. This stack holds {id_}.\n  first: {describe_entity(first)}{listed_entities}\n"
        "Nothing was deleted. To keep the first alone, remove the declaration from the stack that holds a second one, "
        "and run `pulumi up` there, which deletes it; delete one that no stack holds in Adobe's user interface. To "
        "keep all of them, give each its own name."
    )


def _is_expected(operation: ResourceOperation, id_: str) -> bool:
    """Return whether the entity is one that this run replaces or renames."""
    context = operation.context
    if id_ in get_predecessor_ids(operation.inputs) or context.replacements.is_being_replaced(id_):
        return True
    return context.claims.get_claimed_name(id_) not in {None, operation.name}


def _rank(entity: Mapping[str, Any]) -> tuple[float, str]:
    """Return what sorts entities by their creation; the id decides between equal times, in every process alike."""
    created_at = entity.get("createdAt")
    return (float(created_at) if isinstance(created_at, (int, float)) else math.inf, str(entity["id"]))
