"""The datasets of a sandbox by pages, and those of one name."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.datasets import Dataset, find_datasets, list_datasets
from pulumi_adobe.flow_service.errors import RateLimited, UnexpectedResponse
from pulumi_adobe.flow_service.retry import MAX_ATTEMPTS
from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.test_platform_apis import list_sent_requests, respond, service

__all__ = ["service"]

ROUTE = "GET /data/foundation/catalog/dataSets"
ORDERS, SCHEMA = "6889f4f89b982b2b90bc1207", "https://ns.adobe.com/acme/schemas/orders"


def create_dataset(emulator: EmulatorProcess, name: str, sandbox: str = "dev") -> str:
    """Create a dataset as a person would, and return its id."""
    with AdobeClient(emulator.url) as adobe:
        url, headers = f"{emulator.url}/data/foundation/catalog/dataSets", {"x-sandbox-name": sandbox}
        body = {"name": name, "schemaRef": {"id": SCHEMA}}
        (reference,) = adobe.session.post(url, json=body, headers=headers, timeout=10).json()
    return str(reference).rpartition("/")[2]


def build_page(first: int, count: int) -> dict[str, Any]:
    return {f"id-{number}": {"name": f"name {number}"} for number in range(first, first + count)}


def list_queries(emulator: EmulatorProcess) -> list[dict[str, str]]:
    return [request["query"] for request in list_sent_requests(emulator)]


def test_list_has_name_and_schema_of_each_dataset(service: FlowServiceClient) -> None:
    assert Dataset(ORDERS, "ACME orders", SCHEMA) in list_datasets(service)


def test_list_reads_page_by_page_until_one_is_not_full(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    for page in (build_page(0, 100), build_page(100, 100), build_page(200, 1)):
        respond(emulator, ROUTE, page)

    datasets = list_datasets(service)

    assert [dataset.id for dataset in datasets] == [f"id-{number}" for number in range(201)]
    assert [(query["limit"], query["start"]) for query in list_queries(emulator)] == [
        ("100", "0"),
        ("100", "100"),
        ("100", "200"),
    ]


def test_service_that_ignores_the_offset_is_not_asked_for_ever(
    service: FlowServiceClient, emulator: EmulatorProcess
) -> None:
    respond(emulator, ROUTE, build_page(0, 100), times=2)

    with pytest.raises(UnexpectedResponse, match="already read"):
        list_datasets(service)


def test_property_without_a_value_is_no_name(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    respond(emulator, ROUTE, {"a": {}, "b": {"name": {}, "schemaRef": {}}})

    assert list_datasets(service) == [Dataset("a", None, None), Dataset("b", None, None)]


@pytest.mark.parametrize("body", [[], {"a": 5}], ids=str)
def test_malformed_list_of_datasets_is_an_error(
    service: FlowServiceClient, emulator: EmulatorProcess, body: Any
) -> None:
    respond(emulator, ROUTE, body, times=MAX_ATTEMPTS)

    with pytest.raises(UnexpectedResponse):
        list_datasets(service)


def test_dataset_of_a_name_takes_one_request(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    search = find_datasets(service, "ACME orders")

    assert [dataset.id for dataset in search.matches] == [ORDERS]
    assert [query["property"] for query in list_queries(emulator)] == ["name==ACME orders"]


@pytest.mark.parametrize(
    "name",
    [
        "a*",
        "**",
        "50 % & more=1, a+b #2",
        "Kundenstamm Süd",
        "日本 データ",
        "tab\there",
        "\x1b[31m",
        "x" * 900,
        " blank ",
    ],
)
def test_dataset_is_found_whatever_its_name(service: FlowServiceClient, emulator: EmulatorProcess, name: str) -> None:
    id_ = create_dataset(emulator, name)
    create_dataset(emulator, "abc")

    assert [dataset.id for dataset in find_datasets(service, name).matches] == [id_]


def test_asterisk_in_a_name_is_no_wildcard(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    id_ = create_dataset(emulator, "a*")
    create_dataset(emulator, "abc")
    emulator.clear_journal()

    assert [dataset.id for dataset in find_datasets(service, "a*").matches] == [id_]
    assert [query["property"] for query in list_queries(emulator)] == ["name==a**"]


@pytest.mark.parametrize("name", ["", "\ud83d", "a\x00b", "x" * 100_000], ids=["empty", "half", "nul", "long"])
def test_name_that_cannot_be_sent_is_searched_in_the_list(
    service: FlowServiceClient, emulator: EmulatorProcess, name: str
) -> None:
    search = find_datasets(service, name)

    assert search.matches == []
    assert "ACME orders" in search.other_names
    assert not any("property" in query for query in list_queries(emulator))


def test_items_of_a_filtered_list_are_compared_by_name_again(
    service: FlowServiceClient, emulator: EmulatorProcess
) -> None:
    respond(emulator, ROUTE, {"other": {"name": "acme orders"}, ORDERS: {"name": "ACME orders"}})

    assert [dataset.id for dataset in find_datasets(service, "ACME orders").matches] == [ORDERS]


def test_service_that_knows_no_filter_for_the_name_is_searched(
    service: FlowServiceClient, emulator: EmulatorProcess
) -> None:
    respond(emulator, ROUTE, {})

    assert [dataset.id for dataset in find_datasets(service, "ACME orders").matches] == [ORDERS]


def test_all_requests_of_a_search_have_one_timeout(service: FlowServiceClient, emulator: EmulatorProcess) -> None:
    """The timeout is 60 s: a wait of 40 s is possible once, and not once more for the list of all names."""
    busy = {"status": 429, "headers": {"Retry-After": "40"}, "body": {}}
    emulator.fault(ROUTE, **busy)
    emulator.fault(ROUTE, nth=2, **busy)

    with pytest.raises(RateLimited):
        find_datasets(service, "no such name")

    assert ["property" in query for query in list_queries(emulator)] == [True, True, False]
