"""The dataflows of a sandbox, and the connections that each of them uses.

Adobe: flow-service.yaml, `GET /flows`; `inheritedAttributes` names the base connections.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_adobe.json_values import get_member, get_objects

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

COLLECTION = "flows"
_PAGE_SIZE = "100"


@dataclass(frozen=True)
class DataflowSummary:
    """One dataflow, and the ids of the base, source and target connections that it uses."""

    id: str
    name: str
    state: str
    connection_ids: frozenset[str]

    def __str__(self) -> str:
        return f'"{self.name}" ({self.id}, {self.state})'


def list_dataflows(service: FlowServiceClient) -> Sequence[DataflowSummary]:
    """Return all dataflows of the sandbox. May raise a `FlowServiceError`."""
    return [_summarize(entity) for entity in service.list(COLLECTION, (("limit", _PAGE_SIZE),))]


def _summarize(entity: Mapping[str, Any]) -> DataflowSummary:
    return DataflowSummary(
        id=str(entity.get("id")),
        name=str(entity.get("name")),
        state=str(entity.get("state")),
        connection_ids=frozenset(_list_connection_ids(entity)),
    )


def _list_connection_ids(entity: Mapping[str, Any]) -> Iterator[str]:
    for name in ("sourceConnectionIds", "targetConnectionIds"):
        ids = entity.get(name)
        yield from (id_ for id_ in (ids if isinstance(ids, list) else []) if isinstance(id_, str))
    for source in get_objects(entity, "inheritedAttributes", "sourceConnections"):
        base_id = get_member(source, "baseConnection", "id")
        if isinstance(base_id, str):
            yield base_id
