"""The declaration of a base connection: the class, the parameters, and the secrets that a person fills in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from adobe_flow.aep.entities import (
    Entity,
    find_catalogue_spec,
    get_auth_spec_name,
    get_source_name,
    get_spec_id,
    read_parameters,
)
from adobe_flow.aep.reading import is_readable
from adobe_flow.export.classes import AUTH, DATABRICKS, NUMBERS, TYPED, DeclaredClass, to_snake_case
from adobe_flow.export.declaration import BASE, Declaration, NotExpressible
from adobe_flow.export.expressions import CallExpression
from adobe_flow.export.naming import build_config_key
from adobe_flow.export.unchanged import require_unchanged
from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.entity import entity_to_inputs
from pulumi_adobe.resource_types.fields import DEFAULT_SPEC_VERSION
from pulumi_adobe.resource_types.parameters import PARAMETER_PREFIX
from pulumi_adobe.resource_types.registry import ResourceType, get_resource_type
from pulumi_adobe.schema.resource_schema import SPEC_VERSION_DECLARED
from pulumi_adobe.schema.values import is_masked
from pulumi_adobe.sources import Parameter

_HOST = re.compile(r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?/?")


@dataclass(frozen=True)
class BaseConnectionArguments:
    """The arguments of a base connection, without those that all entities have.

    Attributes:
        declared_class: The class, and how its arguments are written.
        auth_spec: Adobe's name of the auth spec.
        params: The parameters that can be read, under Adobe's names.
        secrets: The names of the parameters that nobody can read back.
    """

    declared_class: DeclaredClass
    auth_spec: str
    params: Mapping[str, Any] = field(repr=False)
    secrets: tuple[str, ...]


def declare_base_connection(
    entity: Entity, resource: str, sandbox: str, used_keys: Collection[str] = ()
) -> Declaration:
    """Return the declaration of a base connection. Raises `NotExpressible`.

    Args:
        entity: The base connection.
        resource: What Pulumi calls it.
        sandbox: Where it is.
        used_keys: The config keys that the sandbox uses already.
    """
    arguments = find_base_connection_arguments(entity)
    keys: dict[str, str] = {}
    for name in arguments.secrets:
        keys[name] = build_config_key(resource, name, {*used_keys, *keys.values()})
    inputs = _build_inputs(entity, arguments)
    resource_type = _get_resource_type_of_class(arguments.declared_class)
    require_unchanged(resource_type, inputs, entity)
    call = _build_call(resource, inputs, arguments, keys)
    state_inputs = resource_type.schema.unflatten(inputs)
    return Declaration(BASE, resource, sandbox, entity, arguments.declared_class.kind, call, state_inputs, secrets=keys)


def find_base_connection_arguments(entity: Entity) -> BaseConnectionArguments:
    """Return the class, the parameters and the secrets of a base connection. Raises `NotExpressible`."""
    if not is_readable(entity):
        raise NotExpressible("Flow Service shows a part of it in a form that cannot be read: see adobe-flow show")
    if entity.get("state") == "draft":
        raise NotExpressible("it is a draft, and a program declares live base connections only; publish it first")
    parameters = _find_known_parameters(entity)
    shown = {name: value for name, value in read_parameters(entity).items() if parameters is None or name in parameters}
    # A mask in the place of what the catalogue takes for no secret is no value either.
    secrets = tuple(
        name for name, value in shown.items() if parameters is None or parameters[name].secret or _is_masked(value)
    )
    present = {name: value for name, value in shown.items() if value is not None and value != ""}
    params = {name: value for name, value in present.items() if name not in secrets}
    _require_valid(entity, params)
    return BaseConnectionArguments(
        _choose_class(entity, parameters, params, secrets), get_auth_spec_name(entity), params, secrets
    )


def _find_known_parameters(entity: Entity) -> Mapping[str, Parameter] | None:
    """Return the parameters of its auth spec; None if the catalogue does not have them."""
    spec = find_catalogue_spec(entity)
    parameters = spec.auth_specs.get(get_auth_spec_name(entity)) if spec else None
    return None if parameters is None else {parameter.name: parameter for parameter in parameters}


def _is_masked(value: Any) -> bool:
    return isinstance(value, str) and value != "" and is_masked(value)


def _require_valid(entity: Entity, params: Mapping[str, Any]) -> None:
    """Raise `NotExpressible` for what the provider refuses, whichever class declares it."""
    name = entity.get("name")
    if not isinstance(name, str) or not name.strip():
        raise NotExpressible("it has no name; give it one in Experience Platform")
    for parameter, value in params.items():
        if not isinstance(value, (str, int, float)):
            raise NotExpressible(f"its {parameter} is neither a text nor a number nor true or false")
        if isinstance(value, str) and value != value.strip():
            raise NotExpressible(f"its {parameter} begins or ends with a blank, which the provider takes for a mistake")


def _choose_class(
    entity: Entity, parameters: Mapping[str, Parameter] | None, params: Mapping[str, Any], secrets: tuple[str, ...]
) -> DeclaredClass:
    source, auth_spec = get_source_name(entity), get_auth_spec_name(entity)
    spec, version = find_catalogue_spec(entity), get_member(entity, "connectionSpec", "version")
    is_complete = parameters is not None and all(
        not parameter.required or name in {*params, *secrets} for name, parameter in parameters.items()
    )
    auth = AUTH.get((source, auth_spec))
    if (
        spec
        and is_complete
        and version == spec.version
        and _fits_typed_class(source, params)
        and (auth or source == DATABRICKS)
    ):
        return DeclaredClass(TYPED[source], auth)
    more: dict[str, Any] = {"source": source} if spec else {"connection_spec_id": source}
    if version not in {None, DEFAULT_SPEC_VERSION}:
        more["connection_spec_version"] = str(version)
    # What exists in Experience Platform works, whatever the catalogue says of it.
    return DeclaredClass("BaseConnection", None, more if is_complete else {**more, "validate": False})


def _fits_typed_class(source: str, params: Mapping[str, Any]) -> bool:
    """Return whether the typed class takes these values."""
    are_typed = all(_is_number(value) if name in NUMBERS else isinstance(value, str) for name, value in params.items())
    return are_typed and (source != DATABRICKS or _HOST.fullmatch(str(params.get("domain"))) is not None)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _get_resource_type_of_class(declared_class: DeclaredClass) -> ResourceType:
    """Return the resource type of the class: Databricks has one of its own."""
    return get_resource_type(declared_class.kind if declared_class.kind == TYPED[DATABRICKS] else "BaseConnection")


def _build_inputs(entity: Entity, arguments: BaseConnectionArguments) -> dict[str, Any]:
    declared_class = arguments.declared_class
    prefix = "" if declared_class.kind == TYPED[DATABRICKS] else PARAMETER_PREFIX
    shown = entity_to_inputs(_get_resource_type_of_class(declared_class).schema, entity)
    about: dict[str, Any] = {name: shown[name] for name in ("name", "description") if name in shown}
    version = declared_class.more.get("connection_spec_version")
    inputs = {
        **about,
        **{f"{prefix}{name}": value for name, value in arguments.params.items()},
        "authSpec": arguments.auth_spec,
        "connectionSpec": {"id": get_spec_id(entity), "version": version or DEFAULT_SPEC_VERSION},
        "validate": declared_class.more.get("validate"),
        SPEC_VERSION_DECLARED: True if version else None,
    }
    return {name: value for name, value in inputs.items() if value is not None}


def _build_call(
    resource: str, inputs: Mapping[str, Any], arguments: BaseConnectionArguments, keys: Mapping[str, str]
) -> CallExpression:
    declared_class = arguments.declared_class
    secrets = {name: CallExpression("config.require_secret", (key,)) for name, key in keys.items()}
    values: dict[str, Any] = {**arguments.params, **secrets}
    about = {name: inputs[name] for name in ("name", "description") if name in inputs}
    if not declared_class.is_class_of_one_source:
        auth = CallExpression("Auth", (arguments.auth_spec, values), one_per_line=True)
        validate = {name: value for name, value in declared_class.more.items() if name == "validate"}
        others = {name: value for name, value in declared_class.more.items() if name != "validate"}
        return CallExpression(
            declared_class.kind, (resource,), {**others, **about, "auth": auth, **validate}, one_per_line=True
        )
    keywords: dict[str, Any] = {to_snake_case(name): value for name, value in values.items()}
    if declared_class.auth:
        keywords = {"auth": CallExpression(declared_class.auth, (), keywords, one_per_line=True)}
    return CallExpression(declared_class.kind, (resource,), {**about, **keywords}, one_per_line=True)
