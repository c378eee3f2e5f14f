"""Requests to the other Experience Platform APIs: Catalog, Schema Registry, Data Prep, landing zones, sandboxes.

Adobe: catalog.yaml, schema-registry.yaml, data-prep.yaml; landing zone credentials are on the Databricks source page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pulumi_adobe.flow_service.pages import PageTimeout
from pulumi_adobe.json_values import get_member, get_objects
from pulumi_adobe.timestamps import validate_timestamp

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.flow_service.response import Response

_SANDBOX_PAGE_SIZE = 50
_MAPPING_SETS = "/data/foundation/conversion/mappingSets"
_LANDING_ZONE_PATH = "/data/foundation/connectors/landingzone/credentials"
_SCHEMA_MEDIA_TYPE = "application/vnd.adobe.xed-full+json; version=1"
_DESCRIPTORS_MEDIA_TYPE = "application/vnd.adobe.xdm+json"


@dataclass(frozen=True)
class MappingSet:
    """A mapping set of Data Prep: its id (32 hex digits) and its version."""

    id: str
    version: int


@dataclass(frozen=True)
class LandingZone:
    """The storage through which a source passes its data; ``expiry_date`` is ISO 8601, token and URI are secrets."""

    container: str
    account: str
    expiry_date: str
    sas_token: str = field(repr=False)
    sas_uri: str = field(repr=False)


def list_sandboxes(client: FlowServiceClient) -> list[str]:
    """Return the names of the active sandboxes that these credentials may use.

    Adobe: help/sandboxes/api/available.md; it needs no administrator, and its pages go by offset.
    """
    path = "/data/foundation/sandbox-management/"
    redact = client.redactor.redact

    def parse(response: Response) -> tuple[list[dict[str, Any]], Response]:
        page = response.json_object(redact).get("sandboxes")
        if not isinstance(page, list) or not all(isinstance(sandbox, dict) for sandbox in page):
            raise response.to_unexpected_response("without a list of sandboxes", redact)
        return page, response

    sandbox_names: list[str] = []
    previous_page = None
    timeout = PageTimeout(client, path)
    while True:
        query = (("limit", str(_SANDBOX_PAGE_SIZE)), ("offset", str(len(sandbox_names))))
        page, response = client.read(path, parse, query=query, timeout=timeout.start())
        timeout.stop()
        if page == previous_page:
            # A service that ignores the offset would be asked for ever.
            raise response.to_unexpected_response("with a page that was already read", redact)
        previous_page = page
        sandbox_names += [str(sandbox.get("name")) if sandbox.get("state") == "active" else "" for sandbox in page]
        if len(page) < _SANDBOX_PAGE_SIZE:
            return [name for name in sandbox_names if name]


def get_dataset(client: FlowServiceClient, id_: str) -> dict[str, Any]:
    """Return the dataset with this id; Catalog answers an object whose one member it is."""

    def parse(response: Response) -> dict[str, Any]:
        dataset_body = response.json_object(client.redactor.redact).get(id_)
        if not isinstance(dataset_body, dict):
            raise response.to_unexpected_response("without the requested dataset", client.redactor.redact)
        return dataset_body

    return client.read(f"/data/foundation/catalog/dataSets/{quote(id_, safe='')}", parse)


def get_schema(client: FlowServiceClient, id_: str) -> dict[str, Any]:
    """Return the whole XDM schema with this `$id`, nested properties included."""
    path = f"/data/foundation/schemaregistry/tenant/schemas/{quote(id_, safe='')}"
    headers = {"Accept": _SCHEMA_MEDIA_TYPE}
    return client.read(path, lambda response: response.json_object(client.redactor.redact), headers=headers)


def list_descriptor_types(client: FlowServiceClient, schema_id: str) -> frozenset[str]:
    """Return the types of the descriptors of an XDM schema, such as `xdm:descriptorPrimaryKey`."""
    return frozenset(type_ for type_, _ in list_descriptors(client, schema_id))


def list_descriptors(client: FlowServiceClient, schema_id: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the descriptors of an XDM schema, each with its type.

    Adobe: descriptors.md, "Retrieve a list of descriptors": the response has one list for each type. It is filtered
    here too, because only the parameter `property` for other resources is documented with an example.
    """

    def parse(response: Response) -> list[tuple[str, dict[str, Any]]]:
        lists = response.json_object(client.redactor.redact)
        return [
            (type_, descriptor)
            for type_, descriptors in lists.items()
            if isinstance(descriptors, list)
            for descriptor in descriptors
            if get_member(descriptor, "xdm:sourceSchema") == schema_id
        ]

    path = "/data/foundation/schemaregistry/tenant/descriptors"
    query = (("property", f"xdm:sourceSchema=={schema_id}"),)
    return client.read(path, parse, query=query, headers={"Accept": _DESCRIPTORS_MEDIA_TYPE})


