"""Flow Service's neighbours on the same gateway: Catalog, Schema Registry, Data Prep, landing zones and sandboxes.

Adobe: catalog.yaml, schema-registry.yaml, data-prep.yaml; the landing zone's credentials are on the Databricks page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowService

_SANDBOXES = 50
_SCHEMA = "application/vnd.adobe.xed-full+json; version=1"


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


def available_sandboxes(service: FlowService) -> list[str]:
    """The names of the active sandboxes that these credentials may use.

    Adobe: help/sandboxes/api/available.md, for which nobody has to be an administrator; its pages go by offset.
    """
    found: list[str] = []
    before = None
    while True:
        query = (("limit", str(_SANDBOXES)), ("offset", str(len(found))))
        answer = service.ask("GET", "/data/foundation/sandbox-management/", query=query)
        page = answer.object(service.redactor.redact).get("sandboxes")
        if not isinstance(page, list) or not all(isinstance(each, dict) for each in page):
            raise answer.unexpected("without a list of sandboxes", service.redactor.redact)
        if page == before:
            # Whoever leaves the offset out of account would be asked for ever.
            raise answer.unexpected("with the page that was read already", service.redactor.redact)
        before = page
        found += [str(each.get("name")) if each.get("state") == "active" else "" for each in page]
        if len(page) < _SANDBOXES:
            return [name for name in found if name]


def dataset(service: FlowService, id_: str) -> dict[str, Any]:
    """The dataset of that id; it comes as an object with one member."""
    answer = service.ask("GET", f"/data/foundation/catalog/dataSets/{quote(id_, safe='')}")
    found = answer.object(service.redactor.redact).get(id_)
    if not isinstance(found, dict):
        raise answer.unexpected("without the dataset that was asked for", service.redactor.redact)
    return found


def schema(service: FlowService, id_: str) -> dict[str, Any]:
    """The whole schema of that `$id`, with nested properties."""
    path = f"/data/foundation/schemaregistry/tenant/schemas/{quote(id_, safe='')}"
    return service.ask("GET", path, headers={"Accept": _SCHEMA}).object(service.redactor.redact)


def make_mapping_set(service: FlowService, schema_id: str, mappings: Sequence[Mapping[str, Any]]) -> MappingSet:
    """A new one. Data Prep has no DELETE: what is made twice or for nothing is left there, and does nothing."""
    body = {"version": 0, "xdmSchema": schema_id, "xdmVersion": "1.0", "id": None, "mappings": list(mappings)}
    answer = service.ask("POST", "/data/foundation/conversion/mappingSets", json=body, repeatable=True)
    found = answer.object(service.redactor.redact)
    id_, version = found.get("id"), found.get("version")
    if not isinstance(id_, str) or not id_:
        raise answer.unexpected("without an id", service.redactor.redact)
    return MappingSet(id_, version if isinstance(version, int) else 0)


def landing_zone(service: FlowService, kind: str) -> LandingZone:
    """The credentials that hold; an expired token is renewed by the asking."""
    path = "/data/foundation/connectors/landingzone/credentials"
    answer = service.ask("GET", path, query=(("type", kind),))
    found = answer.object(service.redactor.redact)
    for secret in ("SASToken", "SASUri"):
        service.redactor.learn(found.get(secret))
    names = ("containerName", "storageAccountName", "expiryDate", "SASToken", "SASUri")
    if not all(isinstance(found.get(name), str) for name in names):
        raise answer.unexpected("without the credentials of a landing zone", service.redactor.redact)
    return LandingZone(*(found[name] for name in names))
