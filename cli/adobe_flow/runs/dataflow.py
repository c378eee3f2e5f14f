"""The search for a dataflow by its id, its name, or the name of its resource in the stack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.aep.entities import Entity, EntityIdentity, find_entity
from adobe_flow.aep.place import Place
from adobe_flow.pulumi_cli.resources import map_managed_resources
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import AccessDenied
from pulumi_adobe.flow_service.platform_apis import list_sandboxes
from pulumi_adobe.json_values import get_member

ONCE: Final = "once"
_PAGE: Final = (("limit", "100"),)


@dataclass(frozen=True)
class Dataflow(EntityIdentity):
    """One dataflow, and the client of its sandbox."""

    entity: Entity = field(repr=False)
    service: FlowServiceClient = field(repr=False)
    managed_as: str | None

    @property
    def state(self) -> str:
        """The state of the dataflow at Flow Service."""
        return str(self.entity.get("state"))

    @property
    def sandbox(self) -> str:
        """The name of the sandbox of the dataflow."""
        return self.service.credentials.sandbox

    @property
    def frequency(self) -> str | None:
        """The frequency of the schedule, such as `day`; `once` for a one-time dataflow."""
        frequency = get_member(self.entity, "scheduleParams", "frequency")
        return str(frequency) if frequency else None


@dataclass(frozen=True)
class DataflowList:
    """Dataflows, and the sandboxes that could not be read, each with the reason."""

    dataflows: Sequence[Dataflow]
    refused: Sequence[dict[str, Any]] = ()


def list_dataflows(
    place: Place, *, every_sandbox: bool = False, report_step: Callable[[str], None] = lambda _: None
) -> DataflowList:
    """Return the dataflows of the sandbox, or of all sandboxes.

    Args:
        place: The settings and the stack.
        every_sandbox: Whether to read every sandbox that the credentials may use.
        report_step: Called with the name of each step before it begins.

    Raises:
        FlowServiceError: Flow Service refused, or did not answer.
    """
    if place.stack:
        report_step(f"reading the state of {place.stack.name}")
    managed_names = map_managed_resources(place.stack.list_resources()) if place.stack else {}
    services = [place.service]
    if every_sandbox:
        services = [place.service.for_sandbox(name) for name in list_sandboxes(place.service)]
    dataflows: list[Dataflow] = []
    refused: list[dict[str, Any]] = []
    for service in services:
        report_step(f"reading the dataflows of {service.credentials.sandbox}")
        try:
            entities = service.list("flows", _PAGE)
        except AccessDenied as error:
            if not every_sandbox:
                raise
            refused.append({"sandbox": service.credentials.sandbox, "reason": error.message})
            continue
        dataflows += [Dataflow(entity, service, managed_names.get(str(entity.get("id")))) for entity in entities]
    return DataflowList(dataflows, refused)


def find_dataflow_in_each_sandbox(dataflows: Sequence[Dataflow], name_or_id: str) -> Sequence[Dataflow]:
    """Return the dataflow that `find_dataflow` finds in each sandbox that has one: pipelines are often promoted.

    Raises:
        Problem: No sandbox has one, or one has several.
    """
    by_sandbox: dict[str, list[Dataflow]] = {}
    for dataflow in dataflows:
        by_sandbox.setdefault(dataflow.sandbox, []).append(dataflow)
    matches = [
        find_dataflow(group, name_or_id)
        for group in by_sandbox.values()
        if any(name_or_id in (dataflow.id, dataflow.name, dataflow.managed_as) for dataflow in group)
    ]
    return matches or [find_dataflow(dataflows, name_or_id)]


def find_dataflow(dataflows: Sequence[Dataflow], name_or_id: str) -> Dataflow:
    """Return the dataflow with this id, with this name in the stack's program, or with this name, in that order.

    Raises:
        Problem: There is none, or there are several.
    """
    by_id = {dataflow.id: dataflow for dataflow in dataflows}
    by_resource = [dataflow for dataflow in dataflows if dataflow.managed_as == name_or_id]
    if name_or_id not in by_id and len(by_resource) == 1:
        return by_resource[0]
    # The names of resources serve the suggestion of a similar name; none of them is the name that the person gave.
    resources = [
        {"name": dataflow.managed_as} for dataflow in dataflows if dataflow.managed_as not in {None, name_or_id}
    ]
    entity = find_entity([*(dataflow.entity for dataflow in dataflows), *resources], name_or_id, "dataflow")
    return by_id[str(entity.get("id"))]
