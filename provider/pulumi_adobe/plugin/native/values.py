"""The conversion between the engine's property values, as protobuf has them, and those of the life cycle.

Pulumi: `sdk/go/common/resource/plugin/rpc.go`. A provider that does not accept secrets gets them in clear, and the
engine keeps the mark of what this adapter returns as a secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from google.protobuf.struct_pb2 import ListValue, Struct, Value

from pulumi_adobe.plugin.state_values import PICKLED_PROVIDER, SECRET_MARK, UNKNOWN_TEXT, UNKNOWN_TEXTS, is_secret
from pulumi_adobe.schema.values import UNKNOWN, Properties


def from_struct(message: Struct) -> Properties:
    """Return the properties, without absent ones and those with reserved names, such as the pickled provider."""
    properties = {name: _from_value(value) for name, value in message.fields.items() if not name.startswith("__")}
    return {name: value for name, value in properties.items() if value is not None}


def to_struct(properties: Mapping[str, Any]) -> Struct:
    """Return the properties as protobuf, `UNKNOWN` included."""
    message = Struct()
    for name, value in properties.items():
        _set_value(message.fields[name], value)
    return message


def mark_secrets(properties: Mapping[str, Any], names: Iterable[str]) -> Properties:
    """Return the (flat) properties with a mark on those of these names, so that the engine encrypts them."""
    marked = dict(properties)
    for name in names:
        if name in marked and not is_secret(marked[name]):
            marked[name] = {**SECRET_MARK, "value": marked[name]}
    return marked


def keep_pickled_provider(message: Struct) -> Properties:
    """Return the pickled provider of a state that the dynamic adapter has written; nothing for others."""
    value = message.fields.get(PICKLED_PROVIDER)
    return {PICKLED_PROVIDER: value.string_value} if value is not None and value.string_value else {}


def _from_value(value: Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return UNKNOWN if value.string_value in UNKNOWN_TEXTS else value.string_value
    if kind == "number_value":
        return int(value.number_value) if value.number_value.is_integer() else value.number_value
    if kind == "bool_value":
        return value.bool_value
    if kind == "struct_value":
        members = {name: _from_value(member) for name, member in value.struct_value.fields.items()}
        return members.get("value") if is_secret(members) else members
    if kind == "list_value":
        return [_from_value(item) for item in value.list_value.values]
    return None


def _set_value(target: Value, value: Any) -> None:
    if value is UNKNOWN:
        target.string_value = UNKNOWN_TEXT
    elif isinstance(value, str):
        target.string_value = value
    elif isinstance(value, bool):
        target.bool_value = value
    elif isinstance(value, (int, float)):
        target.number_value = value
    elif isinstance(value, Mapping):
        target.struct_value.CopyFrom(to_struct(value))
    elif isinstance(value, (list, tuple)):
        target.list_value.CopyFrom(ListValue())
        for item in value:
            _set_value(target.list_value.values.add(), item)
    else:
        target.null_value = 0  # type: ignore[assignment]  # the enum's only value
