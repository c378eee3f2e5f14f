"""GET /connectionSpecs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flow_service_emulator.catalogue import LAKE_SPEC, LANDING_ZONE
from tests.emulator.adobe_client import DATABRICKS, code_of, lake

PENDO = "6ff5654f-19d5-427d-bd3e-c0ebc802389a"

if TYPE_CHECKING:
    from tests.emulator.adobe_client import AdobeClient
    from tests.emulator_process import EmulatorProcess


def test_single_connection_spec_is_returned_as_a_list_of_one(adobe: AdobeClient) -> None:
    (spec,) = adobe.get(f"/connectionSpecs/{DATABRICKS}").json()["items"]
    assert spec["id"] == DATABRICKS
    assert spec["authSpec"][0]["name"] == "Access Token Authentication"


def test_all_connection_specs_are_listed(adobe: AdobeClient) -> None:
    """The 64 sources with base connections, the 6 without one, and the data lake as a target."""
    listed = {spec["id"] for spec in adobe.get("/connectionSpecs").json()["items"]}

    assert len(listed) == 71
    assert {LANDING_ZONE, LAKE_SPEC} <= listed


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("3c9b37f8-13a6-43d8-bad3-b863b941fedd", "google-big-query"),
        ("74a1c565-4e59-48d7-9d67-7c03b8a13137", "postgre-sql"),
        ("38ad80fe-8b06-4938-94f4-d4ee80266b07", "dynamics-online"),
        ("4c10e202-c428-4796-9208-5f1f5732b1cf", "azure-blob"),
    ],
)
def test_connection_spec_is_found_by_the_name_on_adobes_pages(adobe: AdobeClient, id_: str, name: str) -> None:
    (spec,) = adobe.get("/connectionSpecs", property=f'name=="{name}"').json()["items"]

    assert spec["id"] == id_


def test_landing_zone_is_explored_by_its_connection_spec(adobe: AdobeClient) -> None:
    path = f"/connectionSpecs/{LANDING_ZONE}/explore"
    guess = {"objectType": "file", "object": "acme.orders", "determineProperties": "true"}

    files = [entry["path"] for entry in adobe.get(path, objectType="root").json()]
    guessed = adobe.get(path, **guess).json()

    assert "acme.orders" in files
    assert guessed["properties"]["columnDelimiter"] == ","
    assert "order_id" in [column["name"] for column in guessed["schema"]["columns"]]


@pytest.mark.parametrize("query", [{}, {"determineProperties": "true", "fileType": "delimited"}])
def test_landing_zone_file_is_explored_with_a_given_or_guessed_format(
    adobe: AdobeClient, query: dict[str, str]
) -> None:
    answer = adobe.get(f"/connectionSpecs/{LANDING_ZONE}/explore", objectType="file", object="acme.orders", **query)

    assert code_of(answer) == "CONNECTOR-1312-400"


def test_other_connection_specs_are_explored_only_by_their_connections(adobe: AdobeClient) -> None:
    answer = adobe.get(f"/connectionSpecs/{DATABRICKS}/explore", objectType="root")

    assert code_of(answer) == "CONNECTOR-1336-400"


@pytest.mark.parametrize("id_", [LANDING_ZONE, PENDO, LAKE_SPEC])
def test_spec_without_base_connections_refuses_a_create(adobe: AdobeClient, id_: str) -> None:
    assert adobe.post(lake(connectionSpec={"id": id_, "version": "1.0"})).status_code == 400


def test_filter_selects_connection_specs_by_any_field(adobe: AdobeClient) -> None:
    found = adobe.get("/connectionSpecs", property="attributes.category==databases").json()["items"]
    assert {spec["attributes"]["category"] for spec in found} == {"databases"}


@pytest.mark.parametrize("path", ["/connectionSpecs", "/flowSpecs"])
def test_connection_specs_are_paged_if_the_switch_is_on(
    adobe: AdobeClient, emulator: EmulatorProcess, path: str
) -> None:
    whole = adobe.get(path).json()
    emulator.switch(spec_pages="3")

    page, items = adobe.get(path).json(), []
    while page["_links"]:
        assert len(page["items"]) == 3
        items += page["items"]
        token = page["_links"]["next"]["href"].partition("continuationToken=")[2]
        page = adobe.get(path, continuationToken=token).json()

    assert whole["_links"] == {}
    assert [*items, *page["items"]] == whole["items"]


def test_unknown_query_parameter_of_the_spec_list_is_refused(adobe: AdobeClient) -> None:
    assert code_of(adobe.get("/connectionSpecs", limit=1)) == "1451-400"


def test_unknown_connection_spec_is_not_found(adobe: AdobeClient) -> None:
    assert adobe.get("/connectionSpecs/unknown").status_code == 404


def test_connection_specs_are_read_only_for_users(adobe: AdobeClient) -> None:
    assert code_of(adobe.send("POST", "/connectionSpecs", json={"name": "n"})) == "1426-400"


def test_connection_specs_require_a_token(adobe: AdobeClient) -> None:
    assert adobe.send("GET", "/connectionSpecs", headers={"Authorization": None}).status_code == 403
