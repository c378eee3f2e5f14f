"""Connections of earlier probes: named, and deleted once a person agrees."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from adobe_flow.probe.client import ProbeClient
from adobe_flow.probe.left_overs import LeftOvers
from adobe_flow.probe.throw_away import INVALID, SFTP, ThrowAwayEntities
from tests.cli.probe.probed import Probed, find_throw_aways
from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess


@pytest.fixture
def name(emulator: EmulatorProcess) -> str:
    """The name of a connection that a probe has left behind."""
    throw_away = ThrowAwayEntities()
    with AdobeClient(emulator.url) as adobe:
        adobe.create(throw_away.build_body(SFTP, INVALID, with_version=True))
    return throw_away.name


def build_left_overs(emulator: EmulatorProcess, said: list[str]) -> LeftOvers:
    client = ProbeClient(Probed(emulator.url).create_client())
    return LeftOvers(client, 5.0, said.append, lambda: datetime.now(timezone.utc))


@pytest.mark.parametrize("answer", [True, False])
def test_left_over_of_any_age_is_deleted_if_the_user_agrees(
    answer: bool,  # noqa: FBT001 - a table's column
    name: str,
    emulator: EmulatorProcess,
) -> None:
    said: list[str] = []
    left_overs = build_left_overs(emulator, said)

    remaining = left_overs.delete(left_overs.find_left_overs_and_print(), yes=False, agree=lambda _: answer)

    assert remaining == len(find_throw_aways(emulator)) == int(not answer)
    assert name in said[0]


def test_possible_left_over_of_a_running_probe_is_kept_without_a_terminal(name: str, emulator: EmulatorProcess) -> None:
    left_overs = build_left_overs(emulator, [])

    remaining = left_overs.delete(left_overs.find_left_overs_and_print(), yes=True, agree=lambda _: False)

    assert (remaining, find_throw_aways(emulator)) == (1, [name])


@pytest.mark.parametrize("style", ["complete", "summary"])
def test_connection_with_a_probe_name_and_another_host_is_not_deleted(style: str, emulator: EmulatorProcess) -> None:
    throw_away = ThrowAwayEntities()
    body = throw_away.build_body(SFTP, INVALID, with_version=True)
    body["auth"]["params"]["host"] = "sftp.example.com"
    with AdobeClient(emulator.url) as adobe:
        adobe.create(body)
    emulator.switch(list_items=style)
    left_overs = build_left_overs(emulator, [])

    left_overs.delete(left_overs.find_left_overs_and_print(), yes=False, agree=lambda _: True)

    assert find_throw_aways(emulator) == [throw_away.name]
