"""PATCH /connections/{id}: the etag and what may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.adobe_client import DATABRICKS, OTHER_CLIENT, PARAMS, AdobeClient, code_of, replace

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess

RENAME = replace("/name", "new")


def test_update_returns_the_id_and_a_new_etag(adobe: AdobeClient) -> None:
    made = adobe.create()
    answer = adobe.patch(made["id"], made["etag"], RENAME)
    assert (answer.status_code, answer.json()["id"]) == (200, made["id"])
    assert answer.json()["etag"] == adobe.read(made["id"])["etag"] != made["etag"]


def test_update_without_if_match_is_refused(adobe: AdobeClient) -> None:
    answer = adobe.patch(adobe.create()["id"], None, RENAME)
    assert code_of(answer) == "1403-400"


def test_if_match_in_the_query_is_ignored(adobe: AdobeClient) -> None:
    made = adobe.create()
    answer = adobe.send("PATCH", f"/connections/{made['id']}", json=RENAME, params={"if-match": made["etag"]})
    assert code_of(answer) == "1403-400"


def test_stale_etag_gets_412_with_adobes_message_and_changes_nothing(adobe: AdobeClient) -> None:
    made = adobe.create()
    current = adobe.patch(made["id"], made["etag"], RENAME).json()["etag"]
    answer = adobe.patch(made["id"], made["etag"], replace("/name", "lost"))
    text = f"Supplied version=[{made['etag']}] does not match the current version on entity=[{current}]"
    assert (answer.status_code, answer.json()["errorMessage"]) == (412, text)
    assert adobe.read(made["id"])["name"] == "new"


def test_etag_without_its_quotes_is_stale(adobe: AdobeClient) -> None:
    made = adobe.create()
    assert adobe.patch(made["id"], made["etag"].strip('"'), RENAME).status_code == 412


@pytest.mark.parametrize("op", ["replace", "REPLACE", "Replace", "add", "ADD"])
def test_case_of_a_patch_operation_is_ignored(adobe: AdobeClient, op: str) -> None:
    made = adobe.create()
    adobe.patch(made["id"], made["etag"], [{"op": op, "path": "/name", "value": "new"}])
    assert adobe.read(made["id"])["name"] == "new"


def test_patch_of_the_whole_auth_params_removes_those_that_it_lacks(adobe: AdobeClient) -> None:
    made = adobe.create()
    adobe.patch(made["id"], made["etag"], [{"op": "add", "path": "/auth/params/catalog", "value": "main"}])
    adobe.patch(made["id"], adobe.read(made["id"])["etag"], replace("/auth/params", PARAMS))
    assert "catalog" not in adobe.read(made["id"])["auth"]["params"]


def test_patch_of_one_parameter_keeps_the_secret(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made, before = adobe.create(), emulator.connections()[0]["auth"]["params"]
    assert adobe.patch(made["id"], made["etag"], replace("/auth/params/clusterId", "c-2")).status_code == 200
    assert emulator.connections()[0]["auth"]["params"] == {**before, "clusterId": "c-2"}


def test_secret_can_be_patched_in_place(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made, before = adobe.create(), emulator.connections()[0]["auth"]["params"]["accessToken"]
    adobe.patch(made["id"], made["etag"], replace("/auth/params/accessToken", "rotated"))
    assert emulator.connections()[0]["auth"]["params"]["accessToken"] != before


def test_description_can_be_removed(adobe: AdobeClient) -> None:
    made = adobe.create()
    adobe.patch(made["id"], made["etag"], [{"op": "remove", "path": "/description"}])
    assert "description" not in adobe.read(made["id"])


REFUSED: list[tuple[Any, str]] = [
    (replace("/connectionSpec", {"id": DATABRICKS, "version": "1.0"}), "1414-400"),
    (replace("/connectionSpec/id", DATABRICKS), "1414-400"),
    (replace("/auth/specName", "Other"), "1455-400"),
    (replace("/auth", {}), "1455-400"),
    (replace("/state", "disabled"), "1455-400"),
    (replace("/etag", "mine"), "1455-400"),
    (replace("/auth/params/catalog", "main"), "1455-400"),
    ([{"op": "remove", "path": "/auth/params/catalog"}], "1455-400"),
    ([{"op": "replace", "path": "/name"}], "1455-400"),
    ([{"op": "replace", "value": "n"}], "1455-400"),
    (RENAME[0], "1455-400"),
    (["replace"], "1455-400"),
    ([{"op": "move", "from": "/name", "path": "/description"}], "1434-400"),
    ([{"op": "test", "path": "/name", "value": "lake"}], "1434-400"),
    ([], "1405-400"),
    (None, "1405-400"),
    ([{"op": "remove", "path": "/name"}], "CONNECTOR-1304-400"),
    ([{"op": "remove", "path": "/auth/params/accessToken"}], "CONNECTOR-1304-400"),
    (replace("/auth/params", {"clusterId": "c-2"}), "CONNECTOR-1304-400"),
    (replace("/auth/params", "all of them"), "CONNECTOR-1304-400"),
    ([*RENAME, *replace("/etag", "mine")], "1455-400"),
]


@pytest.mark.parametrize(("operations", "code"), REFUSED)
def test_invalid_patch_is_refused_as_a_whole(adobe: AdobeClient, operations: Any, code: str) -> None:
    made = adobe.create()
    before = adobe.read(made["id"])
    answer = adobe.patch(made["id"], made["etag"], operations)
    assert (answer.status_code, code_of(answer)) == (400, code)
    assert adobe.read(made["id"]) == before


def test_last_author_is_returned_beside_the_creator(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    with AdobeClient(emulator.url, OTHER_CLIENT, "emulator-other-client-secret") as other:
        other.patch(made["id"], made["etag"], RENAME)
    shown = adobe.read(made["id"])
    assert (shown["createdClient"], shown["updatedClient"]) == ("emulator-client-id", OTHER_CLIENT)
    assert shown["updatedAt"] >= shown["createdAt"]


def test_unknown_connection_cannot_be_updated(adobe: AdobeClient) -> None:
    assert adobe.patch("unknown", '"etag"', RENAME).status_code == 404


def test_trailing_slash_in_a_patch_path_is_accepted(adobe: AdobeClient) -> None:
    made = adobe.create()
    assert adobe.patch(f"{made['id']}/", made["etag"], RENAME).status_code == 200
