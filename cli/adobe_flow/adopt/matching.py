"""The match of planned resources with existing entities: by name in the scope of duplicates, or by a given id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adobe_flow.adopt.plan import PlannedResource
from adobe_flow.aep.entities import Entity
from adobe_flow.aep.reading import is_readable, read_entity
from adobe_flow.documents import parse_document
from adobe_flow.problem import Problem
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.cache.existing_entities import build_scope
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.ownership import read_owner
from pulumi_adobe.resource_names import get_stack_name
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.suggestions import find_similar_names


@dataclass(frozen=True)
class NotAdopted:
    """A planned resource that is not adopted, the reason, and the ids from which the user may choose."""

    planned: PlannedResource
    reason: str
    ids: tuple[str, ...] = ()


def match_entity(
    planned: PlannedResource,
    schema: ResourceSchema,
    inputs: Mapping[str, Any],
    context: ProviderContext,
    mapped_id: str | None,
) -> Entity | NotAdopted:
    """Return the entity that a planned resource describes, or the reason why there is none.

    Args:
        planned: The resource.
        schema: The schema of a resource with these inputs.
        inputs: The inputs in the form of the life cycle.
        context: The provider context of the resource's provider.
        mapped_id: The id of the entity, if a person gives it.
    """
    name, scope = inputs.get("name"), build_scope(schema, schema.to_body(inputs))
    candidates: Sequence[Entity]
    if mapped_id is not None:
        try:
            candidates = [context.service.get(schema.collection, mapped_id)]
        except NotFound:
            return NotAdopted(planned, f"there is no {schema.collection}/{mapped_id} where its provider works")
    elif not isinstance(name, str) or scope is None:
        return NotAdopted(planned, "its name or its source is known only after an update; give its id with --map")
    else:
        candidates = context.existing_entities.find_by_name(scope, name)
    ids = tuple(str(candidate.get("id")) for candidate in candidates)
    if len(candidates) != 1:
        reason = f"{len(candidates)} have its name and source; choose one with --map"
        return NotAdopted(planned, reason if candidates else "none has its name and source", ids)
    owner = read_owner(candidates[0])
    if not is_readable(read_entity(candidates[0])[0]):
        return NotAdopted(planned, f"Flow Service shows a part of {ids[0]} in a form that cannot be read", ids)
    if owner and get_stack_name(owner) != get_stack_name(str(inputs.get("owner"))):
        return NotAdopted(planned, f"its description says that it belongs to {owner}", ids)
    return candidates[0]


def read_ids_by_resource(file: Path) -> dict[str, str]:
    """Return the ids by resource that an export has written. Raises Problem if the file has no such object."""
    try:
        document = parse_document(file.read_text("utf-8"))
    except (OSError, ValueError):
        document = None
    if not isinstance(document, dict) or not all(isinstance(id_, str) for id_ in document.values()):
        raise Problem(f"{file} is not a JSON object of ids by resource.", 'It looks like {"acme-lake": "<id>"}.')
    return document


def merge_ids_by_resource(
    mappings: Sequence[str], recorded: Mapping[str, str], planned: Sequence[PlannedResource]
) -> dict[str, str]:
    """Return the ids by resource of ``resource=id`` texts and of an export.

    Args:
        mappings: The texts; they win over the recorded ids.
        recorded: The ids by resource that an export has written; those of resources that are not planned are ignored.
        planned: The resources among which a mapping may choose.

    Raises:
        Problem: A mapping is malformed, names a resource that is not planned, or gives a resource or an id twice.
    """
    names = {name for resource in planned for name in (resource.name, resource.urn)}
    id_by_resource: dict[str, str] = {}
    for text in mappings:
        resource, equals, id_ = (part.strip() for part in text.rpartition("="))
        if not (equals and resource and id_):
            raise Problem(
                f'--map "{text}" does not have the form <resource>=<id>.',
                "Give --map <resource>=<id>, by the program's name of it.",
            )
        require_planned_resource(resource, planned)
        if id_by_resource.get(resource, id_) != id_ or (
            resource not in id_by_resource and id_ in id_by_resource.values()
        ):
            raise Problem(f"--map gives {resource} and {id_} more than once.", "Map each resource to an id of its own.")
        id_by_resource[resource] = id_
    return {resource: id_ for resource, id_ in recorded.items() if resource in names} | id_by_resource


def require_planned_resource(name: str, planned: Sequence[PlannedResource]) -> None:
    """Raise Problem, with the nearest names, unless the plan creates a resource with this name or URN."""
    names = [resource.name for resource in planned]
    if name in names or any(name == resource.urn for resource in planned):
        return
    similar = find_similar_names(name, names) or names[:10]
    hint = (
        f"It creates: {', '.join(similar)}." if similar else "The stack already manages everything that the plan has."
    )
    raise Problem(f"The plan does not create {name}.", hint)
