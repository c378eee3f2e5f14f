"""Outputs in which the service returned a known secret: the state stores them encrypted.

The engine encrypts an output of the same name as a secret input by itself. A secret that returns in another member,
such as a parameter that the service added, an etag or an author, would be stored in clear. The engine takes a value
with this mark for a secret, and passes it back without the mark (pkg/resource/plugin/provider_plugin.go: it
unmarshals with `KeepSecrets`, and a dynamic provider does not accept secrets).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pulumi_adobe.plugin.state_values import SECRET_MARK


def mark_secret_outputs(
    outputs: Mapping[str, Any], inputs: Mapping[str, Any], contains_secret: Callable[[str], bool]
) -> dict[str, Any]:
    """Return the outputs with each text marked as a secret that contains one and that the program did not give so.

    Args:
        outputs: The properties that go into the state.
        inputs: The inputs of the program: what stands there in clear, or is marked, by the program's own choice.
        contains_secret: Whether a known secret is in a text.
    """
    return {name: _mark(value, inputs.get(name), contains_secret) for name, value in outputs.items()}


def _mark(value: Any, input_value: Any, contains_secret: Callable[[str], bool]) -> Any:
    if value == input_value:
        return value
    if isinstance(value, Mapping):
        input_members = input_value if isinstance(input_value, Mapping) else {}
        if any(contains_secret(name) for name in value if name not in input_members):
            return {**SECRET_MARK, "value": value}
        return mark_secret_outputs(value, input_members, contains_secret)
    if isinstance(value, list):
        # The engine encrypts a list as a whole.
        return {**SECRET_MARK, "value": value} if _has_secret(value, contains_secret) else value
    return {**SECRET_MARK, "value": value} if isinstance(value, str) and contains_secret(value) else value


def _has_secret(value: Any, contains_secret: Callable[[str], bool]) -> bool:
    if isinstance(value, Mapping):
        return any(contains_secret(name) or _has_secret(member, contains_secret) for name, member in value.items())
    if isinstance(value, list):
        return any(_has_secret(item, contains_secret) for item in value)
    return isinstance(value, str) and contains_secret(value)
