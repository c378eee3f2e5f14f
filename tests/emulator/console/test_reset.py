"""The reset, by a button."""

from __future__ import annotations

from tests.emulator.adobe_client import AdobeClient
from tests.emulator.console.console_client import Console
from tests.emulator_process import EmulatorProcess


def test_reset_deletes_everything_and_redirects_to_the_overview(
    emulator: EmulatorProcess, adobe: AdobeClient, console: Console
) -> None:
    adobe.create()
    emulator.fault("GET /connections", status=503)
    assert 'action="/console/reset"' in console.page("/")

    answer = console.send("/console/reset")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert (emulator.connections(), emulator.journal(), emulator.control("GET", "faults")) == ([], [], [])
    assert "Nothing is kept yet." in console.words("/")
