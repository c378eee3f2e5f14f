"""The conversion between Pulumi's property values and those of the life cycle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi.output

from pulumi_adobe.plugin.state_values import PICKLED_PROVIDER
from pulumi_adobe.schema.values import UNKNOWN, Properties


def from_pulumi(properties: Mapping[str, Any]) -> Properties:
    """Return the properties in the form that the life cycle takes.

    The SDK's plugin adds the pickled provider, passes every number as a float, and puts an object that fails on nearly
    every use where a value is not known yet.
    """
    return {name: _from_pulumi_value(value) for name, value in properties.items() if name != PICKLED_PROVIDER}


def to_pulumi(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties in the form that the plugin takes; the plugin itself adds the pickled provider."""
    return {name: _to_pulumi_value(value) for name, value in properties.items()}


def _from_pulumi_value(value: Any) -> Any:
    if type(value) is str:
        return value  # nearly all values are texts, and the tests below take longer than all else in a preview
    # This test comes first: any other question to an unknown value raises.
    if isinstance(value, pulumi.output.Unknown):
        return UNKNOWN
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {key: _from_pulumi_value(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_from_pulumi_value(member) for member in value]
    return value


def _to_pulumi_value(value: Any) -> Any:
    if value is UNKNOWN:
        return pulumi.output.UNKNOWN
    if isinstance(value, Mapping):
        return {key: _to_pulumi_value(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_to_pulumi_value(member) for member in value]
    return value
