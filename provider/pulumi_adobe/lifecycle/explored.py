"""What this run has asked Flow Service and its neighbours about tables, datasets, schemas and flow specs: once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi_adobe.flow_service import neighbours, tables
from pulumi_adobe.flow_service.errors import NotFound

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

_T = TypeVar("_T")


class MetadataCache:
    """Nothing at first. Every method may raise a `FlowServiceError`."""

    def __init__(self, service: FlowServiceClient) -> None:
        self._service = service
        self._cached: dict[tuple[str, ...], Any] = {}
        self._lock = Lock()

    def get_columns(self, connection_id: str, table: str) -> Sequence[Mapping[str, Any]]:
        """The columns of a table, as a source connection takes them (Adobe: tabular.md)."""
        return self._get_or_fetch(("columns", connection_id, table), lambda: tables.get_columns(self._service, connection_id, table))

    def get_dataset(self, id_: str) -> Mapping[str, Any]:
        """A dataset of Catalog."""
        return self._get_or_fetch(("dataset", id_), lambda: neighbours.get_dataset(self._service, id_))

    def get_schema(self, id_: str) -> Mapping[str, Any]:
        """A schema, whole."""
        return self._get_or_fetch(("schema", id_), lambda: neighbours.get_schema(self._service, id_))

    def get_flow_spec(self, name: str) -> dict[str, Any]:
        """Id and version of the flow spec of that name."""
        query = (("property", f'name=="{name}"'),)
        flow_specs = self._get_or_fetch(("flowSpec", name), lambda: self._service.list("flowSpecs", query))
        matching_specs = [flow_spec for flow_spec in flow_specs if flow_spec.get("name") == name]
        if not matching_specs:
            raise NotFound(f"There is no flow spec {name}.", "CRMToAEP is for tables, CloudStorageToAEP for files.")
        return {"id": matching_specs[0].get("id"), "version": matching_specs[0].get("version", "1.0")}

    def create_mapping_set(self, schema: str, mappings: Sequence[Mapping[str, Any]]) -> neighbours.MappingSet:
        """A new one."""
        return neighbours.create_mapping_set(self._service, schema, mappings)

    def _get_or_fetch(self, key: tuple[str, ...], fetch: Callable[[], _T]) -> _T:
        with self._lock:
            if key not in self._cached:
                self._cached[key] = fetch()
            value: _T = self._cached[key]
            return value
