"""The dataflows that a plan touches: those of the stack, and those that Flow Service has besides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.entities import Dataflows
from adobe_flow.report.graph import Chain
from adobe_flow.report.plan import BASE, DATAFLOW, DELETE, REPLACE, SOURCE, TARGET, UPDATE, Resource

_TOUCHING: Final = (UPDATE, REPLACE, DELETE)

Ask = Callable[[str | None, str | None], Dataflows | None]
"""All dataflows of an organization's sandbox; None where that one cannot be asked."""


@dataclass(frozen=True)
class Touched:
    """A dataflow that is there, and the resources of the plan that touch it; ``flow`` where the stack manages it."""

    name: str
    id: str | None
    sandbox: str | None
    flow: Resource | None
    through: tuple[Resource, ...]

    @property
    def remains(self) -> bool:
        """Whether the plan leaves it there, or makes it anew."""
        return self.flow is None or self.flow.operation != DELETE


def touched(chain: Chain, ask: Ask | None = None) -> list[Touched]:
    """By the plan and, where ``ask`` is given, by Flow Service too."""
    managed = list(_managed(chain))
    return [*managed, *(_foreign(chain, ask, {each.id for each in managed}) if ask else ())]


def used(resource: Resource, flows: Sequence[Touched]) -> list[Touched]:
    """Those that use this connection and do not go with it."""
    return [each for each in flows if each.remains and any(on.urn == resource.urn for on in each.through)]


def _managed(chain: Chain) -> Iterator[Touched]:
    for flow in chain.plan.existing:
        if flow.layer != DATAFLOW:
            continue
        through = tuple(each for each in chain.above(flow) if each.operation in _TOUCHING)
        if through or flow.changes:
            yield Touched(flow.title or flow.name, flow.id, _place(flow)[1], flow, through)


def _foreign(chain: Chain, ask: Ask, known: set[str | None]) -> Iterator[Touched]:
    found: dict[str, tuple[Mapping[str, Any], list[Resource]]] = {}
    for resource in chain.plan.with_operation(*_TOUCHING):
        there = ask(*_place(resource)) if resource.layer in {BASE, SOURCE, TARGET} and resource.id else None
        for flow in _on(resource, there) if there else ():
            id_ = str(flow.get("id"))
            if id_ not in known:
                found.setdefault(id_, (flow, []))[1].append(resource)
    for id_, (flow, through) in found.items():
        yield Touched(str(flow.get("name")), id_, _place(through[0])[1], None, tuple(through))


def _on(resource: Resource, there: Dataflows) -> list[Mapping[str, Any]]:
    if resource.layer == BASE:
        return there.on(str(resource.id))
    key = "sourceConnectionIds" if resource.layer == SOURCE else "targetConnectionIds"
    return [flow for flow in there.flows if resource.id in (flow.get(key) or ())]


def _place(resource: Resource) -> tuple[str | None, str | None]:
    """Organization and sandbox in which it is, as its outputs say."""
    org, sandbox = resource.outputs.get("orgId"), resource.outputs.get("sandboxName")
    return (org if isinstance(org, str) else None, sandbox if isinstance(sandbox, str) else None)
