"""The state of a resource that comes into a stack by an import, for an entity that exists already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.diff import PARAMETERS_PATH
from pulumi_adobe.lifecycle.entity import build_outputs, entity_to_inputs
from pulumi_adobe.lifecycle.operation import LifecycleHooks
from pulumi_adobe.lifecycle.read import ReadState
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED, ResourceSchema
from pulumi_adobe.schema.validation import normalize
from pulumi_adobe.schema.values import Properties


class Place(NamedTuple):
    """The organization and the sandbox in which an entity was read."""

    org_id: str
    sandbox: str


def build_imported_state(
    resource_schema: ResourceSchema,
    hooks: LifecycleHooks,
    inputs: Mapping[str, Any],
    entity: Mapping[str, Any],
    place: Place,
) -> ReadState:
    """Return the state of a resource that a program declares by ``inputs``, as a read would find it. Sends no request.

    Args:
        resource_schema: The schema of the resource type.
        hooks: The hooks of the resource type.
        inputs: What the program declares, the owner included. Secrets are as the state will hold them, or absent.
        entity: The entity as Flow Service returns it.
        place: Where the entity was read.
    """
    parameters = resource_schema.flatten({"params": get_member(entity, *PARAMETERS_PATH) or {}})
    # With all parameters of the entity: one that nobody has described counts as a secret, and is left to the refresh.
    schema = resource_schema.for_properties({**parameters, **inputs})
    declared = normalize(schema, inputs)
    computed = schema.select_computed_values(entity_to_inputs(schema, entity))
    known = {**computed, **hooks.derive_outputs(entity), **declared}
    outputs = build_outputs(schema, known, entity, place.org_id, place.sandbox)
    return ReadState({**outputs, **note_unconfirmed_secrets(resource_schema)}, declared)


def note_unconfirmed_secrets(resource_schema: ResourceSchema) -> Properties:
    """Return the note that this stack has never sent the secrets; empty for a type that has none.

    Secrets are auth parameters. The note does not depend on those that the state holds: one may be absent, and declared
    later.
    """
    path_length = len(PARAMETERS_PATH)
    may_have_secrets = any(field.path[:path_length] == PARAMETERS_PATH for field in resource_schema.fields)
    return {SECRET_CONFIRMED: False} if may_have_secrets else {}
