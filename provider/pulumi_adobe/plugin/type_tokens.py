"""The type tokens of the resources of one adapter, as states and the engine's requests have them."""

from __future__ import annotations

from collections.abc import Collection

from pulumi_adobe.resource_types.registry import RESOURCE_TYPE_NAMES, ResourceType, get_resource_type

_TYPED_RESOURCE_TYPE = "BaseConnection"


class TypeTokens:
    """The type tokens of one adapter.

    Args:
        prefix: How each of them begins; the name of a class follows.
        typed_classes: The classes whose resource type is `BaseConnection`. Each other one is named as its type.
    """

    def __init__(self, prefix: str, typed_classes: Collection[str] = ()) -> None:
        self._prefix = prefix
        self._typed_classes = frozenset(typed_classes)

    def find_class_name(self, type_token: str) -> str | None:
        """Return the class by which a program declares a resource with this type token; None for other resources."""
        name = type_token.removeprefix(self._prefix)
        return name if name != type_token and name in {*RESOURCE_TYPE_NAMES, *self._typed_classes} else None

    def find_resource_type(self, type_token: str) -> ResourceType | None:
        """Return the resource type of a resource with this type token; None if the adapter has no such resource."""
        name = self.find_class_name(type_token)
        return (
            None if name is None else get_resource_type(_TYPED_RESOURCE_TYPE if name in self._typed_classes else name)
        )

    def get_resource_type(self, type_token: str) -> ResourceType:
        """Return the resource type of a resource with this type token. Raises ValueError if there is none."""
        resource_type = self.find_resource_type(type_token)
        if resource_type is None:
            raise ValueError(f"{type_token} is not the type token of a resource: those are {self._prefix} and a class")
        return resource_type

    def build_type_token(self, class_name: str) -> str:
        """Return the type token of the resources of a class."""
        return f"{self._prefix}{class_name}"
