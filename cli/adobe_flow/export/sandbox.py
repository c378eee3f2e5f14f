"""What one sandbox holds: the entities of the four kinds, and what a program needs to know about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adobe_flow.aep.entities import Entity, list_connections
from adobe_flow.aep.reading import read_entities
from adobe_flow.export.declaration import FLOW, KINDS, SOURCE, TARGET, EntityKind
from adobe_flow.safe_output import write_to_stderr
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.datasets import list_datasets
from pulumi_adobe.flow_service.errors import AccessDenied

_PAGE = (("limit", "100"),)


@dataclass(frozen=True)
class DatasetNames:
    """The name of each dataset of a sandbox, by its id; None if these credentials may not list the datasets."""

    names: Mapping[str, str] | None

    def find_unique_name(self, id_: str) -> str | None:
        """Return the name of a dataset if no other dataset of the sandbox has it."""
        names = self.names or {}
        name = names.get(id_)
        return name if name and name.strip() and Counter(names.values())[name] == 1 else None

    def is_gone(self, id_: str) -> bool:
        """Return whether the sandbox certainly has no dataset with this id."""
        return self.names is not None and id_ not in self.names


@dataclass(frozen=True)
class SandboxContent:
    """The content of a sandbox, with the client that reads the mapping sets when they are needed.

    Attributes:
        service: The client.
        entities: The entities of each kind.
        flow_specs: The name of each flow spec, by its id.
        datasets: The datasets.
    """

    service: FlowServiceClient = field(repr=False)
    entities: Mapping[EntityKind, Sequence[Entity]] = field(repr=False)
    flow_specs: Mapping[str, str] = field(repr=False)
    datasets: DatasetNames = field(repr=False)

    @property
    def name(self) -> str:
        """The name of the sandbox."""
        return self.service.credentials.sandbox

    def find_entity(self, kind: EntityKind, id_: str) -> Entity:
        """Return the entity with this id; an empty one if the sandbox has none."""
        return next((entity for entity in self.entities[kind] if entity.get("id") == id_), {})


def read_sandbox(service: FlowServiceClient, kinds: Sequence[EntityKind] = KINDS) -> SandboxContent:
    """Read the entities of these kinds, the names of the flow specs, and those of the datasets."""
    entities: dict[EntityKind, Sequence[Entity]] = {
        kind: _list_entities(service, kind) if kind in kinds else () for kind in KINDS
    }
    flow_specs = service.list("flowSpecs") if entities[FLOW] else []
    datasets = DatasetNames(_read_dataset_names(service) if entities[TARGET] else {})
    return SandboxContent(service, entities, _get_flow_spec_names(flow_specs), datasets)


def _list_entities(service: FlowServiceClient, kind: EntityKind) -> Sequence[Entity]:
    if kind.collection == "connections":
        return list_connections(service)
    return read_entities(service.list(kind.collection, _PAGE), kind.label)


def _get_flow_spec_names(flow_specs: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {str(each.get("id")): str(each.get("name")) for each in flow_specs if each.get("name")}


def _read_dataset_names(service: FlowServiceClient) -> dict[str, str] | None:
    try:
        return {dataset.id: dataset.name or "" for dataset in list_datasets(service)}
    except AccessDenied as error:
        write_to_stderr(
            f"note: the names of the datasets cannot be read, so the stack's config has their ids: {error.message}"
        )
        return None


def get_linked_ids(entity: Entity, member: str) -> list[str]:
    """Return the ids in a list of an entity, such as `sourceConnectionIds`."""
    ids = entity.get(member)
    return [each for each in ids if isinstance(each, str)] if isinstance(ids, list) else []


def select_with_dependents(content: SandboxContent, root_ids: set[str]) -> set[str]:
    """Return the ids of these base connections and of all that hangs on them.

    That is their source connections, the dataflows that read from these, and the target connections of the dataflows.

    Args:
        content: The content of the sandbox.
        root_ids: The ids of base connections, and of source connections that have none.
    """
    sources = {
        str(each["id"])
        for each in content.entities[SOURCE]
        if each.get("baseConnectionId") in root_ids or each.get("id") in root_ids
    }
    flows = [flow for flow in content.entities[FLOW] if sources & set(get_linked_ids(flow, "sourceConnectionIds"))]
    targets = {id_ for flow in flows for id_ in get_linked_ids(flow, "targetConnectionIds")}
    return {*root_ids, *sources, *targets, *(str(flow["id"]) for flow in flows)}
