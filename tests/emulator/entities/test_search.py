"""POST /connections/search, /flows/search and /flowSpecs/search."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.emulator.adobe_client import AdobeClient, code_of, lake
from tests.emulator.dataflows.way import Way


def search(adobe: AdobeClient, collection: str, body: Any = None, **query: Any) -> requests.Response:
    return adobe.send("POST", f"/{collection}/search", json=body, params=query)


def test_search_is_a_list_with_its_query_in_the_body(adobe: AdobeClient) -> None:
    for name in ("b", "c", "a"):
        adobe.create(lake(name=name))

    every = search(adobe, "connections", {"queryString": "state==enabled", "orderby": "-name"}).json()
    whole = search(adobe, "connections", {"queryString": "property=name==a&property=state==enabled"}).json()
    count = search(adobe, "connections", {"count": True}).json()

    assert [item["name"] for item in every["items"]] == ["c", "b", "a"]
    assert [item["name"] for item in whole["items"]] == ["a"]
    assert count == {"count": 3}


def test_search_pages_continue_by_token(adobe: AdobeClient) -> None:
    for name in ("a", "b", "c"):
        adobe.create(lake(name=name))
    first = search(adobe, "connections", {"limit": 2}).json()
    token = first["_links"]["next"]["href"].partition("continuationToken=")[2]

    second = search(adobe, "connections", {"limit": 2}, continuationToken=token).json()

    assert [item["name"] for item in first["items"] + second["items"]] == ["a", "b", "c"]


def test_flows_can_be_searched_and_projected(adobe: AdobeClient) -> None:
    way = Way(adobe)
    flow = way.made("/flows", way.flow())
    body = {
        "queryString": f"inheritedAttributes.sourceConnections[].id=={way.source}",
        "projectionFields": "name,state",
    }

    found = search(adobe, "flows", body).json()["items"]

    assert found == [{"id": flow, "name": "orders daily", "state": "enabled"}]


def test_flow_specs_can_be_searched(adobe: AdobeClient) -> None:
    found = search(adobe, "flowSpecs", {"queryString": "name==CRMToAEP"}).json()["items"]

    assert [spec["name"] for spec in found] == ["CRMToAEP"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([], "1405-400"),
        ({"limit": 1001}, "1453-400"),
        ({"limit": "5"}, "1454-400"),
        ({"limit": True}, "1454-400"),
        ({"queryString": "nothing==1"}, "1449-400"),
        ({"count": True, "limit": 1}, "1401-400"),
        ({"nothing": 1}, "1452-400"),
    ],
)
def test_invalid_search_is_refused(adobe: AdobeClient, body: Any, code: str) -> None:
    assert code_of(search(adobe, "connections", body)) == code
