"""What is asked of Catalog, Schema Registry, Data Prep, landing zones and sandboxes, and what becomes of answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_adobe.flow_service import neighbours
from pulumi_adobe.flow_service.access import Credentials
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import UnexpectedResponse
from pulumi_adobe.flow_service.neighbours import LandingZone, MappingSet
from pulumi_adobe.flow_service.redaction import Redactor
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG, SkippingClock

SANDBOXES = "GET /data/foundation/sandbox-management/"
DATASET = "GET /data/foundation/catalog/dataSets/{id}"
SCHEMA = "GET /data/foundation/schemaregistry/tenant/schemas/{id}"
SETS = "POST /data/foundation/conversion/mappingSets"
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
    access = Credentials(
        endpoint=emulator.url,
        ims_endpoint=emulator.url,
        org_id=ORG,
        sandbox="dev",
        client_id="emulator-client-id",
        client_secret="emulator-client-secret",
        scopes="openid",
        timeout=60.0,
    )
    return FlowServiceClient(access, Redactor(), SkippingClock())


def sent(emulator: EmulatorProcess) -> list[dict[str, Any]]:
    """Every request but those for tokens."""
    return [each for each in emulator.journal() if not each["path"].startswith("/ims/")]


def answers(emulator: EmulatorProcess, route: str, body: Any, **more: Any) -> None:
    emulator.fault(route, status=200, body=body, **more)


def test_sandboxes_are_asked_for_page_by_page_and_only_active_ones_count(
    service: FlowServiceClient, emulator: EmulatorProcess
) -> None:
    first = [{"name": f"box-{number}", "state": "active"} for number in range(50)]
    second = [{"name": "last", "state": "active"}, {"name": "gone", "state": "deleted"}, {"name": "odd"}]
    answers(emulator, SANDBOXES, {"sandboxes": first})
    answers(emulator, SANDBOXES, {"sandboxes": second})

    found = neighbours.list_sandboxes(service)

    assert found == [*(f"box-{number}" for number in range(50)), "last"]
    assert [(each["method"], each["path"], each["query"]) for each in sent(emulator)] == [
        ("GET", "/data/foundation/sandbox-management", {"limit": "50", "offset": "0"}),
        ("GET", "/data/foundation/sandbox-management", {"limit": "50", "offset": "50"}),
    ]


def test_inactive_sandboxes_count_for_the_next_page(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    answers(emulator, SANDBOXES, {"sandboxes": [{"name": "x", "state": "failed"}] * 50})
    answers(emulator, SANDBOXES, {"sandboxes": []})

    assert neighbours.list_sandboxes(service) == []
    assert [each["query"]["offset"] for each in sent(emulator)] == ["0", "50"]


def test_a_page_of_sandboxes_that_was_read_already_ends_it(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    answers(emulator, SANDBOXES, {"sandboxes": [{"name": "x", "state": "active"}] * 50}, times=3)

    with pytest.raises(UnexpectedResponse, match="with the page that was read already"):
        neighbours.list_sandboxes(service)
    assert len(sent(emulator)) == 2


def test_a_dataset_is_the_member_of_its_id(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    answers(emulator, DATASET, {"a/b": {"name": "orders"}, "other": {}})

    assert neighbours.get_dataset(service, "a/b") == {"name": "orders"}
    (request,) = sent(emulator)
    assert request["path"] in {"/data/foundation/catalog/dataSets/a%2Fb", "/data/foundation/catalog/dataSets/a/b"}


def test_a_schema_is_asked_for_whole(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    answers(emulator, SCHEMA, {"title": "Orders"})

    assert neighbours.get_schema(service, "https://ns.adobe.com/acme/schemas/orders") == {"title": "Orders"}
    (request,) = sent(emulator)
    headers = {name.lower(): value for name, value in request["headers"].items()}
    assert headers["accept"] == "application/vnd.adobe.xed-full+json; version=1"


def test_a_mapping_set_is_made_as_data_prep_wants_it(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    mapping = {"sourceType": "ATTRIBUTE", "source": "id", "destination": "_id"}
    answers(emulator, SETS, {"id": "set-1", "version": 3})

    assert neighbours.create_mapping_set(service, "schema-1", [mapping]) == MappingSet("set-1", 3)
    (request,) = sent(emulator)
    assert request["body"] == {
        "version": 0,
        "xdmSchema": "schema-1",
        "xdmVersion": "1.0",
        "id": None,
        "mappings": [mapping],
    }


def test_a_mapping_set_may_be_made_twice(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    emulator.fault(SETS, status=500)
    answers(emulator, SETS, {"id": "set-1", "version": "3"})

    assert neighbours.create_mapping_set(service, "schema-1", []) == MappingSet("set-1", 0)
    assert [each["status"] for each in sent(emulator)] == [500, 200]


def test_a_landing_zone_is_five_texts_of_which_two_are_secrets(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    answers(emulator, ZONE, CREDENTIALS)

    found = neighbours.get_landing_zone(service, "dlz_destination")

    assert found == LandingZone(*CREDENTIALS.values())
    assert "planted" not in repr(found)
    assert service.redactor.redact(f"{found.sas_token} {found.sas_uri}") == "[secret] [secret]"
    assert [each["query"] for each in sent(emulator)] == [{"type": "dlz_destination"}]


def test_secrets_of_an_answer_that_lacks_something_are_not_shown(
    service: FlowServiceClient, emulator: EmulatorProcess
) -> None:
    answers(emulator, ZONE, {**CREDENTIALS, "expiryDate": None})

    with pytest.raises(UnexpectedResponse, match="without the credentials of a landing zone") as refused:
        neighbours.get_landing_zone(service, "user_drop_zone")

    assert "planted" not in str(refused.value)


@pytest.mark.parametrize(
    ("answer", "ask", "lacks"),
    [
        ((SANDBOXES, {}), neighbours.list_sandboxes, "without a list of sandboxes"),
        ((SANDBOXES, {"sandboxes": ["dev"]}), neighbours.list_sandboxes, "without a list of sandboxes"),
        ((DATASET, {"other": {}}), lambda s: neighbours.get_dataset(s, "d"), "without the dataset that was asked for"),
        ((DATASET, {"d": []}), lambda s: neighbours.get_dataset(s, "d"), "without the dataset that was asked for"),
        ((SETS, {"id": ""}), lambda s: neighbours.create_mapping_set(s, "s", []), "without an id"),
        ((SETS, {"id": 7}), lambda s: neighbours.create_mapping_set(s, "s", []), "without an id"),
        ((ZONE, {}), lambda s: neighbours.get_landing_zone(s, "x"), "without the credentials of a landing zone"),
    ],
)
def test_an_answer_that_lacks_what_was_asked_for_is_told(
    service: FlowServiceClient,
    emulator: EmulatorProcess,
    answer: tuple[str, Any],
    ask: Callable[[FlowServiceClient], Any],
    lacks: str,
) -> None:
    route, body = answer
    answers(emulator, route, body)

    with pytest.raises(UnexpectedResponse) as refused:
        ask(service)

    method, path = route.split()
    assert refused.value.message.startswith(f"{method} {path.partition('{')[0]}")
    assert f" {lacks}" in refused.value.message
    assert refused.value.hint == (
        "Check adobe:endpoint: is it Experience Platform's address, without a login page or a proxy in the way?"
    )


def test_a_schema_and_a_dataset_are_asked_for_again_like_any_read(
    service: FlowServiceClient, emulator: EmulatorProcess
) -> None:
    for route, body in ((SCHEMA, {"title": "s"}), (DATASET, {"d": {"name": "d"}})):
        emulator.fault(route, status=503)
        answers(emulator, route, body)

    assert neighbours.get_schema(service, "s")["title"] == "s"
    assert neighbours.get_dataset(service, "d")["name"] == "d"
