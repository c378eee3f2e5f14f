"""The reading of one sandbox: its entities of all four kinds, and the names behind the ids in them.

The number of requests does not grow with the number of references: each list is read once, by pages, and each mapping
set once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.aep.entities import Entity, list_connections, list_dataflows
from adobe_flow.aep.reading import UNREADABLE, read_entities
from adobe_flow.compare.base_connections import read_connection
from adobe_flow.compare.comparison import ComparedSide
from adobe_flow.compare.facts import BASE_CONNECTION, SOURCE_CONNECTION, TARGET_CONNECTION, EntityFacts
from adobe_flow.compare.mappings import read_mapping_set
from adobe_flow.compare.notes import describe_doubts
from adobe_flow.compare.pipelines import (
    find_mapping_set,
    read_dataflow,
    read_source_connection,
    read_target_connection,
)
from adobe_flow.compare.references import DATASET, SCHEMA, EntityNames
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.datasets import list_datasets
from pulumi_adobe.flow_service.errors import (
    AccessDenied,
    InvalidRequest,
    NotFound,
    UnexpectedResponse,
)
from pulumi_adobe.flow_service.platform_apis import get_mapping_set
from pulumi_adobe.flow_service.xdm_schemas import list_schema_titles
from pulumi_adobe.printable import end_sentence

_AT_ONCE: Final = 4
_REFUSALS: Final = (AccessDenied, InvalidRequest, NotFound, UnexpectedResponse)
"""The errors that concern one mapping set or one of Adobe's other services; all others end the command."""

_PAGE: Final = (("limit", "100"),)

MappingSetId = tuple[str, int | None]


@dataclass(frozen=True)
class SandboxEntities:
    """A sandbox read from Flow Service for a comparison, with the names for its references."""

    side: ComparedSide
    names: EntityNames = field(repr=False)


def read_base_connections(service: FlowServiceClient) -> ComparedSide:
    """Read only the base connections, each with the names of its dataflows."""
    flows, sandbox = list_dataflows(service), service.credentials.sandbox
    entities = [
        read_connection(
            entity, sandbox, tuple(str(flow.get("name")) for flow in flows.list_reading_from(str(entity.get("id"))))
        )
        for entity in list_connections(service)
    ]
    return ComparedSide(sandbox, entities, sandbox)


def read_sandbox(service: FlowServiceClient) -> SandboxEntities:
    """Read the entities of all kinds. Raises a `FlowServiceError` if a list of Flow Service cannot be read."""
    sandbox = service.credentials.sandbox
    bases, pipelines = list_connections(service), list_dataflows(service)
    targets = read_entities(service.list("targetConnections", _PAGE), "target connection")
    notes: list[str] = []
    names = EntityNames(
        {
            BASE_CONNECTION: _get_names_by_id(bases),
            SOURCE_CONNECTION: _get_names_by_id(pipelines.source_connections),
            TARGET_CONNECTION: _get_names_by_id(targets),
            **_read_lake_names(service, targets, notes),
        }
    )
    sources = [read_source_connection(entity, names) for entity in pipelines.source_connections]
    mappings, failures = _read_mappings(service, pipelines.flows)
    source_by_id = {facts.id: facts.source for facts in sources}
    entities = [
        *(read_connection(entity, sandbox) for entity in bases),
        *sources,
        *(read_target_connection(entity, names) for entity in targets),
        *(_read_dataflow(entity, names, source_by_id, mappings) for entity in pipelines.flows),
    ]
    unread = {
        str(flow.get("id")): failures[set_id]
        for flow in pipelines.flows
        if (set_id := find_mapping_set(flow)) is not None and set_id in failures
    }
    return SandboxEntities(
        ComparedSide(sandbox, entities, sandbox, notes=(*notes, *describe_doubts(entities, unread))), names
    )


def _get_names_by_id(entities: Sequence[Entity]) -> dict[str, str]:
    return {str(entity.get("id")): str(entity.get("name")) for entity in entities}


def _read_lake_names(
    service: FlowServiceClient, targets: Sequence[Entity], notes: list[str]
) -> dict[str, Mapping[str, str] | None]:
    """Read the names of datasets and XDM schemas, unless no target connection refers to one."""
    if not targets:
        return {}

    def read_names(what: str, fetch: Callable[[], Mapping[str, str]]) -> Mapping[str, str] | None:
        try:
            return fetch()
        except _REFUSALS as error:
            notes.append(f"The {what}s cannot be listed, so their ids are compared: {end_sentence(error.message)}")
            return None

    def fetch_datasets() -> Mapping[str, str]:
        return {dataset.id: dataset.name or dataset.id for dataset in list_datasets(service)}

    return {
        DATASET: read_names(DATASET, fetch_datasets),
        SCHEMA: read_names(SCHEMA, lambda: list_schema_titles(service)),
    }


def _read_mappings(
    service: FlowServiceClient, flows: Sequence[Entity]
) -> tuple[dict[MappingSetId, Any], dict[MappingSetId, str]]:
    """Read each mapping set once; return the mappings, and why a mapping cannot be read."""
    set_ids = list(dict.fromkeys(set_id for flow in flows if (set_id := find_mapping_set(flow)) is not None))

    def read_mapping_set_once(set_id: MappingSetId) -> tuple[Any, str | None]:
        try:
            return read_mapping_set(get_mapping_set(service, *set_id)), None
        except _REFUSALS as error:
            return UNREADABLE, end_sentence(error.message)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        results = dict(zip(set_ids, pool.map(read_mapping_set_once, set_ids), strict=True))
    failures = {set_id: reason for set_id, (_, reason) in results.items() if reason is not None}
    return {set_id: mapping for set_id, (mapping, _) in results.items()}, failures


def _read_dataflow(
    entity: Entity, names: EntityNames, sources: Mapping[str, str], mappings: Mapping[MappingSetId, Any]
) -> EntityFacts:
    set_id = find_mapping_set(entity)
    return read_dataflow(entity, names, sources, None if set_id is None else mappings[set_id])
