"""POST /connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.adobe_client import CLIENT, DATABRICKS, TOKEN, AdobeClient, code_of, lake, lake_with

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess

BASIC = "Basic Authentication"
REFUSED: list[tuple[dict[str, Any], int, str | None]] = [
    (lake(name=None), 400, "CONNECTOR-1304-400"),
    (lake(name=""), 400, "CONNECTOR-1304-400"),
    (lake(description=7), 400, "CONNECTOR-1312-400"),
    (lake(auth=None), 400, "CONNECTOR-1304-400"),
    (lake(auth={"specName": BASIC, "params": {}}), 400, "1415-400"),
    (lake(auth={"specName": "Access Token Authentication"}), 400, "CONNECTOR-1304-400"),
    (lake_with(clusterId=None), 400, "CONNECTOR-1304-400"),
    (lake_with(accessToken=None), 400, "CONNECTOR-1304-400"),
    (lake_with(database=7), 400, "CONNECTOR-1312-400"),
    (lake_with(accessToken=7), 400, "CONNECTOR-1312-400"),
    (lake(connectionSpec=None), 400, ""),
    (lake(connectionSpec={"id": "unknown", "version": "1.0"}), 400, ""),
    (lake(connectionSpec={"id": DATABRICKS, "version": "9.9"}), 400, ""),
    (lake(connectionSpec={"id": DATABRICKS}), 422, ""),
    ({}, 400, "1405-400"),
]


@pytest.mark.parametrize(("body", "status", "code"), REFUSED)
def test_malformed_create_body_is_refused(
    emulator: EmulatorProcess, adobe: AdobeClient, body: dict[str, Any], status: int, code: str | None
) -> None:
    answer = adobe.post(body)
    assert (answer.status_code, code_of(answer)) == (status, code)
    assert emulator.connections() == []


def test_wrong_spec_id_gets_adobes_error_message(adobe: AdobeClient) -> None:
    answer = adobe.post(lake(connectionSpec={"id": "unknown", "version": "1.0"}))
    assert answer.json()["message"] == "Please provide a valid spec id"


def test_missing_version_gets_adobes_error_message(adobe: AdobeClient) -> None:
    answer = adobe.post(lake(connectionSpec={"id": DATABRICKS}))
    assert answer.json()["errorMessage"] == "connectionSpec.version 'version' is required for spec info"


def test_every_missing_parameter_is_named_at_once(adobe: AdobeClient) -> None:
    answer = adobe.post(lake_with(clusterId=None, accessToken=None))
    assert "clusterId, accessToken" in answer.json()["errorMessage"]


def test_error_never_quotes_a_secret(adobe: AdobeClient) -> None:
    answer = adobe.post(lake_with(accessToken=[TOKEN]))
    assert answer.status_code == 400
    assert TOKEN not in answer.text


def test_parameter_catalog_is_optional(adobe: AdobeClient) -> None:
    shown = adobe.read(adobe.create(lake_with(catalog="main"))["id"])
    assert shown["auth"]["params"]["catalog"] == "main"


def test_two_connections_may_have_the_same_name(adobe: AdobeClient) -> None:
    assert adobe.create()["id"] != adobe.create()["id"]
    assert adobe.names() == ["lake", "lake"]


def test_creator_of_a_connection_is_the_client_of_the_token(adobe: AdobeClient) -> None:
    shown = adobe.read(adobe.create()["id"])
    made = {shown[key] for key in ("createdBy", "createdClient", "updatedBy", "updatedClient")}
    assert made == {CLIENT}


@pytest.mark.parametrize("body", ["{", '{"name": NaN}', '{"name": "\\ud800"}', "[" * 100_000])
def test_body_that_is_not_json_is_refused(adobe: AdobeClient, body: str) -> None:
    answer = adobe.send("POST", "/connections", data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_published_draft_becomes_enabled(adobe: AdobeClient) -> None:
    draft = adobe.post(lake(), mode="draft").json()["id"]
    assert adobe.read(draft)["state"] == "draft"
    assert adobe.send("POST", f"/connections/{draft}/action", params={"op": "publish"}).status_code == 200
    assert adobe.read(draft)["state"] == "enabled"


def test_only_a_draft_can_be_published(adobe: AdobeClient) -> None:
    answer = adobe.send("POST", f"/connections/{adobe.create()['id']}/action", json={"op": "PUBLISH"})
    assert code_of(answer) == "1421-400"


def test_unknown_action_is_refused(adobe: AdobeClient) -> None:
    answer = adobe.send("POST", f"/connections/{adobe.create()['id']}/action", params={"op": "enable"})
    assert code_of(answer) == "1422-400"
