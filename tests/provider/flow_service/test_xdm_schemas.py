"""The titles of the XDM schemas of a sandbox, by pages."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import UnexpectedResponse
from pulumi_adobe.flow_service.retry import MAX_ATTEMPTS
from pulumi_adobe.flow_service.xdm_schemas import list_schema_titles
from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.test_platform_apis import list_sent_requests, respond, service

__all__ = ["service"]

ROUTE = "GET /data/foundation/schemaregistry/tenant/schemas"


def build_page(number: int, next_start: Any) -> dict[str, Any]:
    return {"results": [{"$id": f"x-{number}", "title": f"title {number}"}], "_page": {"next": next_start}}


def test_titles_are_those_of_the_sandbox(service: FlowServiceClient) -> None:
    titles = list_schema_titles(service)

    assert titles["https://ns.adobe.com/acme/schemas/orders"] == "ACME orders"
    assert len(titles) == 3


def test_next_page_begins_where_the_page_before_says(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    for page in (build_page(1, "title 1"), build_page(2, "title 2"), build_page(3, None)):
        respond(emulator, ROUTE, page)

    assert list_schema_titles(service) == {"x-1": "title 1", "x-2": "title 2", "x-3": "title 3"}
    queries = [request["query"] for request in list_sent_requests(emulator)]
    assert [query.get("start") for query in queries] == [None, "title 1", "title 2"]
    assert {query["orderby"] for query in queries} == {"title"}


def test_service_that_repeats_a_page_is_not_asked_for_ever(
    service: FlowServiceClient, emulator: EmulatorProcess
) -> None:
    respond(emulator, ROUTE, build_page(1, "title 1"), times=2)

    with pytest.raises(UnexpectedResponse, match="already read"):
        list_schema_titles(service)


@pytest.mark.parametrize("body", [[], {}, {"results": 5}, {"results": [5]}], ids=str)
def test_malformed_list_of_schemas_is_an_error(
    service: FlowServiceClient, emulator: EmulatorProcess, body: Any
) -> None:
    respond(emulator, ROUTE, body, times=MAX_ATTEMPTS)

    with pytest.raises(UnexpectedResponse):
        list_schema_titles(service)


def test_emulator_has_pages_in_the_order_of_the_titles(emulator: EmulatorProcess) -> None:
    with AdobeClient(emulator.url) as adobe:

        def list_page(**query: str) -> Any:
            url = f"{adobe.url}/data/foundation/schemaregistry/tenant/schemas"
            return adobe.session.get(url, params={"orderby": "title", "limit": "2", **query}, timeout=10).json()

        first = list_page()
        second = list_page(start=first["_page"]["next"])

    titles = [schema["title"] for page in (first, second) for schema in page["results"]]
    assert titles == ["ACME customers", "ACME mirrored orders", "ACME orders"]
    assert second["_page"]["next"] is None


@pytest.mark.parametrize(
    ("limit", "status"), [("0", 200), ("500", 200), ("501", 400), ("-1", 400), ("x", 400), ("9" * 5000, 400)]
)
def test_emulator_refuses_a_limit_out_of_its_range(emulator: EmulatorProcess, limit: str, status: int) -> None:
    with AdobeClient(emulator.url) as adobe:
        url, query = f"{adobe.url}/data/foundation/schemaregistry/tenant/schemas", {"orderby": "title", "limit": limit}

        assert adobe.session.get(url, params=query, timeout=10).status_code == status
