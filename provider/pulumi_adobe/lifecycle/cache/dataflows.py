"""The dataflows of the sandbox, listed once per run, so that a deletion can name those that use a connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from pulumi_adobe.flow_service.dataflows import DataflowSummary, list_dataflows
from pulumi_adobe.flow_service.errors import CredentialsRejected, FlowServiceError, Unreachable

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient


class DataflowCache:
    """The dataflows of one sandbox, without those that this process has deleted."""

    def __init__(self, service: FlowServiceClient, show_message: Callable[[str], None]) -> None:
        self._service = service
        self._show_message = show_message
        self._dataflows: Sequence[DataflowSummary] | None = None
        self._lock = Lock()

    def list_using(self, connection_id: str) -> list[DataflowSummary]:
        """Return the dataflows that use this connection; none, with a warning, if they cannot be listed."""
        with self._lock:
            if self._dataflows is None:
                self._dataflows = self._fetch()
            return [dataflow for dataflow in self._dataflows if connection_id in dataflow.connection_ids]

    def remove(self, id_: str) -> None:
        """Record that this process has deleted a dataflow."""
        with self._lock:
            if self._dataflows is not None:
                self._dataflows = [dataflow for dataflow in self._dataflows if dataflow.id != id_]

    def clear(self) -> None:
        """Forget the list, because this process has created or changed a dataflow."""
        with self._lock:
            self._dataflows = None

    def _fetch(self) -> Sequence[DataflowSummary]:
        try:
            return list_dataflows(self._service)
        except (CredentialsRejected, Unreachable):
            # The deletion would fail in the same way.
            raise
        except FlowServiceError as error:
            # Flow Service itself refuses to delete a connection in use (code 1418): only the names are missing then.
            self._show_message(f"warning: the dataflows could not be listed before a deletion: {error.message}")
            return []
