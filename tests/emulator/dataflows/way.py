"""The way from a base connection to a dataset, a request at a time."""

from __future__ import annotations

import time
from typing import Any

import requests

from tests.emulator.adobe_client import DATABRICKS, AdobeClient

LAKE_SPEC = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
CRM = "14518937-270c-4525-bdec-c2ba7cce3860"
DATASET = "6889f4f89b982b2b90bc1207"
SCHEMA = "https://ns.adobe.com/acme/schemas/orders"
COLUMNS = ("order_id", "customer_id", "amount", "ordered_at")


class Way:
    """What has been made so far, by kind."""

    def __init__(self, adobe: AdobeClient, base: str | None = None) -> None:
        self.adobe = adobe
        self.base = base or adobe.create()["id"]
        self.source = self.made("/sourceConnections", source(self.base))
        self.target = self.made("/targetConnections", target())
        self.mapping = self.neighbour("POST", "/conversion/mappingSets", json=mapping_set()).json()["id"]

    def made(self, path: str, body: dict[str, Any], **query: Any) -> str:
        answer = self.adobe.send("POST", path, json=body, params=query)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def neighbour(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.adobe.session.request(method, f"{self.adobe.url}/data/foundation{path}", timeout=10, **more)

    def flow(self, **changed: Any) -> dict[str, Any]:
        body = {
            "name": "orders daily",
            "flowSpec": {"id": CRM, "version": "1.0"},
            "sourceConnectionIds": [self.source],
            "targetConnectionIds": [self.target],
            "transformations": [
                {"name": "Copy", "params": {"deltaColumn": {"name": "ordered_at"}}},
                {"name": "Mapping", "params": {"mappingId": self.mapping, "mappingVersion": 0}},
            ],
            "scheduleParams": {"startTime": str(int(time.time()) + 60), "frequency": "day", "interval": "1"},
            **changed,
        }
        return {name: value for name, value in body.items() if value is not None}

    def read(self, path: str) -> dict[str, Any]:
        (item,) = self.adobe.get(path).json()["items"]
        found: dict[str, Any] = item
        return found

    def runs(self, flow: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.adobe.get("/runs", property=f"flowId=={flow}").json()["items"]
        return found


def source(base: str, **changed: Any) -> dict[str, Any]:
    return {
        "name": "orders",
        "baseConnectionId": base,
        "data": {"format": "tabular"},
        "params": {"tableName": "acme.orders", "columns": [{"name": name} for name in COLUMNS]},
        "connectionSpec": {"id": DATABRICKS, "version": "1.0"},
        **changed,
    }


def target(**changed: Any) -> dict[str, Any]:
    return {
        "name": "orders in the lake",
        "data": {"schema": {"id": SCHEMA, "version": "application/vnd.adobe.xed-full+json;version=1"}},
        "params": {"dataSetId": DATASET},
        "connectionSpec": {"id": LAKE_SPEC, "version": "1.0"},
        **changed,
    }


def mapping_set(**columns: str) -> dict[str, Any]:
    every = columns or {"order_id": "_id", "ordered_at": "timestamp", "amount": "_acme.amount"}
    return {
        "version": 0,
        "xdmSchema": SCHEMA,
        "xdmVersion": "1.0",
        "mappings": [{"sourceAttribute": column, "destinationXdmPath": path} for column, path in every.items()],
    }
