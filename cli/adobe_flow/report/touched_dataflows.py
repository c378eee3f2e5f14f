"""The dataflows that a plan touches: those of the stack, and others that Flow Service has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.aep.entities import SandboxDataflows, list_dataflows
from adobe_flow.aep.place import Place
from adobe_flow.report.graph import ResourceGraph
from adobe_flow.report.plan import BASE, DATAFLOW, DELETE, REPLACE, SOURCE, TARGET, UPDATE, PlannedResource

_TOUCHING: Final = (UPDATE, REPLACE, DELETE)

DataflowLookup = Callable[[str | None, str | None], SandboxDataflows | None]
"""Returns all dataflows of an organization and sandbox; `None` if the credentials are not for this organization."""


@dataclass(frozen=True)
class TouchedDataflow:
    """An existing dataflow that a plan touches.

    Attributes:
        resource: The dataflow as a resource of the plan; `None` if the stack does not manage it.
        through: The changed resources that the dataflow reads or writes through.
    """

    name: str
    id: str | None
    sandbox: str | None
    resource: PlannedResource | None
    through: tuple[PlannedResource, ...]

    @property
    def remains_after_update(self) -> bool:
        """`True` if the dataflow exists after the update, as it is or replaced."""
        return self.resource is None or self.resource.operation != DELETE


def build_dataflow_lookup(place: Place) -> DataflowLookup:
    """Return a function that asks Flow Service for the dataflows of a sandbox, once for each sandbox.

    It does not ask for another organization than that of the settings: the credentials are not for it.
    """
    by_sandbox: dict[str, SandboxDataflows] = {}

    def look_up_dataflows(org: str | None, sandbox: str | None) -> SandboxDataflows | None:
        credentials = place.service.credentials
        if org is not None and org != credentials.org_id:
            return None
        name = sandbox or credentials.sandbox
        if name not in by_sandbox:
            by_sandbox[name] = list_dataflows(place.service.for_sandbox(name))
        return by_sandbox[name]

    return look_up_dataflows


def find_touched_dataflows(
    graph: ResourceGraph, look_up_dataflows: DataflowLookup | None = None
) -> list[TouchedDataflow]:
    """Return the dataflows that the plan touches; ``look_up_dataflows`` adds those that no stack manages."""
    managed = list(_find_managed_dataflows(graph))
    managed_ids = {dataflow.id for dataflow in managed}
    return [*managed, *(_find_unmanaged_dataflows(graph, look_up_dataflows, managed_ids) if look_up_dataflows else ())]


def select_dataflows_using(dataflows: Sequence[TouchedDataflow], connection: PlannedResource) -> list[TouchedDataflow]:
    """Return the dataflows that use this connection and that the plan does not delete."""
    return [
        dataflow
        for dataflow in dataflows
        if dataflow.remains_after_update and any(resource.urn == connection.urn for resource in dataflow.through)
    ]


def _find_managed_dataflows(graph: ResourceGraph) -> Iterator[TouchedDataflow]:
    for resource in graph.plan.existing_resources:
        if resource.layer != DATAFLOW:
            continue
        through = tuple(
            connection for connection in graph.list_connections(resource) if connection.operation in _TOUCHING
        )
        if through or resource.is_changed:
            name = resource.title or resource.name
            yield TouchedDataflow(name, resource.id, _get_place(resource)[1], resource, through)


def _find_unmanaged_dataflows(
    graph: ResourceGraph, look_up_dataflows: DataflowLookup, managed_ids: set[str | None]
) -> Iterator[TouchedDataflow]:
    by_id: dict[str, tuple[Mapping[str, Any], list[PlannedResource]]] = {}
    for resource in graph.plan.list_by_operation(*_TOUCHING):
        is_connection = resource.layer in {BASE, SOURCE, TARGET} and resource.id
        existing = look_up_dataflows(*_get_place(resource)) if is_connection else None
        for flow in _list_resources_using(resource, existing) if existing else ():
            id_ = str(flow.get("id"))
            if id_ not in managed_ids:
                by_id.setdefault(id_, (flow, []))[1].append(resource)
    for id_, (flow, through) in by_id.items():
        yield TouchedDataflow(str(flow.get("name")), id_, _get_place(through[0])[1], None, tuple(through))


def _list_resources_using(resource: PlannedResource, existing: SandboxDataflows) -> list[Mapping[str, Any]]:
    if resource.layer == BASE:
        return existing.list_reading_from(str(resource.id))
    member = "sourceConnectionIds" if resource.layer == SOURCE else "targetConnectionIds"
    return [flow for flow in existing.flows if resource.id in (flow.get(member) or ())]


def _get_place(resource: PlannedResource) -> tuple[str | None, str | None]:
    """Return the organization and sandbox of a resource from its outputs."""
    org, sandbox = resource.outputs.get("orgId"), resource.outputs.get("sandboxName")
    return (org if isinstance(org, str) else None, sandbox if isinstance(sandbox, str) else None)
