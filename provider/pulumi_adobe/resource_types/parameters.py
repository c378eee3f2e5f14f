"""The parameters of a connection: one object, `params`, in programs and states, one property each in the life cycle.

So each parameter is compared, patched and named in messages like any other property.
"""

from __future__ import annotations

from typing import Final

from pulumi_adobe.schema.values import Properties

PARAMETERS: Final = "params"

PARAMETER_PREFIX: Final = "params."
"""Begins the flat name of a parameter."""


def flatten_parameters(properties: Properties) -> Properties:
    """Return the properties with one property per parameter."""
    if not isinstance(properties.get(PARAMETERS), dict):
        return properties
    others = {name: value for name, value in properties.items() if name != PARAMETERS}
    return {**others, **{f"{PARAMETER_PREFIX}{name}": value for name, value in properties[PARAMETERS].items()}}


def unflatten_parameters(properties: Properties) -> Properties:
    """Return the properties with the parameters in one object."""
    parameters = {
        name.removeprefix(PARAMETER_PREFIX): value for name, value in properties.items() if is_parameter(name)
    }
    others = {name: value for name, value in properties.items() if not is_parameter(name)}
    return {**others, PARAMETERS: parameters} if parameters else others


def is_parameter(name: str) -> bool:
    """Return whether a flat name is that of a parameter."""
    return name.startswith(PARAMETER_PREFIX)
