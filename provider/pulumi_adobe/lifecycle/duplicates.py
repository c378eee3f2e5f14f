"""The search for existing entities before a create: adopt one, refuse, or create a new one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.cache.existing_entities import MAX_AGE
from pulumi_adobe.lifecycle.claims import build_duplicate_declaration_error
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.entity import describe_entity
from pulumi_adobe.lifecycle.errors import AlreadyExists, CannotAdopt
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.ownership import read_owner
from pulumi_adobe.resource_names import get_resource_name, get_stack_name

HOW_TO_REPLACE: Final = "To replace it, as with --replace: pulumi up --refresh --replace <URN>"
"""Without `--refresh` the engine asks about the resource as if it were new, so nothing shows its predecessor."""


def find_predecessors(operation: ResourceOperation) -> Sequence[str]:
    """Return the ids of the entities that a create replaces; none if it creates a new resource."""
    replacements = operation.context.replacements
    held_ids = replacements.get_held_ids(operation.key)
    if held_ids:
        return held_ids
    scope, name = replacements.get_prior_name(operation.key)
    if scope is None:
        return ()
    entities = operation.context.existing_entities.find_by_name(scope, name)
    # Of several, nobody knows which one the state holds.
    return [str(entities[0]["id"])] if len(entities) == 1 else ()


def resolve_duplicates(operation: ResourceOperation, predecessor_ids: Sequence[str] = ()) -> str | None:
    """Look for duplicates before a POST, and return the id of the one to adopt; None if a new entity is due.

    The list is read again if it is older than `MAX_AGE`: another stack may have created the same entity.

    The entities of ``predecessor_ids`` are neither adopted nor duplicates.

    Raises:
        AlreadyExists: An entity of this name and spec exists, and it is not clear that it is to be adopted.
        DuplicateDeclaration: Another resource of this program holds that entity.
        CannotAdopt: The declared `adopt_id` does not exist.
    """
    if operation.inputs.get("adoptId") and operation.inputs["adoptId"] not in predecessor_ids:
        return _find_declared_adopt_id(operation)
    entities = [entity for entity in _list_existing(operation, MAX_AGE) if entity["id"] not in predecessor_ids]
    if any(operation.context.claims.is_claimed(entity["id"]) for entity in entities):
        raise build_duplicate_declaration_error(operation.name, operation.owner, "Another resource of this program")
    for selected in (_select_requested(operation, entities), _select_owned(operation, entities)):
        if len(selected) == 1:
            return str(selected[0]["id"])
        if selected:
            raise _build_ambiguous_error(operation, selected)
    # What another resource is about to leave, under this name, must not stop this one, in this run or in the next.
    duplicates = _leave_out_replaced(operation, entities)
    if duplicates and operation.context.options.on_existing == "fail":
        raise _build_already_exists_error(operation, duplicates)
    return None


def find_unexpected_duplicates(operation: ResourceOperation) -> list[Mapping[str, Any]]:
    """Return the existing entities that a create would refuse: neither to be adopted nor about to be deleted."""
    entities = _list_existing(operation)
    expected = [*_select_requested(operation, entities), *_select_owned(operation, entities)]
    return [entity for entity in _leave_out_replaced(operation, entities) if entity not in expected]


def _leave_out_replaced(operation: ResourceOperation, entities: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    is_being_replaced = operation.context.replacements.is_being_replaced
    return [entity for entity in entities if not is_being_replaced(entity["id"])]


def _list_existing(operation: ResourceOperation, max_age: float = math.inf) -> list[Mapping[str, Any]]:
    """Return the entities of this name, without those that another resource of this process is about to rename."""
    if operation.scope is None:
        return []
    entities = operation.context.existing_entities.find_by_name(operation.scope, operation.name, max_age)
    get_claimed_name = operation.context.claims.get_claimed_name
    return [entity for entity in entities if get_claimed_name(entity["id"]) in {None, operation.name}]


def _select_requested(operation: ResourceOperation, entities: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [entity for entity in entities if entity["id"] in operation.context.options.adopt]


def _select_owned(operation: ResourceOperation, entities: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    if not operation.context.options.writes_ownership_line:
        return []
    return [entity for entity in entities if read_owner(entity) == operation.owner]


def _find_declared_adopt_id(operation: ResourceOperation) -> str:
    id_ = str(operation.inputs["adoptId"])
    if operation.context.claims.is_claimed(id_):
        holder = f"The resource that holds {id_}"
        raise build_duplicate_declaration_error(operation.name, operation.owner, holder)
    label = operation.context.get_labels(operation.resource_schema)["adoptId"]
    try:
        operation.service.get(operation.collection, id_)
    except NotFound as error:
        raise CannotAdopt(
            f"{operation.describe()} cannot adopt {id_}: no entity has this id in the sandbox "
            f"{operation.service.credentials.sandbox}. It was not created.",
            f"Correct {label}, adobe:sandbox or adobe:orgId; or remove {label} to create a new one.",
        ) from error
    return id_


def _build_already_exists_error(operation: ResourceOperation, entities: Sequence[Mapping[str, Any]]) -> AlreadyExists:
    if len(entities) > 1:
        return _build_ambiguous_error(operation, entities)
    (entity,) = entities
    context = operation.context
    context.refused_ids.append(entity["id"])
    recorded_owner = read_owner(entity)
    is_foreign = recorded_owner is not None and get_stack_name(recorded_owner) != get_stack_name(operation.owner)
    ownership_note = f" Its description says that it belongs to {recorded_owner}." if is_foreign else ""
    return AlreadyExists(
        f"{operation.describe()} already exists in the sandbox {operation.service.credentials.sandbox}: "
        f"{describe_entity(entity)}.{ownership_note} It was not created again.",
        f"{suggest_alias(operation, entity)}"
        f"To adopt it: {_format_adopt_command(context, context.refused_ids)}\n"
        f"{HOW_TO_REPLACE}\n"
        "To create a second one of the same name: pulumi config set adobe:onExisting duplicate",
    )


def _build_ambiguous_error(operation: ResourceOperation, entities: Sequence[Mapping[str, Any]]) -> AlreadyExists:
    listed_entities = "".join(f"\n  {describe_entity(entity)}" for entity in entities)
    return AlreadyExists(
        f"{operation.describe()} already exists {len(entities)} times in the sandbox "
        f"{operation.service.credentials.sandbox}, and the provider does not guess which one is meant. "
        f"It was not created.{listed_entities}",
        f"Choose one of these ids: {_format_adopt_command(operation.context, ['<id>'])}",
    )


def suggest_alias(operation: ResourceOperation, entity: Mapping[str, Any]) -> str:
    """Return the line that keeps the entity under a resource that was renamed; none for that of another stack."""
    recorded_owner = read_owner(entity)
    if recorded_owner is not None and get_stack_name(recorded_owner) != get_stack_name(operation.owner):
        return ""
    old_name = get_resource_name(recorded_owner) if recorded_owner else "<old name>"
    resource_name = get_resource_name(operation.owner)
    return (
        f'If "{resource_name}" is a renamed resource, keep the entity under its new name: add '
        f'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="{old_name}")]) to its declaration.\n'
    )


def _format_adopt_command(context: ProviderContext, ids: Sequence[str]) -> str:
    """Return a complete command that can be copied, with the ids that this run was already given."""
    all_ids = dict.fromkeys((*context.options.adopt, *ids))
    return f"ADOBE_ADOPT={','.join(all_ids)} pulumi up"
