"""The client against the emulator: the pages of a list."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.retry import MAX_ATTEMPTS
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.support import (
    LIST_ROUTE,
    TUTORIAL,
    CreateClient,
    list_requests,
)


def test_list_reads_all_pages(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    client = create_client()
    for number in range(7):
        client.create("connections", {**TUTORIAL["request"], "name": str(number)})

    connections = client.list("connections", (("limit", "3"),))

    assert [connection["name"] for connection in connections] == [str(number) for number in range(7)]
    assert len(list_requests(emulator, "GET", "/connections")) == 3


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"items": "none"}, "without a list of items"),
        ({"items": [1]}, "without a list of items"),
        ({"items": [], "_links": {"next": {"href": "/connections?limit=3"}}}, "with a next page that was already read"),
        (
            {"items": [], "_links": {"next": {"href": "/connections"}}},
            "with an invalid address of the next page",
        ),
        ({"items": [], "_links": {"next": {"href": 7}}}, "with an invalid address of the next page"),
        ({"items": [], "_links": {"next": ["/connections?a=b"]}}, "with an invalid address of the next page"),
    ],
)
def test_invalid_page_is_an_error_and_no_endless_loop(
    create_client: CreateClient, emulator: EmulatorProcess, body: dict[str, Any], words: str
) -> None:
    emulator.fault(LIST_ROUTE, status=200, times=MAX_ATTEMPTS, body=body)

    with pytest.raises(errors.UnexpectedResponse, match=rf" answered 200 {words}: "):
        create_client().list("connections", (("limit", "3"),))


@pytest.mark.parametrize(
    "links", [None, [], {}, {"next": None}, {"next": {}}, {"next": ""}, {"next": {"href": None}}], ids=str
)
def test_page_without_a_link_is_the_last_one(
    create_client: CreateClient, emulator: EmulatorProcess, links: Any
) -> None:
    emulator.fault(LIST_ROUTE, status=200, body={"items": [{"id": "a"}], "_links": links})

    assert create_client().list("connections") == [{"id": "a"}]


def test_list_without_content_is_empty(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    emulator.fault("GET /flows", status=204, rawBody="")

    assert create_client().list("flows") == []


def test_link_without_a_query_is_not_the_end_of_the_list(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    body = {"items": [{"id": "a"}], "_links": {"next": {"href": "/connections/page/2"}}}
    emulator.fault(LIST_ROUTE, status=200, body=body, times=MAX_ATTEMPTS)

    with pytest.raises(errors.UnexpectedResponse, match="next page"):
        create_client().list("connections")


ADDRESS = "/connections?property=a?b&start=2#part"


@pytest.mark.parametrize("link", [{"href": ADDRESS}, ADDRESS], ids=["documented", "bare"])
def test_next_page_has_the_whole_query_of_the_link(
    create_client: CreateClient, emulator: EmulatorProcess, link: object
) -> None:
    page = {"items": [{"id": "1"}], "_links": {"next": link}}
    emulator.fault(LIST_ROUTE, status=200, body=page)
    emulator.fault(LIST_ROUTE, status=200, body={"items": [{"id": "2"}]})

    assert create_client().list("connections") == [{"id": "1"}, {"id": "2"}]
    assert list_requests(emulator, "GET", "/connections")[1]["query"] == {"property": "a?b", "start": "2"}
