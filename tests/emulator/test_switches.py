"""Each switch, and how they are set."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import requests

from flow_service_emulator.switches import SWITCHES, Switches
from tests.emulator.adobe_client import DATABRICKS, AdobeClient, code_of, lake, lake_with, replace
from tests.emulator_process import EmulatorProcess

if TYPE_CHECKING:
    from pathlib import Path

RENAME = replace("/name", "new")


def test_if_match_lenient_accepts_an_etag_without_quotes(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(if_match="lenient")
    made = adobe.create()
    assert adobe.patch(made["id"], made["etag"].strip('"'), RENAME).status_code == 200


def test_spec_version_default_accepts_a_missing_version_as_1_0(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(spec_version="default")
    made = adobe.create(lake(connectionSpec={"id": DATABRICKS}))
    assert adobe.read(made["id"])["connectionSpec"]["version"] == "1.0"


def test_sandbox_default_selects_the_first_sandbox(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(sandbox="default")
    answer = adobe.send("POST", "/connections", json=lake(), headers={"x-sandbox-name": None})
    assert answer.status_code == 201
    assert emulator.connections()[0]["sandboxName"] == "prod"


def test_initializing_reads_sets_the_number_of_reads_until_ready(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(initializing=2)
    made = adobe.create()
    assert [adobe.read(made["id"])["state"] for _ in range(3)] == ["initializing", "initializing", "enabled"]


def test_initializing_milliseconds_sets_the_time_until_ready(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(initializing="1000ms")
    made = adobe.create()
    assert adobe.read(made["id"])["state"] == "initializing"
    time.sleep(1.1)
    assert adobe.read(made["id"])["state"] == "enabled"


def test_initializing_connection_has_no_etag_and_then_a_new_one(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(initializing=1)
    made = adobe.create()
    first, then = adobe.read(made["id"]), adobe.read(made["id"])
    assert not {"etag", "version"} & set(first)
    assert then["etag"] != made["etag"]
    assert then["updatedClient"] != then["createdClient"]


def test_update_keeps_an_entity_updating_for_the_set_reads_and_gives_it_a_new_etag(
    emulator: EmulatorProcess, adobe: AdobeClient
) -> None:
    made = adobe.post(lake()).json()
    emulator.switch(updating=2)
    changed = adobe.patch(made["id"], made["etag"], RENAME).json()

    shown = [adobe.read(made["id"]) for _ in range(3)]

    assert [entity["state"] for entity in shown] == ["updating", "updating", "enabled"]
    assert [entity["etag"] == changed["etag"] for entity in shown] == [True, True, False]


@pytest.mark.parametrize(
    ("refusal", "status"), [("by_state", 400), ("1457-400", 400), ("409", 409), ("423", 423), ("425", 425)]
)
def test_updating_entity_can_be_neither_changed_nor_deleted(
    emulator: EmulatorProcess, adobe: AdobeClient, refusal: str, status: int
) -> None:
    made = adobe.post(lake()).json()
    emulator.switch(updating=2, refusal_at_work=refusal)
    etag = adobe.patch(made["id"], made["etag"], RENAME).json()["etag"]

    refused = [adobe.patch(made["id"], etag, RENAME), adobe.delete(made["id"])]

    assert [answer.status_code for answer in refused] == [status, status]
    code = {"by_state": "1416-400"}.get(refusal, refusal)
    assert {code_of(answer) or code for answer in refused} == {code}


def test_initializing_entity_can_be_neither_changed_nor_deleted(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(initializing=5)
    made = adobe.create()
    assert code_of(adobe.patch(made["id"], made["etag"], RENAME)) == "1417-400"
    assert code_of(adobe.delete(made["id"])) == "1417-400"


@pytest.mark.parametrize("delay", [0, 1])
def test_final_state_failed_is_the_state_after_initializing(
    emulator: EmulatorProcess, adobe: AdobeClient, delay: int
) -> None:
    emulator.switch(final_state="failed", initializing=delay)
    made = adobe.create()
    shown = [adobe.read(made["id"]) for _ in range(2)][-1]
    assert shown["state"] == "failed"
    assert code_of(adobe.patch(made["id"], shown["etag"], RENAME)) == "1416-400"
    assert adobe.delete(made["id"]).status_code == 204


@pytest.mark.parametrize(("style", "expected"), [("masked", "********"), ("empty", ""), ("absent", None)])
def test_secrets_switch_selects_the_mask_of_secrets(
    emulator: EmulatorProcess, adobe: AdobeClient, style: str, expected: str | None
) -> None:
    emulator.switch(secrets=style)
    params = adobe.read(adobe.create()["id"])["auth"]["params"]
    assert params.get("accessToken") == expected
    assert params["clusterId"] == "c-1"


def test_added_params_are_added_by_a_create_and_kept_until_a_patch_removes_them(
    emulator: EmulatorProcess, adobe: AdobeClient
) -> None:
    emulator.switch(added_params=True)
    made = adobe.create()
    assert adobe.read(made["id"])["auth"]["params"]["region"] == "emulated"
    adobe.patch(made["id"], made["etag"], replace("/auth/params", lake()["auth"]["params"]))
    assert "region" not in adobe.read(made["id"])["auth"]["params"]


@pytest.mark.parametrize("sent", ["", None])
@pytest.mark.parametrize(("style", "expected"), [("null", {"description": None}), ("absent", {})])
def test_description_switch_selects_how_an_empty_description_is_returned(
    emulator: EmulatorProcess, adobe: AdobeClient, sent: str | None, style: str, expected: dict[str, Any]
) -> None:
    emulator.switch(description=style)
    shown = adobe.read(adobe.create(lake(description=sent))["id"])
    assert {key: value for key, value in shown.items() if key == "description"} == expected


def test_empty_description_is_stored_by_default(adobe: AdobeClient) -> None:
    assert adobe.read(adobe.create(lake(description=""))["id"])["description"] == ""


@pytest.mark.parametrize("status", [204, 202, 200])
def test_delete_status_is_the_status_of_a_delete(emulator: EmulatorProcess, adobe: AdobeClient, status: int) -> None:
    emulator.switch(delete_status=status)
    made = adobe.create()
    assert adobe.delete(made["id"]).status_code == status
    assert adobe.get(f"/connections/{made['id']}").status_code == 404


def test_unique_names_refuses_a_second_entity_with_a_name_in_the_sandbox(
    emulator: EmulatorProcess, adobe: AdobeClient
) -> None:
    emulator.switch(unique_names=True)
    adobe.create()
    assert adobe.post(lake()).status_code == 409
    elsewhere = adobe.send("POST", "/connections", json=lake(), headers={"x-sandbox-name": "stage"})
    assert elsewhere.status_code == 201


@pytest.mark.parametrize(("said", "secret"), [(True, "invalid"), (False, "fine")])
def test_test_result_overrides_the_check_of_the_credentials(
    emulator: EmulatorProcess,
    adobe: AdobeClient,
    said: bool,  # noqa: FBT001 - a table's column
    secret: str,
) -> None:
    emulator.switch(test_result=said)
    made = adobe.create(lake_with(accessToken=secret))
    assert adobe.get(f"/connections/{made['id']}/test").json() == {"result": said}


def test_credentials_checked_refuses_invalid_credentials_on_create(
    emulator: EmulatorProcess, adobe: AdobeClient
) -> None:
    emulator.switch(credentials="checked")
    assert code_of(adobe.post(lake_with(accessToken="invalid"))) == "1100-400"
    made = adobe.create()
    answer = adobe.patch(made["id"], made["etag"], replace("/auth/params/accessToken", "expired"))
    assert code_of(answer) == "1100-400"
    assert adobe.get(f"/connections/{made['id']}/test").json() == {"result": True}


@pytest.mark.parametrize("changes", [{"unknown": 1}, {"secrets": "loud"}, {"initializing": "soon"}])
def test_invalid_switch_value_changes_nothing(emulator: EmulatorProcess, changes: dict[str, Any]) -> None:
    body = {"unique_names": "on", **changes}
    answer = requests.post(f"{emulator.url}/_emulator/switches", json=body, timeout=10)
    assert answer.status_code == 400
    assert emulator.control("GET", "switches")["unique_names"] == "off"


def test_switches_of_the_command_line_are_restored_by_a_reset(tmp_path: Path) -> None:
    flags = ("--set", "secrets=empty", "--set", "unique-names")
    with EmulatorProcess.start(tmp_path / "e.sqlite", *flags) as emulator:
        emulator.switch(secrets="absent", delete_status=202)
        emulator.reset()
        switches = emulator.control("GET", "switches")
    assert switches == {**Switches({}).all(), "secrets": "empty", "unique_names": "on"}


def test_every_default_is_a_value_of_its_switch() -> None:
    assert all(switch.accepts(switch.default) for switch in SWITCHES)


def test_if_match_ignored_accepts_any_or_no_etag(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(if_match="ignored")
    made = adobe.create()
    assert adobe.patch(made["id"], None, RENAME).status_code == 200
    assert adobe.patch(made["id"], '"stale"', RENAME).status_code == 200


@pytest.mark.parametrize(("size", "expected"), [(2, 2), (1000, 3)])
def test_page_size_applies_if_no_limit_is_given(
    emulator: EmulatorProcess, adobe: AdobeClient, size: int, expected: int
) -> None:
    emulator.switch(page_size=size)
    for number in range(3):
        adobe.create(lake(name=f"lake {number}"))
    assert len(adobe.get("/connections").json()["items"]) == expected
    assert len(adobe.get("/connections", limit=1).json()["items"]) == 1
    assert adobe.get("/connections", count="true").json() == {"count": 3}


def test_page_limit_refuses_a_larger_limit_for_entities_and_runs(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(page_limit=7)
    for path in ("/connections", "/flows", "/runs"):
        assert adobe.get(path, limit=7).status_code == 200
        assert code_of(adobe.get(path, limit=8)) == "1453-400"
        assert adobe.get(path).status_code == 200


@pytest.mark.parametrize(("style", "expected"), [("ignored", 1), ("no_match", 0)])
def test_unknown_filters_are_ignored_or_match_nothing(
    emulator: EmulatorProcess, adobe: AdobeClient, style: str, expected: int
) -> None:
    adobe.create()
    assert code_of(adobe.get("/connections", property="colour==red")) == "1449-400"
    emulator.switch(unknown_filters=style)
    assert len(adobe.get("/connections", property="colour==red").json()["items"]) == expected
    assert len(adobe.get("/connections", property=["name==lake", "colour==red"]).json()["items"]) == expected
    assert adobe.get("/connections", property="name==other").json()["items"] == []
    assert adobe.get("/runs", property="colour==red").json()["items"] == []


def test_unknown_parameters_ignored_accepts_unknown_query_parameters(
    emulator: EmulatorProcess, adobe: AdobeClient
) -> None:
    adobe.create()
    assert code_of(adobe.get("/connections", colour="red")) == "1451-400"
    emulator.switch(unknown_parameters="ignored")
    assert len(adobe.get("/connections", colour="red").json()["items"]) == 1
