"""Tables, datasets, XDM schemas and flow specs: each is read once per run."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi_adobe.flow_service import platform_apis, tables
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.cache.shared_requests import SharedRequests
from pulumi_adobe.sources.families import find_flow_spec

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

_T = TypeVar("_T")


class MetadataCache:
    """The metadata that this run has read. Every method may raise a `FlowServiceError`."""

    def __init__(self, service: FlowServiceClient) -> None:
        self._service = service
        self._requests = SharedRequests()

    def get_columns(self, connection_id: str, table: str) -> Sequence[Mapping[str, Any]]:
        """Return the columns of a table, in the form that a source connection takes (Adobe: tabular.md)."""
        return self._get_or_fetch(
            ("columns", connection_id, table), lambda: tables.get_columns(self._service, connection_id, table)
        )

    def list_tables(self, connection_id: str) -> Sequence[tables.Table]:
        """Return the tables, or files, at the root of the source of a base connection."""
        return self._get_or_fetch(("tables", connection_id), lambda: tables.list_tables(self._service, connection_id))

    def list_folder(self, explorable: tables.Explorable, folder: str) -> Sequence[tables.Table]:
        """Return the files in a folder of a source, those at its root if the folder is empty."""
        return self._get_or_fetch(
            ("folder", explorable.id, folder),
            lambda: (
                tables.list_folder(self._service, explorable, folder)
                if folder
                else tables.list_root(self._service, explorable)
            ),
        )

    def explore_file(self, explorable: tables.Explorable, path: str, form: tables.FileForm) -> Mapping[str, Any]:
        """Return what the source says of a file, if it has this form."""
        return self._get_or_fetch(
            ("file", explorable.id, path, *astuple(form)),
            lambda: tables.explore_file(self._service, explorable, path, form),
        )

    def explore_records(self, connection_id: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a REST source says of the records that these parameters name."""
        return self._get_or_fetch(
            ("records", connection_id, json.dumps(dict(params), sort_keys=True)),
            lambda: tables.explore_records(self._service, connection_id, params),
        )

    def get_connection(self, collection: str, id_: str) -> Mapping[str, Any]:
        """Return a source or target connection, whose content never changes under its id."""
        return self._get_or_fetch((collection, id_), lambda: self._service.get(collection, id_))

    def get_dataset(self, id_: str) -> Mapping[str, Any]:
        """Return a dataset of Catalog Service."""
        return self._get_or_fetch(("dataset", id_), lambda: platform_apis.get_dataset(self._service, id_))

    def get_schema(self, id_: str) -> Mapping[str, Any]:
        """Return an XDM schema with nested properties."""
        return self._get_or_fetch(("schema", id_), lambda: platform_apis.get_schema(self._service, id_))

    def list_descriptor_types(self, schema_id: str) -> frozenset[str]:
        """Return the types of the descriptors of an XDM schema, such as `xdm:descriptorPrimaryKey`."""
        return self._get_or_fetch(
            ("descriptors", schema_id), lambda: platform_apis.list_descriptor_types(self._service, schema_id)
        )

    def get_flow_spec(self, name: str) -> dict[str, Any]:
        """Return id and version of the flow spec of this name. Raises `NotFound`."""
        query = (("property", f'name=="{name}"'),)
        flow_specs = self._get_or_fetch(("flowSpec", name), lambda: self._service.list("flowSpecs", query))
        matching_specs = [flow_spec for flow_spec in flow_specs if flow_spec.get("name") == name]
        known_spec = find_flow_spec(name)
        if not matching_specs and known_spec is not None:
            # The ids are fixed. Of the names, streaming.md itself misspells one ("Steam data with transformation").
            return {"id": known_spec.id, "version": known_spec.version}
        if not matching_specs:
            raise NotFound(
                f"Flow Service has no flow spec {name}.",
                "Correct the name of the flow spec, or remove it: CRMToAEP is for tables, CloudStorageToAEP for files.",
            )
        return {"id": matching_specs[0].get("id"), "version": matching_specs[0].get("version", "1.0")}

    def get_flow_spec_name(self, id_: str) -> str:
        """Return the name of the flow spec with this id. Raises `NotFound`."""
        query = (("property", f"id=={id_}"),)
        flow_specs = self._get_or_fetch(("flowSpecId", id_), lambda: self._service.list("flowSpecs", query))
        for flow_spec in flow_specs:
            if flow_spec.get("id") == id_ and isinstance(flow_spec.get("name"), str):
                return str(flow_spec["name"])
        raise NotFound(f"Flow Service has no flow spec {id_}.")

    def create_mapping_set(self, body: Mapping[str, Any]) -> platform_apis.MappingSet:
        """Create a mapping set. Nothing is cached."""
        return platform_apis.create_mapping_set(self._service, body)

    def get_mapping_set(self, id_: str, version: int | None) -> Mapping[str, Any]:
        """Return a mapping set in one of its versions."""
        return self._get_or_fetch(
            ("mappingSet", id_, str(version)), lambda: platform_apis.get_mapping_set(self._service, id_, version)
        )

    def validate_mapping_set(self, body: Mapping[str, Any]) -> Sequence[str]:
        """Return what Data Prep says is wrong with each mapping of a set. Nothing is cached."""
        return platform_apis.validate_mapping_set(self._service, body)

    def _get_or_fetch(self, key: tuple[str, ...], fetch: Callable[[], _T]) -> _T:
        return self._requests.get_or_request(key, fetch)
