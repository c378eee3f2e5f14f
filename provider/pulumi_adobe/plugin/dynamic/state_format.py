"""How a state holds a resource of the dynamic adapter: its properties, and the pickled provider beside them.

Imports nothing of Pulumi's SDK. Pulumi: `sdk/python/lib/pulumi/dynamic/dynamic.py`, `serialize_provider`.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Final

from pulumi_adobe.plugin.state_values import PICKLED_PROVIDER
from pulumi_adobe.plugin.type_tokens import TypeTokens
from pulumi_adobe.schema.field import Field

TYPE_PREFIX: Final = "pulumi-python:dynamic/adobe:"
"""How the type token of each resource begins; frozen in users' states."""

_RESOURCES: Final = "pulumi_adobe.resources"

_MODULES: Final[Mapping[str, str]] = {
    "DatabricksSourceConnection": "databricks",
    "BaseConnection": "base_connection",
    "SourceConnection": "source_connection",
    "TargetConnection": "target_connection",
    "Dataflow": "dataflow",
    "LandingZoneCredentials": "landing_zone",
}
"""The module of each provider class, which is called like its resource type; frozen in users' states."""

TYPED_CLASSES: Final = frozenset(
    {
        "AzureBlobSourceConnection",
        "BigQuerySourceConnection",
        "MySQLSourceConnection",
        "PostgreSQLSourceConnection",
        "S3SourceConnection",
        "SnowflakeSourceConnection",
    }
)
"""The resources with a type token of their own whose resource type is `BaseConnection`."""


class DynamicStateFormat(TypeTokens):
    """The format of the dynamic adapter."""

    provider_type: str = "pulumi:providers:pulumi-python"

    def __init__(self) -> None:
        super().__init__(TYPE_PREFIX, TYPED_CLASSES)

    def get_label(self, field: Field) -> str:
        """Return what programs, and so messages, call a field."""
        return field.label

    def read_inputs(self, _urn: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs of the life cycle: the state has them all, beside the pickled provider."""
        return {name: value for name, value in inputs.items() if name != PICKLED_PROVIDER}

    def read_outputs(self, _type_token: str, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the outputs of the life cycle."""
        return {name: value for name, value in outputs.items() if name != PICKLED_PROVIDER}

    def write_inputs(
        self, type_token: str, inputs: Mapping[str, Any], declared: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return (flat) inputs as a state holds them, with the pickled provider; what is declared is among them."""
        _ = declared
        return self.write_outputs(type_token, inputs)

    def write_outputs(self, type_token: str, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return (flat) outputs as a state holds them, with the pickled provider."""
        resource_type = self.get_resource_type(type_token)
        pickled = pickle_provider(f"{_RESOURCES}.{_MODULES[resource_type.name]}", f"{resource_type.name}Provider")
        return {PICKLED_PROVIDER: pickled, **resource_type.schema.unflatten(dict(outputs))}

    def read_settings(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs of a provider: as a stack's config has them, or as a `FlowService` has its arguments."""
        return dict(inputs)


def pickle_provider(module: str, class_name: str) -> str:
    """Return what Pulumi's SDK writes into the state for an instance without attributes of this provider class.

    That is a pickle of a reference to the class, which is the same in each release of this package. Python 3.14 writes
    protocol 5 and older ones write protocol 4: only that number differs, each Python reads both, and no comparison of
    the provider looks at it. It is written here, because pickling needs the class, which imports the SDK.
    """
    names = b"".join(b"\x8c" + bytes([len(name)]) + name.encode() + b"\x94" for name in (module, class_name))
    # STACK_GLOBAL, MEMOIZE, EMPTY_TUPLE, NEWOBJ, MEMOIZE, STOP
    body = names + b"\x93\x94)\x81\x94."
    # PROTO 4, FRAME and its length
    return base64.b64encode(b"\x80\x04\x95" + len(body).to_bytes(8, "little") + body).decode()
