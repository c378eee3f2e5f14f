"""GET /connectionSpecs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.emulator.adobe_client import DATABRICKS, code_of

if TYPE_CHECKING:
    from tests.emulator.adobe_client import AdobeClient


def test_one_comes_as_a_list_of_one(adobe: AdobeClient) -> None:
    (spec,) = adobe.get(f"/connectionSpecs/{DATABRICKS}").json()["items"]
    assert spec["id"] == DATABRICKS
    assert spec["authSpec"][0]["name"] == "Access Token Authentication"


def test_all_of_them_are_listed(adobe: AdobeClient) -> None:
    assert len(adobe.get("/connectionSpecs").json()["items"]) == 58


def test_a_filter_picks_by_any_field(adobe: AdobeClient) -> None:
    found = adobe.get("/connectionSpecs", property="attributes.category==databases").json()["items"]
    assert {spec["attributes"]["category"] for spec in found} == {"databases"}


def test_there_is_no_other_query_parameter(adobe: AdobeClient) -> None:
    assert code_of(adobe.get("/connectionSpecs", limit=1)) == "1451-400"


def test_an_unknown_one_is_not_found(adobe: AdobeClient) -> None:
    assert adobe.get("/connectionSpecs/unknown").status_code == 404


def test_users_may_not_write_them(adobe: AdobeClient) -> None:
    assert code_of(adobe.send("POST", "/connectionSpecs", json={"name": "n"})) == "1426-400"


def test_they_need_a_token_too(adobe: AdobeClient) -> None:
    assert adobe.send("GET", "/connectionSpecs", headers={"Authorization": None}).status_code == 403
