"""Pipelines of all four kinds of entities in the sandboxes of the emulator, created by plain HTTP as people do it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from tests.emulator.adobe_client import AdobeClient, lake
from tests.emulator.dataflows.way import CRM, DATASET, LAKE_SPEC, SCHEMA, source

START: Final = 4_102_444_800
"""A start that lies ahead: 2100-01-01."""

CONTENT_TYPE: Final = "application/vnd.adobe.xed-full+json;version=1"
_FOUNDATION: Final = "/data/foundation"


@dataclass(frozen=True)
class Pipeline:
    """The ids of one pipeline."""

    base: str
    source: str
    target: str
    mapping_set: str
    flow: str


class SandboxClient:
    """One sandbox, its dataset of the orders, and plain requests to it."""

    def __init__(self, adobe: AdobeClient, name: str) -> None:
        adobe.session.headers["x-sandbox-name"] = name
        self.adobe = adobe
        self.dataset, self.schema = DATASET, SCHEMA

    def replace_dataset(self) -> None:
        """Put a dataset and an XDM schema of the same names in the place of those of the start. Their ids are new."""
        dataset = self.send("GET", f"/catalog/dataSets/{DATASET}")[DATASET]
        path = "/schemaregistry/tenant/schemas"
        schema = self.send("GET", f"{path}/_acme.schemas.orders")
        body = {name: value for name, value in schema.items() if name in {"title", "type", "properties"}}
        self.schema = self.send("POST", path, json=body)["$id"]
        self.create_dataset(dataset["name"])
        self.send("DELETE", f"/catalog/dataSets/{DATASET}")

    def create_dataset(self, name: str) -> None:
        """Create a dataset, into which the pipelines go from now on."""
        reference = {"id": self.schema, "contentType": CONTENT_TYPE}
        (created,) = self.send("POST", "/catalog/dataSets", json={"name": name, "schemaRef": reference})
        self.dataset = created.rpartition("/")[2]

    def create_pipeline(self, name: str = "orders", **flow: Any) -> Pipeline:
        """Create one of each kind; ``flow`` changes the body of the dataflow."""
        base = self.adobe.create(lake(name=f"{name} lake"))["id"]
        source_id = self.create("sourceConnections", source(base, name=f"{name} table"))
        target_id = self.create_target(f"{name} dataset")
        set_id = self.create_mapping_set(order_id="_id", amount="_acme.amount")
        body = self.build_flow(f"{name} daily", [source_id], [target_id], set_id)
        return Pipeline(base, source_id, target_id, set_id, self.create("flows", {**body, **flow}))

    def create_target(self, name: str) -> str:
        schema = {"id": self.schema, "version": CONTENT_TYPE}
        body = {"name": name, "data": {"schema": schema}, "params": {"dataSetId": self.dataset}}
        return self.create("targetConnections", {**body, "connectionSpec": {"id": LAKE_SPEC, "version": "1.0"}})

    def create_mapping_set(self, **columns: str) -> str:
        mappings = [{"sourceAttribute": column, "destinationXdmPath": path} for column, path in columns.items()]
        body = {"version": 0, "xdmSchema": self.schema, "xdmVersion": "1.0", "mappings": mappings}
        return str(self.send("POST", "/conversion/mappingSets", json=body)["id"])

    def build_flow(self, name: str, sources: list[str], targets: list[str], set_id: str) -> dict[str, Any]:
        return {
            "name": name,
            "flowSpec": {"id": CRM, "version": "1.0"},
            "sourceConnectionIds": sources,
            "targetConnectionIds": targets,
            "transformations": [
                {"name": "Copy", "params": {"deltaColumn": {"name": "ordered_at"}}},
                {"name": "Mapping", "params": {"mappingId": set_id, "mappingVersion": 0}},
            ],
            "scheduleParams": {"startTime": START, "frequency": "day", "interval": 1},
            "options": {"partialIngestionPercent": 5},
        }

    def create(self, collection: str, body: dict[str, Any]) -> str:
        return str(self.send("POST", f"/flowservice/{collection}", json=body)["id"])

    def patch(self, collection: str, id_: str, path: str, value: Any) -> None:
        """Change one member of an entity, or replace one element of a list, as another person would."""
        (entity,) = self.send("GET", f"/flowservice/{collection}/{id_}")["items"]
        operations = [{"op": "replace" if path[-1].isdecimal() else "add", "path": path, "value": value}]
        headers = {"If-Match": entity["etag"]}
        self.send("PATCH", f"/flowservice/{collection}/{id_}", json=operations, headers=headers)

    def send(self, method: str, path: str, **more: Any) -> Any:
        response = self.adobe.session.request(method, f"{self.adobe.url}{_FOUNDATION}{path}", timeout=10, **more)
        assert response.ok, f"{method} {path}: {response.status_code} {response.text}"
        return response.json()


@contextmanager
def open_sandbox(url: str, name: str) -> Iterator[SandboxClient]:
    """Give plain requests to a sandbox of the emulator."""
    with AdobeClient(url) as adobe:
        yield SandboxClient(adobe, name)
