"""The dataflows that hang on connections: listed once per run, to be named before one of them is deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_adobe.flow_service.errors import CredentialsRejected, FlowServiceError, Unreachable
from pulumi_adobe.members import get_member, get_objects

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_adobe.flow_service.client import FlowServiceClient

COLLECTION = "flows"
_PAGE = "100"


@dataclass(frozen=True)
class DataflowSummary:
    """One dataflow, and the connections, base, source and target, that it needs."""

    id: str
    name: str
    state: str
    connection_ids: frozenset[str]

    def __str__(self) -> str:
        return f'"{self.name}" ({self.id}, {self.state})'


class DataflowCache:
    """The dataflows of one sandbox, without those that this process has deleted."""

    def __init__(self, service: FlowServiceClient, show_message: Callable[[str], None]) -> None:
        self._service = service
        self._show_message = show_message
        self._dataflows: list[DataflowSummary] | None = None
        self._lock = Lock()

    def list_using(self, connection_id: str) -> list[DataflowSummary]:
        """Those that need this connection; none where they cannot be listed, which is told once."""
        with self._lock:
            if self._dataflows is None:
                self._dataflows = self._fetch()
            return [flow for flow in self._dataflows if connection_id in flow.connection_ids]

    def remove(self, id_: str) -> None:
        """This process has deleted it."""
        with self._lock:
            if self._dataflows is not None:
                self._dataflows = [dataflow for dataflow in self._dataflows if dataflow.id != id_]

    def clear(self) -> None:
        """This process has made or changed one."""
        with self._lock:
            self._dataflows = None

    def _fetch(self) -> list[DataflowSummary]:
        try:
            entities = self._service.list(COLLECTION, (("limit", _PAGE),))
        except (CredentialsRejected, Unreachable):
            # What comes next would fail in the same way.
            raise
        except FlowServiceError as error:
            # Flow Service itself refuses to delete a connection in use (code 1418): only the names are missing then.
            self._show_message(f"warning: the dataflows could not be listed before a deletion: {error.message}")
            return []
        return [
            DataflowSummary(str(entity.get("id")), str(entity.get("name")), str(entity.get("state")), frozenset(_list_connection_ids(entity)))
            for entity in entities
        ]


def _list_connection_ids(entity: Mapping[str, Any]) -> Iterator[str]:
    """Adobe: flow-service.yaml, `inheritedAttributes` of a flow."""
    for name in ("sourceConnectionIds", "targetConnectionIds"):
        ids = entity.get(name)
        yield from (id_ for id_ in (ids if isinstance(ids, list) else []) if isinstance(id_, str))
    for source in get_objects(entity, "inheritedAttributes", "sourceConnections"):
        base = get_member(source, "baseConnection", "id")
        if isinstance(base, str):
            yield base
