"""The query of Catalog's list of datasets.

Adobe: "Filter Catalog data using query parameters" (filter-data.md); catalog.yaml.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import SCHEMA

NAMES = ["te*st", "test", "Test 2", "other"]


@pytest.fixture
def catalog(adobe: AdobeClient) -> AdobeClient:
    for name in NAMES:
        list_datasets(adobe, "POST", json={"name": name, "schemaRef": {"id": SCHEMA}})
    return adobe


def list_datasets(adobe: AdobeClient, method: str = "GET", **more: Any) -> Any:
    return adobe.session.request(method, f"{adobe.url}/data/foundation/catalog/dataSets", timeout=10, **more).json()


def list_names(adobe: AdobeClient, **query: str) -> list[str]:
    """Return the names of the datasets that a query selects, without those of every new sandbox."""
    names = [dataset["name"] for dataset in list_datasets(adobe, params=query).values()]
    return [name for name in names if not name.startswith("ACME")]


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ("name==test", ["test"]),
        ("name==te*st", ["te*st", "test"]),
        ("name==te**st", ["te*st"]),
        ("name==*", NAMES),
        ("name!=test", ["te*st", "Test 2", "other"]),
        ("name~^te", ["te*st", "test"]),
        ("name", NAMES),
        ("!name", []),
        ("tags", []),
        ("version<=1.0.0", NAMES),
        ("version>1.0.0", []),
        (f"schemaRef.id=={SCHEMA}", NAMES),
    ],
)
def test_condition_selects_datasets(catalog: AdobeClient, condition: str, names: list[str]) -> None:
    assert list_names(catalog, property=condition) == names


def test_simple_filters_accept_several_values_and_a_negation(catalog: AdobeClient) -> None:
    assert list_names(catalog, name="test,other") == ["test", "other"]
    assert list_names(catalog, name="!test,other") == ["te*st", "Test 2"]


def test_limit_and_start_select_a_part_of_the_list(catalog: AdobeClient) -> None:
    every = list(list_datasets(catalog))

    assert list(list_datasets(catalog, params={"limit": "3", "start": "2"})) == every[2:5]
    assert list_names(catalog, orderBy="desc:name", limit="2") == ["test", "te*st"]


def test_default_limit_is_twenty_datasets(catalog: AdobeClient) -> None:
    for number in range(20):
        list_datasets(catalog, "POST", json={"name": f"more {number}", "schemaRef": {"id": SCHEMA}})

    assert len(list_datasets(catalog)) == 20
    assert len(list_datasets(catalog, params={"limit": "100"})) == 27


def test_properties_parameter_selects_the_returned_properties(catalog: AdobeClient) -> None:
    shown = list_datasets(catalog, params={"property": "name==other", "properties": "name,tags"})

    assert list(shown.values()) == [{"name": "other"}]


@pytest.mark.parametrize(
    "query",
    [{"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"start": "-1"}, {"property": "=="}, {"property": "name~("}],
    ids=str,
)
def test_invalid_catalog_query_is_refused(adobe: AdobeClient, query: dict[str, str]) -> None:
    url = f"{adobe.url}/data/foundation/catalog/dataSets"

    assert adobe.session.get(url, params=query, timeout=10).status_code == 400
