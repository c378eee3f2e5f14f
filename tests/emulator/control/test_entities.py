"""Entities that one emulator shows, and another one loads."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.adobe_client import AdobeClient, code_of, replace
from tests.emulator.dataflows.way import Way
from tests.emulator_process import EmulatorProcess

Entities = dict[str, list[dict[str, Any]]]


def show(emulator: EmulatorProcess) -> Entities:
    return {"connections": emulator.connections(), **emulator.entities()}


@pytest.fixture
def recorded(emulator: EmulatorProcess, adobe: AdobeClient) -> Entities:
    """One dataflow with all that it needs and its first run; the emulator has forgotten them since."""
    way = Way(adobe)
    way.made("/flows", way.flow())
    emulator.turn_clock(3600)
    shown = show(emulator)
    emulator.reset()
    return shown


def test_loaded_entities_are_returned_unchanged(emulator: EmulatorProcess, recorded: Entities) -> None:
    emulator.load(recorded)

    assert [kind for kind, entities in recorded.items() if len(entities) != 1] == []
    assert show(emulator) == recorded


def test_loaded_entities_are_persistent(emulator: EmulatorProcess, recorded: Entities) -> None:
    emulator.load(recorded)

    emulator.restart()

    assert show(emulator) == recorded


def test_client_can_read_update_and_delete_loaded_entities(emulator: EmulatorProcess, recorded: Entities) -> None:
    emulator.load(recorded)
    (connection,), (flow,) = recorded["connections"], recorded["flows"]

    with AdobeClient(emulator.url) as adobe:
        assert adobe.read(connection["id"])["auth"]["params"]["accessToken"] == "********"
        assert adobe.patch(connection["id"], connection["etag"], replace("/name", "renamed")).status_code == 200
        assert code_of(adobe.delete(connection["id"])) == "1418-400"
        assert adobe.send("DELETE", f"/flows/{flow['id']}").status_code == 204
        assert adobe.delete(connection["id"]).status_code == 204


def test_loaded_entity_replaces_the_one_with_its_id(emulator: EmulatorProcess, recorded: Entities) -> None:
    emulator.load(recorded)
    (connection,) = recorded["connections"]

    emulator.load({"connections": [{**connection, "name": "renamed", "etag": '"later"'}]})

    assert [(each["name"], each["etag"]) for each in emulator.connections()] == [("renamed", '"later"')]


@pytest.mark.parametrize("member", ["id", "etag", "imsOrgId", "createdAt"])
def test_nothing_is_loaded_if_one_entity_lacks_a_member(
    emulator: EmulatorProcess, recorded: Entities, member: str
) -> None:
    del recorded["flows"][0][member]

    with pytest.raises(AssertionError, match=f"400.*{member}"):
        emulator.load(recorded)

    assert not any(show(emulator).values())


def test_unknown_entity_kind_is_refused(emulator: EmulatorProcess) -> None:
    with pytest.raises(AssertionError, match=r"400.*segments"):
        emulator.load({"segments": []})
