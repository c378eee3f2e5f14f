"""The inputs that an entity of Flow Service shows."""

from __future__ import annotations

from typing import Any, Final

from adobe_flow.aep.entities import Entity
from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.documents import is_nested_deeper
from adobe_flow.export.declaration import NotExpressible
from pulumi_adobe.lifecycle.entity import entity_to_inputs
from pulumi_adobe.schema.resource_schema import ResourceSchema

_DRAFT: Final = "draft"
_MAX_NESTING: Final = 20
"""The most objects and lists inside one another; columns have three (Adobe: tabular.md)."""


def read_inputs(schema: ResourceSchema, entity: Entity) -> dict[str, Any]:
    """Return the inputs that an entity shows, and whether it is a draft. Raises `NotExpressible`."""
    inputs = entity_to_inputs(schema, entity)
    unreadable = [name for name, value in {**inputs, "id": entity.get("id")}.items() if _is_unreadable(value)]
    if unreadable:
        raise NotExpressible(f"Flow Service shows its {', '.join(unreadable)} in a form that cannot be read")
    if not str(inputs.get("name") or "").strip():
        raise NotExpressible("it has no name; give it one in Experience Platform")
    return {**inputs, "draft": True} if entity.get("state") == _DRAFT else inputs


def _is_unreadable(value: Any) -> bool:
    return value == UNREADABLE or is_nested_deeper(value, _MAX_NESTING)