def create_mapping_set(client: FlowServiceClient, body: Mapping[str, Any]) -> MappingSet:
    """Create a mapping set.

    The request counts as idempotent: Data Prep has no DELETE, and a mapping set that nothing uses does nothing.
    """
    response = client.request("POST", _MAPPING_SETS, json=body, idempotent=True)
    created = response.json_object(client.redactor.redact)
    id_, version = created.get("id"), created.get("version")
    if not isinstance(id_, str) or not id_:
        raise response.to_unexpected_response("without an id", client.redactor.redact)
    return MappingSet(id_, version if isinstance(version, int) else 0)


def get_mapping_set(client: FlowServiceClient, id_: str, version: int | None) -> dict[str, Any]:
    """Return a mapping set. Without a version, Data Prep returns the one that is its default (data-prep.yaml: 0)."""
    query = () if version is None else (("version", str(version)),)
    path = f"{_MAPPING_SETS}/{quote(id_, safe='')}"
    return client.read(path, lambda response: response.json_object(client.redactor.redact), query=query)


def validate_mapping_set(client: FlowServiceClient, body: Mapping[str, Any]) -> list[str]:
    """Return what Data Prep says is wrong with each mapping of a set, in their order; an empty text if nothing is.

    Adobe: data-prep.yaml: the status is 200 even if mappings are wrong, and the set need not exist.
    """
    response = client.request("POST", f"{_MAPPING_SETS}/validate", json=body, idempotent=True)
    redact = client.redactor.redact
    results = get_objects(response.json_object(redact), "validationResponse")
    if len(results) != len(body["mappings"]):
        raise response.to_unexpected_response("without one result for each mapping", redact)
    return [_describe_failure(result) for result in results]


def _describe_failure(result: Mapping[str, Any]) -> str:
    if result.get("status") != "FAILED":
        return ""
    exceptions = [str(error["exception"]) for error in get_objects(result, "errors") if error.get("exception")]
    return "; ".join(exceptions) or "no reason given"


def get_landing_zone(client: FlowServiceClient, kind: str) -> LandingZone:
    """Return the current credentials of a landing zone; Adobe renews a token that has ended on this request.

    Args:
        client: The client.
        kind: Adobe's name of the landing zone, for example `dlz_databricks_source`.
    """

    def parse(response: Response) -> LandingZone:
        return _parse_landing_zone(client, response)

    return client.read(_LANDING_ZONE_PATH, parse, query=(("type", kind),))


def renew_landing_zone(client: FlowServiceClient, kind: str) -> LandingZone:
    """Have Adobe issue a new token of a landing zone, and return the new credentials. The old token ends at once.

    The request counts as idempotent: nobody has the token of a lost response, so a second one harms no cluster more.
    """
    query = (("type", kind), ("action", "refresh"))
    return _parse_landing_zone(client, client.request("POST", _LANDING_ZONE_PATH, query=query, idempotent=True))


def _parse_landing_zone(client: FlowServiceClient, response: Response) -> LandingZone:
    redact = client.redactor.redact
    body = response.json_object(redact)
    for secret in ("SASToken", "SASUri"):
        client.redactor.add_secret(body.get(secret))
    names = ("containerName", "storageAccountName", "expiryDate", "SASToken", "SASUri")
    missing = [name for name in names if not isinstance(body.get(name), str) or not body[name]]
    if missing:
        raise response.to_unexpected_response(
            f"without the credentials of a landing zone ({', '.join(missing)} missing)", redact
        )
    if validate_timestamp(body["expiryDate"]) is not None:
        raise response.to_unexpected_response("with an expiryDate that is not a date", redact)
    return LandingZone(*(body[name] for name in names))
