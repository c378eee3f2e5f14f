"""GET /connections/{id}."""

from __future__ import annotations

import time

import pytest

from flow_service_emulator.entities.entity import create_etag
from tests.emulator.adobe_client import ORG, AdobeClient, lake

FIELDS = {
    "id",
    "createdAt",
    "updatedAt",
    "createdBy",
    "updatedBy",
    "createdClient",
    "updatedClient",
    "sandboxId",
    "sandboxName",
    "imsOrgId",
    "name",
    "description",
    "auth",
    "connectionSpec",
    "state",
    "version",
    "etag",
}


def test_connection_has_the_fields_that_adobe_documents(adobe: AdobeClient) -> None:
    assert set(adobe.read(adobe.create()["id"])) == FIELDS


def test_version_and_etag_equal_those_of_the_create_response(adobe: AdobeClient) -> None:
    made = adobe.create()
    shown = adobe.read(made["id"])
    assert (shown["etag"], shown["version"]) == (made["etag"], made["etag"])


def test_times_are_in_milliseconds(adobe: AdobeClient) -> None:
    shown = adobe.read(adobe.create()["id"])
    assert abs(shown["createdAt"] - time.time() * 1000) < 60_000


def test_connection_is_in_the_sandbox_of_its_create(adobe: AdobeClient) -> None:
    shown = adobe.read(adobe.create()["id"])
    assert (shown["sandboxName"], shown["imsOrgId"], shown["state"]) == ("dev", ORG, "enabled")


def test_connection_without_a_description_returns_none(adobe: AdobeClient) -> None:
    assert "description" not in adobe.read(adobe.create(lake(description=None))["id"])


def test_unknown_id_gets_adobes_not_found_error(adobe: AdobeClient) -> None:
    answer = adobe.get("/connections/4890fc95")
    text = "connections not found with id = [4890fc95]"
    assert answer.status_code == 404
    assert answer.json()["errorMessage"] == answer.json()["errorDetails"] == text
    assert answer.json()["report"]["type"] == "connections"


def test_connection_is_not_found_in_another_sandbox(adobe: AdobeClient) -> None:
    answer = adobe.send("GET", f"/connections/{adobe.create()['id']}", headers={"x-sandbox-name": "stage"})
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/connections/{}/", "/connections/{}"])
def test_trailing_slash_in_a_get_path_is_accepted(adobe: AdobeClient, path: str) -> None:
    assert adobe.get(path.format(adobe.create()["id"])).status_code == 200


def test_every_etag_is_unique() -> None:
    assert len({create_etag() for _ in range(200)}) == 200
