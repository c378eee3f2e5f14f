"""How the resources of a plan hang together, from a source to a dataset, before the update and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from adobe_flow.report.plan import BASE, DATAFLOW, DELETE, SOURCE, TARGET, Plan, Resource

_REFERS: Final = {
    SOURCE: (("baseConnectionId", BASE),),
    DATAFLOW: (("sourceConnectionIds", SOURCE), ("targetConnectionIds", TARGET)),
}
"""Which property of an entity names which other entity."""


@dataclass(frozen=True)
class Link:
    """``resource`` uses ``on``, or something of that layer and id that is not in the plan."""

    resource: Resource
    layer: str
    on: Resource | None
    id: str


@dataclass(frozen=True)
class Chain:
    """The links between the resources of a plan."""

    plan: Plan

    @cached_property
    def now(self) -> list[Link]:
        """As things are before the update."""
        return [link for each in self.plan.existing for link in self._links(each, each.old or {})]

    @cached_property
    def later(self) -> list[Link]:
        """As they will be; of what is deleted, as they were."""
        return [link for each in self.plan.resources for link in self._links(each, self._after(each))]

    def dataflows_on(self, resource: Resource) -> list[Resource]:
        """The dataflows that read or write through it now."""
        found: dict[str, Resource] = {}
        users = [link.resource for link in self.now if link.on is not None and link.on.urn == resource.urn]
        for user in users:
            for each in [user] if user.layer == DATAFLOW else self.dataflows_on(user):
                found[each.urn] = each
        return list(found.values())

    def above(self, dataflow: Resource) -> list[Resource]:
        """What a dataflow reads and writes through now."""
        direct = [link.on for link in self.now if link.resource.urn == dataflow.urn and link.on is not None]
        return [*direct, *(base for each in direct if each.layer == SOURCE for base in self.above(each))]

    def _after(self, resource: Resource) -> Mapping[str, Any]:
        return (resource.old if resource.operation == DELETE else resource.new) or {}

    def _links(self, resource: Resource, properties: Mapping[str, Any]) -> Iterator[Link]:
        for name, layer in _REFERS.get(resource.layer or "", ()):
            ids = _ids(properties.get(name))
            by_id = [each for id_ in ids if (each := self._by_id.get(id_)) is not None]
            # An id that the update has yet to find out is that of what the engine says the property depends on.
            by_urn = [
                each
                for urn in resource.dependencies.get(name, ())
                if (each := self._by_urn.get(urn)) is not None and each.layer == layer
            ]
            known = {each.urn: each for each in (*by_id, *by_urn)}
            for each in known.values():
                yield Link(resource, layer, each, each.id or "")
            if not known:
                yield from (Link(resource, layer, None, id_) for id_ in ids)

    @cached_property
    def _by_id(self) -> dict[str, Resource]:
        return {each.id: each for each in self.plan.resources if each.id and each.ours}

    @cached_property
    def _by_urn(self) -> dict[str, Resource]:
        return {each.urn: each for each in self.plan.resources}


def _ids(value: Any) -> Sequence[str]:
    if isinstance(value, list):
        return [each for each in value if isinstance(each, str)]
    return [value] if isinstance(value, str) else []
