"""How the page follows, and what of it the rest of the emulator notices: nothing."""

from __future__ import annotations

import html

import pytest

from tests.emulator.adobe_client import AdobeClient, lake
from tests.emulator.console.console_client import PAGES, Console
from tests.emulator_process import EmulatorProcess

LIVE = {"X-Console-Part": "live"}


@pytest.mark.parametrize("path", PAGES)
def test_live_fragment_equals_the_same_part_of_the_whole_page(console: Console, path: str) -> None:
    whole, part = console.ask(path), console.ask(path, **LIVE)
    assert part.text in whole.text
    assert "<html" not in part.text
    assert f'data-etag="{html.escape(part.headers["ETag"])}"' in whole.text.replace("&#34;", "&quot;")
    assert part.headers["Cache-Control"] == "no-store"


def test_live_update_is_empty_until_something_changes(emulator: EmulatorProcess, console: Console) -> None:
    etag = console.ask("/", **LIVE).headers["ETag"]
    again = console.ask("/", **LIVE, **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    emulator.foreign_create(**lake(name="a new one"))
    then = console.ask("/", **LIVE, **{"If-None-Match": etag})
    assert then.status_code == 200
    assert "a new one" in then.text


def test_every_live_response_has_the_emulators_time(emulator: EmulatorProcess, console: Console) -> None:
    """The script shows the header `Date` as the clock, with an answer that has no body too."""
    emulator.turn_clock(10 * 365 * 86_400)
    assert " 2036 " in console.ask("/").headers["Date"]
    assert "2036-" in console.words("/")
    assert "3650 d ahead" in console.words("/")


def test_console_requests_are_not_in_the_journal(emulator: EmulatorProcess, console: Console) -> None:
    for path in (*console.everywhere(), "/favicon.ico", "/console", "/console/"):
        console.ask(path)
    console.send("/console/faults", preset="slow")
    console.send("/console/faults/take-back")
    assert emulator.journal() == []


def test_faults_do_not_affect_the_console(emulator: EmulatorProcess, console: Console) -> None:
    emulator.fault("* *", status=503, times=9)
    assert {console.ask(path).status_code for path in PAGES[:3]} == {200}
    assert emulator.control("GET", "faults")[0]["times"] == 9


def test_viewing_the_console_changes_nothing(emulator: EmulatorProcess, adobe: AdobeClient, console: Console) -> None:
    made = adobe.create()
    before = emulator.connections(), emulator.entities(), emulator.journal()
    for path in console.everywhere():
        console.ask(path)
    assert (emulator.connections(), emulator.entities(), emulator.journal()) == before
    assert adobe.read(made["id"])["etag"] == made["etag"]
