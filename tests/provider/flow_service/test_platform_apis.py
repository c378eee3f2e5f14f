"""Requests to Catalog, Schema Registry, Data Prep, landing zones and sandboxes, and their responses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.flow_service import platform_apis
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import UnexpectedResponse
from pulumi_adobe.flow_service.platform_apis import LandingZone, MappingSet
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.flow_service.retry import MAX_ATTEMPTS
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.support import ORG, FakeClock

SANDBOXES = "GET /data/foundation/sandbox-management/"
DATASET = "GET /data/foundation/catalog/dataSets/{id}"
SCHEMA = "GET /data/foundation/schemaregistry/tenant/schemas/{id}"
SETS = "POST /data/foundation/conversion/mappingSets"
VALIDATE = "POST /data/foundation/conversion/mappingSets/validate"
BODY = {"mappings": [{"sourceType": "ATTRIBUTE", "source": "id", "destination": "_id"}]}
ZONE = "GET /data/foundation/connectors/landingzone/credentials"
CREDENTIALS = {
    "containerName": "dlz-user-container",
    "storageAccountName": "acme",
    "expiryDate": "2026-12-01",
    "SASToken": "sv=planted-token",
    "SASUri": "https://acme.example.com/planted-uri",
}


@pytest.fixture
def service(emulator: EmulatorProcess) -> FlowServiceClient:
    credentials = Credentials(
        endpoint=emulator.url,
        ims_endpoint=emulator.url,
        org_id=ORG,
        sandbox="dev",
        client_id="emulator-client-id",
        client_secret="emulator-client-secret",
        scopes="openid",
        timeout=60.0,
    )
    return FlowServiceClient(credentials, Redactor(), FakeClock())


def list_sent_requests(emulator: EmulatorProcess) -> list[dict[str, Any]]:
    """Return all requests but those for tokens."""
    return [request for request in emulator.journal() if not request["path"].startswith("/ims/")]


def respond(emulator: EmulatorProcess, route: str, body: Any, **fault: Any) -> None:
    emulator.fault(route, status=200, body=body, **fault)


def test_list_sandboxes_reads_all_pages_and_returns_active_ones(
    service: FlowServiceClient, emulator: EmulatorProcess
) -> None:
    first = [{"name": f"box-{number}", "state": "active"} for number in range(50)]
    second = [{"name": "last", "state": "active"}, {"name": "gone", "state": "deleted"}, {"name": "odd"}]
    respond(emulator, SANDBOXES, {"sandboxes": first})
    respond(emulator, SANDBOXES, {"sandboxes": second})

    result = platform_apis.list_sandboxes(service)

    assert result == [*(f"box-{number}" for number in range(50)), "last"]
    assert [(each["method"], each["path"], each["query"]) for each in list_sent_requests(emulator)] == [
        ("GET", "/data/foundation/sandbox-management", {"limit": "50", "offset": "0"}),
        ("GET", "/data/foundation/sandbox-management", {"limit": "50", "offset": "50"}),
    ]


def test_inactive_sandboxes_count_for_the_offset(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    respond(emulator, SANDBOXES, {"sandboxes": [{"name": "x", "state": "failed"}] * 50})
    respond(emulator, SANDBOXES, {"sandboxes": []})

    assert platform_apis.list_sandboxes(service) == []
    assert [each["query"]["offset"] for each in list_sent_requests(emulator)] == ["0", "50"]


def test_repeated_page_of_sandboxes_is_an_error(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    respond(emulator, SANDBOXES, {"sandboxes": [{"name": "x", "state": "active"}] * 50}, times=3)

    with pytest.raises(UnexpectedResponse, match="with a page that was already read"):
        platform_apis.list_sandboxes(service)
    assert len(list_sent_requests(emulator)) == 2


def test_dataset_is_the_member_with_its_id(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    respond(emulator, DATASET, {"a/b": {"name": "orders"}, "other": {}})

    assert platform_apis.get_dataset(service, "a/b") == {"name": "orders"}
    (request,) = list_sent_requests(emulator)
    assert request["path"] in {"/data/foundation/catalog/dataSets/a%2Fb", "/data/foundation/catalog/dataSets/a/b"}


def test_schema_is_requested_in_full(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    respond(emulator, SCHEMA, {"title": "Orders"})

    assert platform_apis.get_schema(service, "https://ns.adobe.com/acme/schemas/orders") == {"title": "Orders"}
    (request,) = list_sent_requests(emulator)
    headers = {name.lower(): value for name, value in request["headers"].items()}
    assert headers["accept"] == "application/vnd.adobe.xed-full+json; version=1"


def test_create_mapping_set_sends_the_body(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    respond(emulator, SETS, {"id": "set-1", "version": 3})

    assert platform_apis.create_mapping_set(service, BODY) == MappingSet("set-1", 3)
    (request,) = list_sent_requests(emulator)
    assert request["body"] == BODY


def test_create_mapping_set_is_retried(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    emulator.fault(SETS, status=500)
    respond(emulator, SETS, {"id": "set-1", "version": "3"})

    assert platform_apis.create_mapping_set(service, BODY) == MappingSet("set-1", 0)
    assert [each["status"] for each in list_sent_requests(emulator)] == [500, 200]


@pytest.mark.parametrize(("version", "query"), [(None, {}), (2, {"version": "2"})])
def test_a_mapping_set_is_read_in_its_version(
    service: FlowServiceClient, emulator: EmulatorProcess, version: int | None, query: dict[str, str]
) -> None:
    respond(emulator, "GET /data/foundation/conversion/mappingSets/{id}", {"mappings": []})

    assert platform_apis.get_mapping_set(service, "set-1", version) == {"mappings": []}
    (request,) = list_sent_requests(emulator)
    assert (request["path"].rpartition("/")[2], request["query"]) == ("set-1", query)


@pytest.mark.parametrize(
    ("result", "complaint"),
    [
        ({"status": "SUCCESS", "errors": None}, ""),
        ({"status": "FAILED", "errors": [{"exception": "a"}, {"exception": "b"}, {}]}, "a; b"),
        ({"status": "FAILED", "errors": None}, "no reason given"),
    ],
)
def test_error_of_data_prep_names_the_problem_of_each_mapping(
    service: FlowServiceClient, emulator: EmulatorProcess, result: dict[str, Any], complaint: str
) -> None:
    respond(emulator, VALIDATE, {"validationResponse": [result]})

    assert platform_apis.validate_mapping_set(service, BODY) == [complaint]
    (request,) = list_sent_requests(emulator)
    assert request["body"] == BODY


def test_landing_zone_has_five_fields_of_which_two_are_secrets(
    service: FlowServiceClient, emulator: EmulatorProcess
) -> None:
    respond(emulator, ZONE, CREDENTIALS)

    result = platform_apis.get_landing_zone(service, "dlz_destination")

    assert result == LandingZone(*CREDENTIALS.values())
    assert "planted" not in repr(result)
    assert service.redactor.redact(f"{result.sas_token} {result.sas_uri}") == "[secret] [secret]"
    assert [each["query"] for each in list_sent_requests(emulator)] == [{"type": "dlz_destination"}]


def test_secrets_of_an_incomplete_response_are_not_shown(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    respond(emulator, ZONE, {**CREDENTIALS, "expiryDate": None}, times=MAX_ATTEMPTS)

    with pytest.raises(UnexpectedResponse, match="without the credentials of a landing zone") as refused:
        platform_apis.get_landing_zone(service, "user_drop_zone")

    assert "planted" not in str(refused.value)


@pytest.mark.parametrize(
    ("answer", "ask", "lacks"),
    [
        ((SANDBOXES, {}), platform_apis.list_sandboxes, "without a list of sandboxes"),
        ((SANDBOXES, {"sandboxes": ["dev"]}), platform_apis.list_sandboxes, "without a list of sandboxes"),
        ((DATASET, {"other": {}}), lambda s: platform_apis.get_dataset(s, "d"), "without the requested dataset"),
        ((DATASET, {"d": []}), lambda s: platform_apis.get_dataset(s, "d"), "without the requested dataset"),
        ((SETS, {"id": ""}), lambda s: platform_apis.create_mapping_set(s, BODY), "without an id"),
        ((SETS, {"id": 7}), lambda s: platform_apis.create_mapping_set(s, BODY), "without an id"),
        ((VALIDATE, {}), lambda s: platform_apis.validate_mapping_set(s, BODY), "without one result for each mapping"),
        ((ZONE, {}), lambda s: platform_apis.get_landing_zone(s, "x"), "without the credentials of a landing zone"),
    ],
)
def test_response_without_the_requested_content_is_unexpected(
    service: FlowServiceClient,
    emulator: EmulatorProcess,
    answer: tuple[str, Any],
    ask: Callable[[FlowServiceClient], Any],
    lacks: str,
) -> None:
    route, body = answer
    respond(emulator, route, body, times=MAX_ATTEMPTS)

    with pytest.raises(UnexpectedResponse) as refused:
        ask(service)

    method, path = route.split()
    assert refused.value.message.startswith(f"{method} {path.partition('{')[0]}")
    assert f" {lacks}" in refused.value.message
    assert not refused.value.from_token_endpoint


def test_get_schema_and_get_dataset_are_retried(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    for route, body in ((SCHEMA, {"title": "s"}), (DATASET, {"d": {"name": "d"}})):
        emulator.fault(route, status=503)
        respond(emulator, route, body)

    assert platform_apis.get_schema(service, "s")["title"] == "s"
    assert platform_apis.get_dataset(service, "d")["name"] == "d"
