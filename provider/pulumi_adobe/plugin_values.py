"""The one place that knows how Pulumi's plugin changes values on their way to and from provider code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi.output

from pulumi_adobe.declaration import UNKNOWN, Properties

_PROVIDER = "__provider"


def from_pulumi(properties: Mapping[str, Any]) -> Properties:
    """Properties as the life cycle takes them.

    The plugin adds the pickled provider, gives every number as a float, and puts an object that fails on nearly
    every use where a value is not known yet.
    """
    return {name: _from_pulumi_value(value) for name, value in properties.items() if name != _PROVIDER}


def to_pulumi(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties as the plugin takes them back; the pickled provider is its own to add."""
    return {name: _to_pulumi_value(value) for name, value in properties.items()}


def _from_pulumi_value(value: Any) -> Any:
    # First of all questions: anything but this asked of an unknown raises.
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
