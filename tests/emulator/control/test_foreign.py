"""What another person does meanwhile."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.adobe_client import CLIENT, DATABRICKS, OTHER_ORG, TOKEN, AdobeClient, lake, replace

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess


def test_foreign_edit_changes_the_etag_and_records_its_author(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    edited = emulator.foreign_edit(made["id"], replace("/name", "theirs"))
    shown = adobe.read(made["id"])
    assert (shown["name"], shown["etag"]) == ("theirs", edited["etag"])
    assert made["etag"] != edited["etag"]
    assert CLIENT not in (shown["updatedBy"], shown["updatedClient"])
    assert shown["createdBy"] == CLIENT


def test_author_of_a_foreign_edit_can_be_chosen(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    emulator.foreign_edit(made["id"], replace("/name", "theirs"), client="their-script")
    assert adobe.read(made["id"])["updatedClient"] == "their-script"


def test_foreign_edit_can_change_the_state(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    emulator.foreign_edit(made["id"], replace("/state", "disabled"))
    assert adobe.read(made["id"])["state"] == "disabled"


def test_secret_of_a_foreign_edit_is_stored_as_a_digest(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.foreign_edit(adobe.create()["id"], replace("/auth/params/accessToken", "theirs"))
    kept = emulator.connections()[0]["auth"]["params"]["accessToken"]
    assert kept == hashlib.sha256(b"theirs").hexdigest()


def test_invalid_foreign_edit_changes_nothing(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    with pytest.raises(AssertionError, match="400"):
        emulator.foreign_edit(made["id"], replace("/nothing", 1))
    assert adobe.read(made["id"])["etag"] == made["etag"]


def test_foreign_creation_is_visible_only_in_its_sandbox(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = emulator.foreign_create(**lake(name="theirs"), sandbox="dev")
    emulator.foreign_create(**lake(name="elsewhere"), org=OTHER_ORG)
    assert adobe.names() == ["theirs"]
    shown = adobe.read(made["id"])
    assert shown["connectionSpec"]["id"] == DATABRICKS
    assert shown["auth"]["params"]["accessToken"] == "********"


def test_id_and_state_of_a_foreign_creation_can_be_chosen(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.foreign_create(**lake(), sandbox="dev", id="my-id", state="disabled")
    assert adobe.read("my-id")["state"] == "disabled"


def test_foreign_deletion_removes_the_entity(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    emulator.foreign_delete(made["id"])
    assert adobe.get(f"/connections/{made['id']}").status_code == 404


@pytest.mark.parametrize(("path", "more"), [("foreign-edit", {"patch": []}), ("foreign-delete", {})])
def test_foreign_change_of_an_unknown_id_is_not_found(
    emulator: EmulatorProcess, path: str, more: dict[str, Any]
) -> None:
    with pytest.raises(AssertionError, match="404"):
        emulator.control("POST", path, {"id": "unknown", **more})


def test_all_stored_entities_are_listed_with_secrets_as_digests(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(secrets="absent")
    adobe.create()
    (kept,) = emulator.connections()
    assert kept["auth"]["params"]["accessToken"] == hashlib.sha256(TOKEN.encode()).hexdigest()
    assert (kept["sandboxName"], kept["name"]) == ("dev", "lake")
