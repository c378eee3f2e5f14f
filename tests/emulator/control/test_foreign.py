"""What another person does meanwhile."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.adobe_client import CLIENT, DATABRICKS, OTHER_ORG, TOKEN, AdobeClient, lake, replace

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess


def test_an_edit_moves_the_etag_and_tells_who_it_was(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    edited = emulator.foreign_edit(made["id"], replace("/name", "theirs"))
    shown = adobe.read(made["id"])
    assert (shown["name"], shown["etag"]) == ("theirs", edited["etag"])
    assert made["etag"] != edited["etag"]
    assert CLIENT not in (shown["updatedBy"], shown["updatedClient"])
    assert shown["createdBy"] == CLIENT


def test_an_edit_may_come_from_a_client_of_choice(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    emulator.foreign_edit(made["id"], replace("/name", "theirs"), client="their-script")
    assert adobe.read(made["id"])["updatedClient"] == "their-script"


def test_an_edit_may_change_the_state(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    emulator.foreign_edit(made["id"], replace("/state", "disabled"))
    assert adobe.read(made["id"])["state"] == "disabled"


def test_a_secret_rotated_by_others_is_kept_sealed(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.foreign_edit(adobe.create()["id"], replace("/auth/params/accessToken", "theirs"))
    kept = emulator.connections()[0]["auth"]["params"]["accessToken"]
    assert kept == hashlib.sha256(b"theirs").hexdigest()


def test_an_edit_that_cannot_be_applied_changes_nothing(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    with pytest.raises(AssertionError, match="400"):
        emulator.foreign_edit(made["id"], replace("/nothing", 1))
    assert adobe.read(made["id"])["etag"] == made["etag"]


def test_a_creation_is_visible_in_its_sandbox_only(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = emulator.foreign_create(**lake(name="theirs"), sandbox="dev")
    emulator.foreign_create(**lake(name="elsewhere"), org=OTHER_ORG)
    assert adobe.names() == ["theirs"]
    shown = adobe.read(made["id"])
    assert shown["connectionSpec"]["id"] == DATABRICKS
    assert shown["auth"]["params"]["accessToken"] == "********"


def test_a_creation_may_have_an_id_and_a_state_of_choice(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.foreign_create(**lake(), sandbox="dev", id="my-id", state="disabled")
    assert adobe.read("my-id")["state"] == "disabled"


def test_a_deletion_takes_it_away(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    emulator.foreign_delete(made["id"])
    assert adobe.get(f"/connections/{made['id']}").status_code == 404


@pytest.mark.parametrize(("path", "more"), [("foreign-edit", {"patch": []}), ("foreign-delete", {})])
def test_of_an_unknown_id_nothing_can_be_done(emulator: EmulatorProcess, path: str, more: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="404"):
        emulator.control("POST", path, {"id": "unknown", **more})


def test_everything_kept_can_be_seen_with_secrets_as_digests(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(secrets="absent")
    adobe.create()
    (kept,) = emulator.connections()
    assert kept["auth"]["params"]["accessToken"] == hashlib.sha256(TOKEN.encode()).hexdigest()
    assert (kept["sandboxName"], kept["name"]) == ("dev", "lake")
