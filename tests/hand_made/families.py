"""The bodies of one way to the data lake from each family of sources beside tables, as Adobe's pages print them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from pulumi_adobe.sources import ConnectionSpec, connection_specs
from pulumi_adobe.sources.families import flow_spec
from tests.hand_made.bodies import MARKER, SCHEMA


@dataclass(frozen=True)
class Family:
    """One way to the data lake.

    Attributes:
        source: The name of the source in the catalogue.
        flow_spec: The name of the flow spec.
        data: The member `data` of the source connection; None for a sample that has none.
        params: The member `params` of the source connection; None for a sample that has none.
        auth_spec: The auth spec of the base connection; empty for a source without base connections.
        auth: Its parameters.
        has_mapping: Whether the dataflow has a mapping.
    """

    source: str
    flow_spec: str
    data: dict[str, Any] | None
    params: dict[str, Any] | None
    auth_spec: str = ""
    auth: dict[str, Any] = field(default_factory=dict)
    has_mapping: bool = True

    @property
    def spec(self) -> ConnectionSpec:
        """The source in the catalogue."""
        return connection_specs()[self.source]


FAMILIES: Final = (
    Family(
        "amazon-s3",
        "CloudStorageToAEP",
        {"format": "delimited", "properties": {"columnDelimiter": "\t", "compressionType": "gzip"}},
        {"path": "/exports", "type": "folder", "recursive": True},
        "Access Key",
        {"s3AccessKey": "AKIAEXAMPLE", "s3SecretKey": f"{MARKER}-s3"},
    ),
    Family("data-landing-zone", "CloudStorageToAEP", {"format": "delimited"}, {"path": "acme.customers"}),
    Family(
        "mailchimp-members",
        "RestStorageToAEP",
        {"format": "json"},
        {"listId": "10c097ca71"},
        "Basic Authentication",
        {"username": "ada@example.com", "password": f"{MARKER}-mailchimp"},
    ),
    Family(
        "azure-event-hubs",
        "Stream data with optional transformation",
        {"format": "json"},
        {"eventHubName": "orders", "dataType": "xdm", "reset": "latest", "consumerGroup": "adobe"},
        "Azure EventHub authentication credentials",
        {"sasKeyName": "listen", "sasKey": f"{MARKER}-hub", "namespace": "acme"},
        has_mapping=False,
    ),
    Family(
        "http-api-streaming",
        "Stream data without transformation",
        None,
        None,
        "Streaming Connection",
        {"sourceId": "Orders", "dataType": "xdm", "name": "Orders"},
        has_mapping=False,
    ),
    Family("pendo", "Streaming SDK", {"format": "json"}, None),
)


def build_base(family: Family) -> dict[str, Any]:
    """Return the body of the base connection."""
    return {
        "name": f"Base of {family.source}",
        "auth": {"specName": family.auth_spec, "params": dict(family.auth)},
        "connectionSpec": {"id": family.spec.id, "version": family.spec.version},
    }


def build_source(family: Family, base_id: str | None) -> dict[str, Any]:
    """Return the body of the source connection."""
    body = {
        "name": f"Data of {family.source}",
        "baseConnectionId": base_id,
        "data": family.data,
        "params": family.params,
        "connectionSpec": {"id": family.spec.id, "version": family.spec.version},
    }
    return {name: value for name, value in body.items() if value is not None}


def build_mapping_set() -> dict[str, Any]:
    """Return the body of a mapping set that fills the identifier."""
    mappings = [{"sourceAttribute": "customer_id", "destinationXdmPath": "_id"}]
    return {"version": 0, "xdmSchema": SCHEMA, "xdmVersion": "1.0", "mappings": mappings}


def build_flow(
    family: Family, source_id: str, target_id: str, mapping_set_id: str | None, start: int
) -> dict[str, Any]:
    """Return the body of the dataflow; ``start`` is in epoch seconds."""
    spec = flow_spec(family.flow_spec)
    mapping = {"name": "Mapping", "params": {"mappingId": mapping_set_id, "mappingVersion": 0}}
    return {
        "name": f"Flow of {family.source}",
        "flowSpec": {"id": spec.id, "version": spec.version},
        "sourceConnectionIds": [source_id],
        "targetConnectionIds": [target_id],
        **({"transformations": [mapping]} if mapping_set_id is not None else {}),
        **({"scheduleParams": {"startTime": start, "frequency": "day", "interval": 1}} if spec.has_schedule else {}),
    }
