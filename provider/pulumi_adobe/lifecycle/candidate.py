"""Decides what a create does: make a new one, take over one that is there, or refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.claims import build_duplicate_declaration_error
from pulumi_adobe.lifecycle.entity import describe_entity
from pulumi_adobe.lifecycle.errors import AlreadyExists, CannotAdopt
from pulumi_adobe.lifecycle.job import ResourceOperation
from pulumi_adobe.lifecycle.ownership import read_owner, read_stack
from pulumi_adobe.lifecycle.run import ProviderContext


def find_entity_to_adopt(operation: ResourceOperation) -> str | None:
    """The id of what is to be taken over; None where a new one is to be made."""
    if operation.inputs.get("adoptId"):
        return _find_declared_adopt_id(operation)
    existing_entities = _list_existing(operation)
    if any(operation.context.claims.is_claimed(entity["id"]) for entity in existing_entities):
        raise build_duplicate_declaration_error(operation.name, operation.owner, "Another resource of this program")
    for selected in (_select_requested(operation, existing_entities), _select_owned(operation, existing_entities)):
        if len(selected) == 1:
            return str(selected[0]["id"])
        if selected:
            raise _build_ambiguous_error(operation, selected)
    if existing_entities and operation.context.options.on_existing == "fail":
        raise _build_already_exists_error(operation, existing_entities)
    return None


def find_unexpected_duplicates(operation: ResourceOperation) -> list[Mapping[str, Any]]:
    """What a create would stumble over: there already, and neither to be adopted nor about to be deleted."""
    existing_entities = _list_existing(operation)
    expected_entities = [*_select_requested(operation, existing_entities), *_select_owned(operation, existing_entities)]
    return [entity for entity in existing_entities if entity not in expected_entities and not operation.context.claims.is_being_replaced(entity["id"])]


def _list_existing(operation: ResourceOperation) -> list[Mapping[str, Any]]:
    """What is there of this name, but for what another resource of this process is about to rename."""
    entities = operation.context.existing_entities.find_by_name(operation.scope, operation.name) if operation.scope else []
    return [entity for entity in entities if operation.context.claims.get_claimed_name(entity["id"]) in {None, operation.name}]


def _select_requested(operation: ResourceOperation, entities: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [entity for entity in entities if entity["id"] in operation.context.options.adopt]


def _select_owned(operation: ResourceOperation, entities: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [entity for entity in entities if operation.context.options.writes_ownership_line and read_owner(entity) == operation.owner]


def _find_declared_adopt_id(operation: ResourceOperation) -> str:
    id_ = str(operation.inputs["adoptId"])
    if operation.context.claims.is_claimed(id_):
        raise build_duplicate_declaration_error(operation.name, operation.owner, f"The resource that holds {id_}")
    try:
        operation.service.get(operation.collection, id_)
    except NotFound:
        raise CannotAdopt(
            f"{operation.describe()} is to adopt {id_}, but there is none of that id in the sandbox "
            f"{operation.service.credentials.sandbox}. Nothing was made.",
            "Correct adopt_id, adobe:sandbox or adobe:orgId; or take adopt_id away to make a new one.",
        ) from None
    return id_


def _build_already_exists_error(operation: ResourceOperation, entities: Sequence[Mapping[str, Any]]) -> AlreadyExists:
    if len(entities) > 1:
        return _build_ambiguous_error(operation, entities)
    (entity,) = entities
    operation.context.refused_ids.append(entity["id"])
    recorded_owner = read_owner(entity)
    is_foreign = recorded_owner is not None and read_stack(recorded_owner) != read_stack(operation.owner)
    ownership_note = f" Its description says that it belongs to {recorded_owner}." if is_foreign else ""
    return AlreadyExists(
        f"{operation.describe()} is in the sandbox {operation.service.credentials.sandbox} already: {describe_entity(entity)}.{ownership_note} "
        "Nothing was made.",
        f"To take it over: {_format_adopt_command(operation.context, operation.context.refused_ids)}\n"
        "To have a second one of the same name: pulumi config set adobe:onExisting duplicate",
    )


def _build_ambiguous_error(operation: ResourceOperation, entities: Sequence[Mapping[str, Any]]) -> AlreadyExists:
    listed_entities = "".join(f"\n  {describe_entity(entity)}" for entity in entities)
    return AlreadyExists(
        f"{operation.describe()} is in the sandbox {operation.service.credentials.sandbox} {len(entities)} times already, and which one is "
        f"meant is not to be guessed. Nothing was made.{listed_entities}",
        f"Choose one of these ids: {_format_adopt_command(operation.context, ['<id>'])}",
    )


def _format_adopt_command(context: ProviderContext, ids: Sequence[str]) -> str:
    """Whole, ids that this run has been given included, so that it can be copied."""
    all_ids = dict.fromkeys((*context.options.adopt, *ids))
    return f"ADOBE_ADOPT={','.join(all_ids)} pulumi up"
