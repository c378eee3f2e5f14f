"""The clock, turned by a button."""

from __future__ import annotations

import pytest

from tests.emulator.adobe_client import AdobeClient
from tests.emulator.console.console_client import Console
from tests.emulator.dataflows.way import DATASET, Way
from tests.emulator_process import EmulatorProcess


def test_clock_moved_by_a_day_runs_a_due_dataflow(
    emulator: EmulatorProcess, adobe: AdobeClient, console: Console
) -> None:
    way = Way(adobe)
    flow = way.made("/flows", way.flow())
    page = f"/console/dataflows/{flow}"
    assert "No run yet." in console.words(page)

    answer = console.send("/console/clock", **{"advance": "86400", "from": page})

    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert "success" in console.words(page)
    assert "1 d ahead" in console.words(page)
    assert len(emulator.rows(DATASET)) == 5


@pytest.mark.parametrize("advance", ["", "-1", "nan", "1e3", "9" * 30])
def test_invalid_time_is_refused(emulator: EmulatorProcess, console: Console, advance: str) -> None:
    before = emulator.control("GET", "clock")["milliseconds"]
    assert console.send("/console/clock", advance=advance).status_code == 400
    assert emulator.control("GET", "clock")["milliseconds"] - before < 60_000


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example", "/console/../x", "/ims/token/v3"])
def test_redirect_after_a_form_stays_in_the_console(console: Console, elsewhere: str) -> None:
    answer = console.send("/console/clock", **{"advance": "1", "from": elsewhere})
    assert answer.headers["Location"] == "/"
