"""The dataflows that hang on connections: listed once per run, to be named before one of them is deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_adobe.flow_service.errors import CredentialsRejected, FlowServiceError, Unreachable
from pulumi_adobe.members import member, objects

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_adobe.flow_service.client import FlowService

COLLECTION = "flows"
_PAGE = "100"


@dataclass(frozen=True)
class Dataflow:
    """One dataflow, and the connections, base, source and target, that it needs."""

    id: str
    name: str
    state: str
    needs: frozenset[str]

    def __str__(self) -> str:
        return f'"{self.name}" ({self.id}, {self.state})'


class Dataflows:
    """The dataflows of one sandbox, without those that this process has deleted."""

    def __init__(self, service: FlowService, say: Callable[[str], None]) -> None:
        self._service = service
        self._say = say
        self._known: list[Dataflow] | None = None
        self._lock = Lock()

    def on(self, connection: str) -> list[Dataflow]:
        """Those that need this connection; none where they cannot be listed, which is told once."""
        with self._lock:
            if self._known is None:
                self._known = self._read()
            return [flow for flow in self._known if connection in flow.needs]

    def drop(self, id_: str) -> None:
        """This process has deleted it."""
        with self._lock:
            if self._known is not None:
                self._known = [known for known in self._known if known.id != id_]

    def forget(self) -> None:
        """This process has made or changed one."""
        with self._lock:
            self._known = None

    def _read(self) -> list[Dataflow]:
        try:
            entities = self._service.list(COLLECTION, (("limit", _PAGE),))
        except (CredentialsRejected, Unreachable):
            # What comes next would fail in the same way.
            raise
        except FlowServiceError as error:
            # Flow Service itself refuses to delete a connection in use (code 1418): only the names are missing then.
            self._say(f"warning: the dataflows could not be listed before a deletion: {error.what}")
            return []
        return [
            Dataflow(str(each.get("id")), str(each.get("name")), str(each.get("state")), frozenset(_needs(each)))
            for each in entities
        ]


def _needs(flow: Mapping[str, Any]) -> Iterator[str]:
    """Adobe: flow-service.yaml, `inheritedAttributes` of a flow."""
    for name in ("sourceConnectionIds", "targetConnectionIds"):
        ids = flow.get(name)
        yield from (each for each in (ids if isinstance(ids, list) else []) if isinstance(each, str))
    for source in objects(flow, "inheritedAttributes", "sourceConnections"):
        base = member(source, "baseConnection", "id")
        if isinstance(base, str):
            yield base
