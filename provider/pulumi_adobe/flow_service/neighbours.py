"""Flow Service's neighbours on the same gateway: Catalog, Schema Registry, Data Prep, landing zones and sandboxes.

Adobe: catalog.yaml, schema-registry.yaml, data-prep.yaml; the landing zone's credentials are on the Databricks page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

_SANDBOX_PAGE_SIZE = 50
_SCHEMA_MEDIA_TYPE = "application/vnd.adobe.xed-full+json; version=1"


@dataclass(frozen=True)
class MappingSet:
    """The id (32 hex digits) and the version."""

    id: str
    version: int


@dataclass(frozen=True)
class LandingZone:
    """The storage that a source writes to; ``expiry_date`` is ISO 8601. The token is a secret."""

    container: str
    account: str
    expiry_date: str
    sas_token: str = field(repr=False)
    sas_uri: str = field(repr=False)


def list_sandboxes(service: FlowServiceClient) -> list[str]:
    """The names of the active sandboxes that these credentials may use.

    Adobe: help/sandboxes/api/available.md, for which nobody has to be an administrator; its pages go by offset.
    """
    sandbox_names: list[str] = []
    previous_page = None
    while True:
        query = (("limit", str(_SANDBOX_PAGE_SIZE)), ("offset", str(len(sandbox_names))))
        response = service.request("GET", "/data/foundation/sandbox-management/", query=query)
        page = response.json_object(service.redactor.redact).get("sandboxes")
        if not isinstance(page, list) or not all(isinstance(each, dict) for each in page):
            raise response.to_unexpected_response("without a list of sandboxes", service.redactor.redact)
        if page == previous_page:
            # Whoever leaves the offset out of account would be asked for ever.
            raise response.to_unexpected_response("with the page that was read already", service.redactor.redact)
        previous_page = page
        sandbox_names += [str(each.get("name")) if each.get("state") == "active" else "" for each in page]
        if len(page) < _SANDBOX_PAGE_SIZE:
            return [name for name in sandbox_names if name]


def get_dataset(service: FlowServiceClient, id_: str) -> dict[str, Any]:
    """The dataset of that id; it comes as an object with one member."""
    response = service.request("GET", f"/data/foundation/catalog/dataSets/{quote(id_, safe='')}")
    dataset_body = response.json_object(service.redactor.redact).get(id_)
    if not isinstance(dataset_body, dict):
        raise response.to_unexpected_response("without the dataset that was asked for", service.redactor.redact)
    return dataset_body


def get_schema(service: FlowServiceClient, id_: str) -> dict[str, Any]:
    """The whole schema of that `$id`, with nested properties."""
    path = f"/data/foundation/schemaregistry/tenant/schemas/{quote(id_, safe='')}"
    return service.request("GET", path, headers={"Accept": _SCHEMA_MEDIA_TYPE}).json_object(service.redactor.redact)


def create_mapping_set(service: FlowServiceClient, schema_id: str, mappings: Sequence[Mapping[str, Any]]) -> MappingSet:
    """A new one. Data Prep has no DELETE: what is made twice or for nothing is left there, and does nothing."""
    body = {"version": 0, "xdmSchema": schema_id, "xdmVersion": "1.0", "id": None, "mappings": list(mappings)}
    response = service.request("POST", "/data/foundation/conversion/mappingSets", json=body, idempotent=True)
    created = response.json_object(service.redactor.redact)
    id_, version = created.get("id"), created.get("version")
    if not isinstance(id_, str) or not id_:
        raise response.to_unexpected_response("without an id", service.redactor.redact)
    return MappingSet(id_, version if isinstance(version, int) else 0)


def get_landing_zone(service: FlowServiceClient, kind: str) -> LandingZone:
    """The credentials that hold; an expired token is renewed by the asking."""
    path = "/data/foundation/connectors/landingzone/credentials"
    response = service.request("GET", path, query=(("type", kind),))
    body = response.json_object(service.redactor.redact)
    for secret in ("SASToken", "SASUri"):
        service.redactor.add_secret(body.get(secret))
    names = ("containerName", "storageAccountName", "expiryDate", "SASToken", "SASUri")
    if not all(isinstance(body.get(name), str) for name in names):
        raise response.to_unexpected_response("without the credentials of a landing zone", service.redactor.redact)
    return LandingZone(*(body[name] for name in names))
