"""The registry of resource types: each pairs a resource schema with its life-cycle hooks.

Adapters find a resource type by its name. Modules are imported when they are needed, because most programs use one or
two resource types, and programs need no hooks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from pulumi_adobe.schema.resource_schema import ResourceSchema

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.operation import LifecycleHooks

_PACKAGE: Final = "pulumi_adobe.resource_types"

_HOOKS: Final[Mapping[str, tuple[str, str]]] = {
    "DatabricksSourceConnection": ("databricks", "DatabricksHooks"),
    "BaseConnection": ("base_connection", "BaseConnectionHooks"),
    "SourceConnection": ("source_connection", "SourceConnectionHooks"),
    "TargetConnection": ("target_connection", "TargetConnectionHooks"),
    "Dataflow": ("dataflow", "DataflowHooks"),
}
"""By resource type: the module that has its schema, and the class in `<module>_hooks` that has its hooks."""

RESOURCE_TYPE_NAMES: Final = tuple(_HOOKS)

_NO_BASE_CONNECTIONS: Final = frozenset({"SourceConnection", "TargetConnection", "Dataflow"})


@dataclass(frozen=True)
class ResourceType:
    """A resource schema with its life-cycle hooks."""

    name: str
    schema: ResourceSchema

    def load_hooks(self) -> LifecycleHooks:
        """Import the hooks and return an instance of them. Only the provider's process needs them."""
        module, class_name = _HOOKS[self.name]
        hooks: LifecycleHooks = getattr(import_module(f"{_PACKAGE}.{module}_hooks"), class_name)()
        return hooks


@cache
def get_resource_type(name: str) -> ResourceType:
    """Return the resource type of this name. Raises KeyError."""
    module, _ = _HOOKS[name]
    schema: ResourceSchema = import_module(f"{_PACKAGE}.{module}").SCHEMA
    return ResourceType(name, schema)


def is_base_connection(type_name: str) -> bool:
    """Return whether this type name, of a resource type or of a typed class, is that of a base connection."""
    return type_name not in _NO_BASE_CONNECTIONS
