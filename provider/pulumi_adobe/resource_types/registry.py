"""The registry of resource types: each pairs a resource schema with the life cycle that serves it.

For an entity of Flow Service that is the one `Lifecycle` with the type's hooks; another kind of resource has a life
cycle of its own.

Adapters find a resource type by its name. Modules are imported when they are needed, because most programs use one or
two resource types, and programs need no hooks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pulumi_adobe.schema.resource_schema import ResourceSchema

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.context import ProviderContext
    from pulumi_adobe.lifecycle.operation import LifecycleHooks
    from pulumi_adobe.lifecycle.read import ReadState
    from pulumi_adobe.lifecycle.resource_lifecycle import ResourceLifecycle

_PACKAGE: Final = "pulumi_adobe.resource_types"

_HOOKS: Final[Mapping[str, tuple[str, str]]] = {
    "DatabricksSourceConnection": ("databricks", "DatabricksHooks"),
    "BaseConnection": ("base_connection", "BaseConnectionHooks"),
    "SourceConnection": ("source_connection", "SourceConnectionHooks"),
    "TargetConnection": ("target_connection", "TargetConnectionHooks"),
    "Dataflow": ("dataflow", "DataflowHooks"),
}
"""By resource type: the module that has its schema, and the class in `<module>_hooks` that has its hooks."""

_LIFECYCLES: Final[Mapping[str, tuple[str, str]]] = {
    "LandingZoneCredentials": ("landing_zone", "LandingZoneLifecycle"),
}
"""By resource type that is no entity of Flow Service: the module that has its schema, and the class in
`<module>_lifecycle` that is its life cycle."""

ENTITY_TYPE_NAMES: Final = tuple(_HOOKS)
"""The resource types that are entities of Flow Service."""

RESOURCE_TYPE_NAMES: Final = (*_HOOKS, *_LIFECYCLES)

_NO_BASE_CONNECTIONS: Final = frozenset({"SourceConnection", "TargetConnection", "Dataflow", *_LIFECYCLES})


class ResourceType(NamedTuple):
    """A resource schema with its life cycle."""

    name: str
    schema: ResourceSchema

    def load_hooks(self) -> LifecycleHooks:
        """Import the hooks of an entity and return an instance of them. Only the provider's process needs them."""
        module, class_name = _HOOKS[self.name]
        hooks: LifecycleHooks = getattr(import_module(f"{_PACKAGE}.{module}_hooks"), class_name)()
        return hooks

    def create_lifecycle(self, properties: Mapping[str, Any], context: ProviderContext) -> ResourceLifecycle:
        """Import the life cycle and return it for a resource with these (flat) properties."""
        return self._load_lifecycle(self.schema.for_properties(properties), context)

    def import_existing(self, id_: str, owner: str, context: ProviderContext) -> ReadState:
        """Return the resource with this id as an import stores it for this owner.

        Raises:
            CannotAdopt: There is none, or it is of another resource type.
        """
        return self._load_lifecycle(self.schema, context).import_existing(id_, owner)

    def _load_lifecycle(self, schema: ResourceSchema, context: ProviderContext) -> ResourceLifecycle:
        if self.name in _HOOKS:
            from pulumi_adobe.lifecycle.lifecycle import Lifecycle  # noqa: PLC0415 - programs need no life cycle

            return Lifecycle(schema, self.load_hooks(), context)
        module, class_name = _LIFECYCLES[self.name]
        lifecycle_class = getattr(import_module(f"{_PACKAGE}.{module}_lifecycle"), class_name)
        lifecycle: ResourceLifecycle = lifecycle_class(schema, context)
        return lifecycle


@cache
def get_resource_type(name: str) -> ResourceType:
    """Return the resource type of this name. Raises KeyError."""
    module, _ = {**_HOOKS, **_LIFECYCLES}[name]
    schema: ResourceSchema = import_module(f"{_PACKAGE}.{module}").SCHEMA
    return ResourceType(name, schema)


def is_base_connection(type_name: str) -> bool:
    """Return whether this type name, of a resource type or of a typed class, is that of a base connection."""
    return type_name not in _NO_BASE_CONNECTIONS
