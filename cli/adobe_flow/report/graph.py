"""The links between the resources of a plan, from a source to a dataset, before the update and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from adobe_flow.report.plan import BASE, DATAFLOW, DELETE, SOURCE, TARGET, Plan, PlannedResource

_REFERENCES: Final = {
    SOURCE: (("baseConnectionId", BASE),),
    DATAFLOW: (("sourceConnectionIds", SOURCE), ("targetConnectionIds", TARGET)),
}
"""The properties of an entity that name another entity, each with the layer of that one."""


@dataclass(frozen=True)
class ResourceLink:
    """A resource and what it uses: the resource ``on``, or an entity of that layer and id that is not in the plan."""

    resource: PlannedResource
    layer: str
    on: PlannedResource | None
    id: str


@dataclass(frozen=True)
class ResourceGraph:
    """The resources of a plan and the links between them."""

    plan: Plan

    @cached_property
    def current_links(self) -> list[ResourceLink]:
        """The links before the update."""
        return [
            link
            for resource in self.plan.existing_resources
            for link in self._build_links(resource, resource.old or {})
        ]

    @cached_property
    def planned_links(self) -> list[ResourceLink]:
        """The links after the update; for a resource that is deleted, those before it."""
        return [
            link
            for resource in self.plan.resources
            for link in self._build_links(resource, _get_final_properties(resource))
        ]

    def list_connections(self, dataflow: PlannedResource) -> list[PlannedResource]:
        """Return the connections of the plan that a dataflow reads and writes through before the update."""
        direct = [link.on for link in self.current_links if link.resource.urn == dataflow.urn and link.on is not None]
        bases = (
            base for connection in direct if connection.layer == SOURCE for base in self.list_connections(connection)
        )
        return [*direct, *bases]

    def _build_links(self, resource: PlannedResource, properties: Mapping[str, Any]) -> Iterator[ResourceLink]:
        for name, layer in _REFERENCES.get(resource.layer or "", ()):
            ids = _list_ids(properties.get(name))
            by_id = [self._resources_by_id[id_] for id_ in ids if id_ in self._resources_by_id]
            # An id that only the update will know is that of the resource on which, as the engine says, it depends.
            by_urn = [
                dependency
                for urn in resource.dependencies.get(name, ())
                if (dependency := self._resources_by_urn.get(urn)) is not None and dependency.layer == layer
            ]
            used = {other.urn: other for other in (*by_id, *by_urn)}
            for other in used.values():
                yield ResourceLink(resource, layer, other, other.id or "")
            if not used:
                yield from (ResourceLink(resource, layer, None, id_) for id_ in ids)

    @cached_property
    def _resources_by_id(self) -> dict[str, PlannedResource]:
        return {resource.id: resource for resource in self.plan.resources if resource.id and resource.is_ours}

    @cached_property
    def _resources_by_urn(self) -> dict[str, PlannedResource]:
        return {resource.urn: resource for resource in self.plan.resources}


def _get_final_properties(resource: PlannedResource) -> Mapping[str, Any]:
    return (resource.old if resource.operation == DELETE else resource.new) or {}


def _list_ids(value: Any) -> Sequence[str]:
    if isinstance(value, list):
        return [id_ for id_ in value if isinstance(id_, str)]
    return [value] if isinstance(value, str) else []
