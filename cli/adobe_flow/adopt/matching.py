"""Which existing entity each planned one is: by name, in the scope of duplicates, or as a person says; no guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adobe_flow.adopt.plan import PlannedResource
from adobe_flow.documents import parse_document
from adobe_flow.entities import Entity
from adobe_flow.problem import Problem
from adobe_flow.reading import is_readable, read_entity
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.cache.existing_entities import build_scope
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.ownership import read_owner
from pulumi_adobe.resource_names import get_stack_name
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.suggestions import find_similar_names


@dataclass(frozen=True)
class NotAdopted:
    """A planned resource that stays a create, why, and the ids among which a person may choose."""

    planned: PlannedResource
    reason: str
    ids: tuple[str, ...] = ()


def match_entity(
    planned: PlannedResource,
    schema: ResourceSchema,
    inputs: Mapping[str, Any],
    context: ProviderContext,
    wanted: str | None,
) -> Entity | NotAdopted:
    """Return the entity that a planned resource is, or why there is none.

    Args:
        planned: The resource.
        schema: The schema of a resource with these inputs.
        inputs: The inputs in the form of the life cycle.
        context: The provider context of the resource's provider.
        wanted: The id of the entity, if a person says it.
    """
    name, scope = inputs.get("name"), build_scope(schema, schema.to_body(inputs))
    found: Sequence[Entity]
    if wanted is not None:
        try:
            found = [context.service.get(schema.collection, wanted)]
        except NotFound:
            return NotAdopted(planned, f"there is no {schema.collection}/{wanted} where its provider works")
    elif not isinstance(name, str) or scope is None:
        return NotAdopted(planned, "its name or its source is known in an update only; say which one it is with --map")
    else:
        found = context.existing_entities.find_by_name(scope, name)
    ids = tuple(str(each.get("id")) for each in found)
    if len(found) != 1:
        many = f"{len(found)} are of its name and source; choose one with --map"
        return NotAdopted(planned, many if found else "there is none of its name and source", ids)
    owner = read_owner(found[0])
    if not is_readable(read_entity(found[0])[0]):
        return NotAdopted(planned, f"Flow Service shows a part of {ids[0]} in a form that cannot be read", ids)
    if owner and get_stack_name(owner) != get_stack_name(str(inputs.get("owner"))):
        return NotAdopted(planned, f"its description says that it belongs to {owner}", ids)
    return found[0]


def read_map(file: Path) -> dict[str, str]:
    """Return the ids by resource that an export has written down. Raises Problem where the file is no such object."""
    try:
        found = parse_document(file.read_text("utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(id_, str) for id_ in found.values()):
        raise Problem(f"{file} is no object of ids by resource.", 'It looks like {"acme-lake": "<id>"}.')
    return found


def build_map(given: Sequence[str], recorded: Mapping[str, str], planned: Sequence[PlannedResource]) -> dict[str, str]:
    """Return ``resource=id`` texts as ids by resource. Raises Problem: malformed, unknown, or two for one.

    Of the ``recorded`` ones those that are not planned (any more) do not matter.
    """
    names = {name for each in planned for name in (each.name, each.urn)}
    found: dict[str, str] = {}
    for text in given:
        resource, equals, id_ = (part.strip() for part in text.rpartition("="))
        if not (equals and resource and id_):
            raise Problem(f'"{text}" is no mapping.', "Give --map <resource>=<id>, by the program's name of it.")
        require_planned(resource, planned)
        if found.get(resource, id_) != id_ or (resource not in found and id_ in found.values()):
            raise Problem(f"--map gives {resource} and {id_} more than once.", "Map each resource to an id of its own.")
        found[resource] = id_
    return {resource: id_ for resource, id_ in recorded.items() if resource in names} | found


def require_planned(name: str, planned: Sequence[PlannedResource]) -> None:
    """Raise Problem, with the nearest names, unless the plan creates a resource with this name or URN."""
    names = [each.name for each in planned]
    if name in names or any(name == each.urn for each in planned):
        return
    near = find_similar_names(name, names) or names[:10]
    hint = f"It creates: {', '.join(near)}." if near else "It creates none that this stack does not manage already."
    raise Problem(f"The plan creates no {name}.", hint)
