"""Conversion of an entity of Flow Service into properties and into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.diff import PARAMETERS_PATH
from pulumi_adobe.lifecycle.ownership import select_declarable_description
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import SERVER_PARAMETERS, ResourceSchema
from pulumi_adobe.schema.validation import normalize
from pulumi_adobe.schema.values import Properties
from pulumi_adobe.timestamps import from_epoch_milliseconds


def entity_to_inputs(resource_schema: ResourceSchema, entity: Mapping[str, Any]) -> Properties:
    """Return the inputs that an entity shows, normalized, without secrets and without the ownership line."""
    properties = normalize(resource_schema, resource_schema.from_entity(entity))
    if isinstance(properties.get("description"), str):
        properties["description"] = select_declarable_description(properties["description"])
    return {name: value for name, value in properties.items() if value != ""}


def build_outputs(
    resource_schema: ResourceSchema, inputs: Mapping[str, Any], entity: Mapping[str, Any], org_id: str, sandbox: str
) -> Properties:
    """Return the outputs of a resource: its inputs, and what Flow Service adds.

    ``org_id`` and ``sandbox`` are the place of the request, for an entity that does not name its own.
    """
    reported = {field.name: value for field, value in _read_reported(resource_schema, entity) if value is not None}
    values = {
        **inputs,
        **reported,
        "etag": entity.get("etag"),
        "state": entity.get("state"),
        "createdAt": from_epoch_milliseconds(entity.get("createdAt")),
        "createdBy": entity.get("createdBy"),
        "sandboxName": entity.get("sandboxName") or sandbox,
        "orgId": entity.get("imsOrgId") or org_id,
        SERVER_PARAMETERS: resource_schema.undeclared_members(entity, PARAMETERS_PATH) or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _read_reported(resource_schema: ResourceSchema, entity: Mapping[str, Any]) -> Iterator[tuple[Field, Any]]:
    """Return the fields whose value Flow Service decides, each with the entity's value, None if it has none."""
    for field in resource_schema.fields:
        if field.reported:
            yield field, get_member(entity, *field.path)


def is_complete(resource_schema: ResourceSchema, properties: Mapping[str, Any], entity: Mapping[str, Any]) -> bool:
    """Return whether an item of a list has what a read by id of an entity with these properties returns.

    No document says that it does. Secrets are not expected, because Flow Service may leave them out.
    """
    secret_names = {field.name for field in resource_schema.secret_fields}
    body = resource_schema.to_body({name: value for name, value in properties.items() if name not in secret_names})
    if any(value is None for _, value in _read_reported(resource_schema, entity)):
        return False
    return _has_members(entity, {**body, "createdAt": None, "createdBy": None})


def _has_members(value: Any, expected: Mapping[str, Any]) -> bool:
    return isinstance(value, dict) and all(
        name in value and (not isinstance(member, dict) or _has_members(value[name], member))
        for name, member in expected.items()
    )


def describe_last_change(entity: Mapping[str, Any]) -> str:
    """Return who changed the entity last, and when, as far as Flow Service says; begins with a comma."""
    author, client_id = entity.get("updatedBy"), entity.get("updatedClient")
    updated_at = from_epoch_milliseconds(entity.get("updatedAt"))
    client_suffix = f" through {client_id}" if client_id and client_id != author else ""
    by = f", last by {author}{client_suffix}" if author else ""
    return f"{by} at {updated_at}" if updated_at else by


def describe_foreign_change(subject: str, entity: Mapping[str, Any]) -> str:
    """Return the message that somebody else has changed the entity; ``subject`` is what messages call it."""
    return f"{subject} was changed outside of this stack{describe_last_change(entity)}"


def describe_entity(entity: Mapping[str, Any]) -> str:
    """Return the entity as a list shows it from which a person chooses."""
    created_at, created_by = from_epoch_milliseconds(entity.get("createdAt")), entity.get("createdBy")
    creation = " ".join(filter(None, (created_at, f"by {created_by}" if created_by else "")))
    return f"{entity.get('id')} ({f'created {creation}' if creation else 'no other details are known'})"
