"""The facts of a base connection, from Flow Service or from a stack's state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from adobe_flow.aep.entities import Entity, find_catalogue_spec, get_source_name
from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.compare.facts import EntityFacts, read_description
from adobe_flow.compare.members import is_masked_text
from adobe_flow.pulumi_cli.resources import get_class_name, get_resource_name
from pulumi_adobe.json_values import get_member, get_object

_PLAIN: Final = (str, int, float, bool)
"""The types of a parameter; anything else, such as what the state holds encrypted, is taken for a secret."""

_ADDRESS: Final = frozenset({"inletUrl", "inletId"})
"""What Flow Service adds to a connection to which data is sent, another one to each (Adobe: http.md)."""


def read_connection(entity: Entity, sandbox: str, dataflows: tuple[str, ...] | None = None) -> EntityFacts:
    """Return the comparable content of a base connection that Flow Service returned."""
    auth_spec = get_member(entity, "auth", "specName")
    parameters, secrets = _split_parameters(entity, str(auth_spec), get_object(entity, "auth", "params"))
    return EntityFacts(
        id=str(entity.get("id")),
        name=str(entity.get("name")),
        source=get_source_name(entity),
        description=read_description(entity.get("description")),
        auth_spec=auth_spec,
        parameters=parameters,
        secrets=secrets,
        state=entity.get("state"),
        dataflows=dataflows,
        sandbox=sandbox,
    )


def read_declared_connection(resource: Mapping[str, Any]) -> EntityFacts | None:
    """Return the comparable content of a base connection in a stack's state; None for any other resource."""
    inputs = get_object(resource, "inputs")
    is_ours = get_class_name(resource) is not None and not resource.get("external")
    if not is_ours or resource.get("delete") or not {"authSpec", "connectionSpec"} <= set(inputs):
        return None
    auth_spec = _read_text(inputs["authSpec"])
    declared = get_object(inputs, "params") or _select_parameters(inputs, auth_spec)
    parameters, secrets = _split_parameters(inputs, auth_spec, declared)
    sandbox = get_member(resource, "outputs", "sandboxName")
    return EntityFacts(
        id=str(resource.get("id")),
        name=_read_text(inputs.get("name")),
        source=get_source_name(inputs),
        description=read_description(inputs.get("description")),
        auth_spec=auth_spec,
        parameters=parameters,
        secrets=secrets,
        resource=get_resource_name(str(resource.get("urn"))),
        sandbox=sandbox if isinstance(sandbox, str) else None,
    )


def _split_parameters(
    spec: Mapping[str, Any], auth_spec: str, params: Mapping[str, Any]
) -> tuple[dict[str, Any], frozenset[str]]:
    """Divide parameters into comparable values and names of secrets; one that the catalogue lacks counts as a secret.

    An empty text and null are how a service may show a parameter that is not set.
    """
    is_secret, entry = _list_catalogue_parameters(spec, auth_spec), find_catalogue_spec(spec)
    if entry is not None and entry.has_inlet:
        params = {name: value for name, value in params.items() if name not in _ADDRESS}
    public_names = {name for name, secret in is_secret.items() if not secret}
    present = {name: value for name, value in params.items() if name not in public_names or value not in ("", None)}
    public = {name: value for name, value in present.items() if name in public_names and _is_comparable_value(value)}
    return public, frozenset(present) - frozenset(public)


def _is_comparable_value(value: Any) -> bool:
    return isinstance(value, _PLAIN) and not is_masked_text(value)


def _list_catalogue_parameters(spec: Mapping[str, Any], auth_spec: str) -> dict[str, bool]:
    """Return each parameter that the catalogue knows, with whether it is a secret."""
    entry = find_catalogue_spec(spec)
    return {parameter.name: parameter.secret for parameter in entry.auth_specs.get(auth_spec, ())} if entry else {}


def _select_parameters(inputs: Mapping[str, Any], auth_spec: str) -> dict[str, Any]:
    """Return the parameters of a typed resource, which are among its other inputs."""
    return {name: inputs[name] for name in _list_catalogue_parameters(inputs, auth_spec) if name in inputs}


def _read_text(value: Any) -> str:
    """Return a text, or `UNREADABLE` for an encrypted value or one of another type."""
    return value if isinstance(value, str) else UNREADABLE
