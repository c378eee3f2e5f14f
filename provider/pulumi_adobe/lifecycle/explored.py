"""What this run has asked Flow Service and its neighbours about tables, datasets, schemas and flow specs: once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi_adobe.flow_service import neighbours, tables
from pulumi_adobe.flow_service.errors import NotFound

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowService

_T = TypeVar("_T")


class Explored:
    """Nothing at first. Every method may raise a `FlowServiceError`."""

    def __init__(self, service: FlowService) -> None:
        self._service = service
        self._known: dict[tuple[str, ...], Any] = {}
        self._lock = Lock()

    def columns(self, connection: str, table: str) -> Sequence[Mapping[str, Any]]:
        """The columns of a table, as a source connection takes them (Adobe: tabular.md)."""
        return self._once(("columns", connection, table), lambda: tables.columns(self._service, connection, table))

    def dataset(self, id_: str) -> Mapping[str, Any]:
        """A dataset of Catalog."""
        return self._once(("dataset", id_), lambda: neighbours.dataset(self._service, id_))

    def schema(self, id_: str) -> Mapping[str, Any]:
        """A schema, whole."""
        return self._once(("schema", id_), lambda: neighbours.schema(self._service, id_))

    def flow_spec(self, name: str) -> dict[str, Any]:
        """Id and version of the flow spec of that name."""
        query = (("property", f'name=="{name}"'),)
        found = self._once(("flowSpec", name), lambda: self._service.list("flowSpecs", query))
        named = [each for each in found if each.get("name") == name]
        if not named:
            raise NotFound(f"There is no flow spec {name}.", "CRMToAEP is for tables, CloudStorageToAEP for files.")
        return {"id": named[0].get("id"), "version": named[0].get("version", "1.0")}

    def make_mapping_set(self, schema: str, mappings: Sequence[Mapping[str, Any]]) -> neighbours.MappingSet:
        """A new one."""
        return neighbours.make_mapping_set(self._service, schema, mappings)

    def _once(self, key: tuple[str, ...], ask: Callable[[], _T]) -> _T:
        with self._lock:
            if key not in self._known:
                self._known[key] = ask()
            found: _T = self._known[key]
            return found
