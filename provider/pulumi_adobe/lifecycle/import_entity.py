"""Import: an entity that no state has, read by its id.

The inputs are what a program would declare for the entity. They lack secrets, which Flow Service does not show: the
state notes that this stack has never sent them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.entity import entity_to_inputs
from pulumi_adobe.lifecycle.errors import CannotAdopt
from pulumi_adobe.lifecycle.imported_state import Place, build_imported_state
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.read import ReadState
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.values import Properties
from pulumi_adobe.sources import find_declared_spec

_SPEC: Final = "connectionSpec"


def import_entity(operation: ResourceOperation, id_: str) -> ReadState:
    """Return the state of the entity with this id as an import stores it.

    The schema of the operation is that of the resource type, of no variant; its only input is the owner.

    Raises:
        CannotAdopt: There is none, or it has another connection spec than all resources of this type.
    """
    schema, hooks, context = operation.resource_schema, operation.hooks, operation.context
    try:
        entity = operation.service.get(operation.collection, id_)
    except NotFound:
        hint = "Check the id, and the sandbox of the provider."
        raise build_missing_error(context.credentials.sandbox, schema.type_name, id_, hint) from None
    _require_same_spec(schema, id_, entity)
    extra = hooks.find_import_inputs(context, entity)
    inputs = {**_read_declared(schema, entity, extra), **extra, "owner": operation.owner}
    place = Place(context.credentials.org_id, context.credentials.sandbox)
    return build_imported_state(schema, hooks, inputs, entity, place)


def build_missing_error(sandbox: str, type_name: str, id_: str, hint: str) -> CannotAdopt:
    """Return the error for an id that the sandbox does not have."""
    return CannotAdopt(f'The sandbox "{sandbox}" has no {type_name} {id_}.', hint)


def _read_declared(schema: ResourceSchema, entity: Mapping[str, Any], extra: Mapping[str, Any]) -> Properties:
    """Return the inputs that the entity shows, without the computed values, which no program has to give.

    ``extra`` are the inputs that its fields do not show.
    """
    seed = {**extra, _SPEC: entity.get(_SPEC), "authSpec": get_member(entity, "auth", "specName")}
    variant = schema.for_properties(seed)
    shown = entity_to_inputs(variant, entity)
    computed = variant.select_computed_values(shown)
    return {name: value for name, value in shown.items() if name not in computed}


def _require_same_spec(schema: ResourceSchema, id_: str, entity: Mapping[str, Any]) -> None:
    fixed_id, entity_id = (get_member(properties, _SPEC, "id") for properties in (schema.fixed_inputs, entity))
    if fixed_id is None or fixed_id == entity_id:
        return
    spec = find_declared_spec(entity)
    title = spec.title if spec is not None else f"the connection spec {entity_id}"
    other_type = " Import it as a BaseConnection." if schema.collection == "connections" else ""
    raise CannotAdopt(
        f"{schema.type_name} {id_} belongs to {title}.",
        f"Each {schema.type_name} has the connection spec {fixed_id}.{other_type}",
    )
