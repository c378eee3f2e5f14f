"""The same declarations for a program of the native provider: its classes, its arguments, and what its states hold.

A native program gives only what does not follow from the resource's name and type. `plugin/state_format.py` of the
provider knows what that is, so program and import file cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from adobe_flow.export.classes import to_snake_case
from adobe_flow.export.collect import SandboxExport
from adobe_flow.export.declaration import Declaration
from adobe_flow.export.expressions import CallExpression, NameExpression
from adobe_flow.export.naming import build_variable
from pulumi_adobe.plugin.state_format import DYNAMIC, NATIVE
from pulumi_adobe.resource_names import build_owner
from pulumi_adobe.resource_types.parameters import PARAMETERS

_REFERENCES: Final = ("baseConnectionId", "sourceConnectionIds", "targetConnectionIds")
"""The inputs with ids of other entities."""

_FIRST: Final = ("name", "description", "source", "connectionSpec", "authSpec")
"""The inputs with which a declaration begins; the others follow in the order of the resource schema."""

_DATASET: Final = ("dataSetId", "dataset_id")
"""The input that has the id of a dataset, and the argument of the dynamic provider's class."""


def convert_to_native(export: SandboxExport) -> SandboxExport:
    """Return an export whose declarations are those of the native provider."""
    variables = {declaration.id: build_variable(declaration.resource) for declaration in export.declarations}
    return replace(export, declarations=[_convert(declaration, variables) for declaration in export.declarations])


def _convert(declaration: Declaration, variables: Mapping[str, str]) -> Declaration:
    resource_type = DYNAMIC.find_resource_type(DYNAMIC.build_type_token(declaration.type_name))
    if resource_type is None:
        raise ValueError(f"{declaration.type_name} is no class of pulumi_adobe")
    # The names of project and stack are no part of what a program gives.
    owner = build_owner("project", "stack", declaration.resource)
    flat = resource_type.schema.flatten({**declaration.inputs, "owner": owner})
    inputs = NATIVE.write_inputs(NATIVE.build_type_token(resource_type.name), flat)
    values = {name: _refer(name, value, declaration, variables) for name, value in inputs.items()}
    secrets = {name: CallExpression("config.require_secret", (key,)) for name, key in declaration.secrets.items()}
    if PARAMETERS in resource_type.schema.unflatten(flat) or (secrets and resource_type.name == "BaseConnection"):
        values[PARAMETERS] = {**values.get(PARAMETERS, {}), **secrets}
    else:
        values.update(secrets)
    order = [*(name for name in _FIRST if name in values), *(name for name in values if name not in _FIRST)]
    arguments = {to_snake_case(name): values[name] for name in order}
    call = CallExpression(resource_type.name, (declaration.resource,), arguments, one_per_line=True)
    return replace(declaration, type_name=resource_type.name, call=call)


def _refer(name: str, value: Any, declaration: Declaration, variables: Mapping[str, str]) -> Any:
    """Return the value as the program writes it: by a variable, a look-up or the config where the export has one."""
    if name == _DATASET[0]:
        return _find_dataset(declaration.call.keywords.get(_DATASET[1], value))
    if name not in _REFERENCES:
        return value
    if isinstance(value, list):
        return [_refer(name, item, declaration, variables) for item in value]
    is_declared = value in declaration.uses and value in variables
    return NameExpression(f"{variables[value]}.id") if is_declared else value


def _find_dataset(expression: Any) -> Any:
    """Return the look-up of a dataset by its name as the native provider has it; anything else as it is."""
    if isinstance(expression, CallExpression) and expression.function == "find_dataset":
        return CallExpression("find_dataset", (), {"name": expression.positional[0]}, member="id")
    return expression
