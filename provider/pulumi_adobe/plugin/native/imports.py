"""Import: a resource that no state has, read by its id.

The inputs are what a program would declare for the entity. They lack secrets, which Flow Service does not show: the
state notes that this stack has never sent them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.json_values import get_member, get_object
from pulumi_adobe.lifecycle.entity import entity_to_inputs
from pulumi_adobe.lifecycle.errors import CannotAdopt
from pulumi_adobe.lifecycle.imported_state import Place, build_imported_state
from pulumi_adobe.lifecycle.read import ReadState
from pulumi_adobe.plugin.native.program_inputs import get_fixed_inputs
from pulumi_adobe.plugin.native.resource import NativeResource
from pulumi_adobe.resource_names import build_owner
from pulumi_adobe.resource_types.landing_zone import DATABRICKS
from pulumi_adobe.resource_types.parameters import PARAMETER_PREFIX
from pulumi_adobe.resource_types.registry import ENTITY_TYPE_NAMES, get_resource_type
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.values import Properties, is_masked
from pulumi_adobe.sources import find_spec_by_id

_SPEC = "connectionSpec"


def import_resource(resource: NativeResource, id_: str) -> ReadState:
    """Return the resource with this id as an import stores it.

    Raises:
        CannotAdopt: The sandbox has no such resource, or it is of another type than the program says.
    """
    if resource.type_name not in ENTITY_TYPE_NAMES:
        return _import_landing_zone(resource, id_)
    context = resource.calls.context
    try:
        entity = context.service.get(resource.calls.schema.collection, id_)
    except NotFound:
        raise _build_missing_error(resource, id_, "Check the id, and the sandbox of the provider.") from None
    _require_same_spec(resource, id_, entity)
    resource_type = get_resource_type(resource.type_name)
    hooks = resource_type.load_hooks()
    extra = hooks.find_import_inputs(context, entity)
    inputs = {
        **_read_declared(resource, entity, extra),
        **extra,
        **({"draft": True} if entity.get("state") == "draft" else {}),
        "owner": build_owner(resource.urn.project, resource.urn.stack, resource.urn.name),
    }
    place = Place(context.credentials.org_id, context.credentials.sandbox)
    return build_imported_state(resource_type.schema, hooks, inputs, entity, place)


def _read_declared(resource: NativeResource, entity: Mapping[str, Any], extra: Mapping[str, Any]) -> Properties:
    """Return the inputs that the entity shows, without the computed values, which no program has to give.

    ``extra`` are the inputs that its fields do not show.
    """
    schema = resource.calls.schema
    seed = {
        **dict.fromkeys(_list_parameters(schema, entity)),
        _SPEC: entity.get(_SPEC),
        "authSpec": get_member(entity, "auth", "specName"),
        "flowSpecName": extra.get("flowSpecName"),
    }
    variant = schema.for_properties(seed)
    shown = entity_to_inputs(variant, entity)
    computed = variant.select_computed_values(shown)
    return {name: value for name, value in shown.items() if name not in computed}


def _list_parameters(schema: ResourceSchema, entity: Mapping[str, Any]) -> list[str]:
    """Return the flat names of the parameters of a source connection that have no input of their own."""
    if schema.collection != "sourceConnections":
        return []
    spec = find_spec_by_id(str(get_member(entity, _SPEC, "id") or ""))
    variant = schema.for_properties({_SPEC: entity.get(_SPEC)} if spec is not None else {})
    own = {field.path[-1] for field in variant.fields if field.path[:1] == ("params",)}
    return [
        f"{PARAMETER_PREFIX}{name}"
        for name, value in get_object(entity, "params").items()
        if name not in own
        and isinstance(value, (str, int, float))
        and not (isinstance(value, str) and is_masked(value))
    ]


def _require_same_spec(resource: NativeResource, id_: str, entity: Mapping[str, Any]) -> None:
    fixed_id = get_member(get_fixed_inputs(resource.type_name), _SPEC, "id")
    entity_id = get_member(entity, _SPEC, "id")
    if fixed_id is None or fixed_id == entity_id:
        return
    spec = find_spec_by_id(str(entity_id))
    title = spec.title if spec is not None else f"the connection spec {entity_id}"
    other = "" if resource.type_name == "TargetConnection" else " Import it as a BaseConnection."
    raise CannotAdopt(f"{resource.type_name} {id_} belongs to {title}.{other}")


def _build_missing_error(resource: NativeResource, id_: str, hint: str) -> CannotAdopt:
    sandbox = resource.calls.context.credentials.sandbox
    return CannotAdopt(f'The sandbox "{sandbox}" has no {resource.type_name} {id_}.', hint)


def _import_landing_zone(resource: NativeResource, id_: str) -> ReadState:
    """Return the credentials whose id is `sandbox/kind`. An import asks Adobe for them, as a create does."""
    sandbox, _, kind = id_.rpartition("/")
    if sandbox != resource.calls.context.credentials.sandbox:
        raise _build_missing_error(resource, id_, f"The id is the sandbox and the kind, such as dev/{DATABRICKS}.")
    inputs = resource.complete({"kind": kind})
    return ReadState(resource.calls.create(inputs).outputs, inputs)
