"""Wherever a fault or a signal interrupts a probe, it leaves nothing behind, and changes nothing of others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.command_line import AdobeFlow
from tests.cli.probe.probed import Probed, find_throw_aways
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection
from tests.waiting import wait_until

_JSON = {"content-type": "application/json"}
_FAULTS: tuple[dict[str, Any], ...] = (
    {"status": 500, "afterEffect": True},
    {"cut": "after"},
    {"status": 200, "headers": _JSON, "rawBody": '{"items": [{"id": "other", "name": "other', "afterEffect": True},
    {"status": 200, "headers": _JSON, "body": {"id": "another", "etag": 7, "items": [{}]}, "afterEffect": True},
    {"status": 404, "body": {"errorMessage": "connections not found"}, "headers": _JSON},
    {"status": 404, "body": {"type": "https://ns.adobe.com/aep/errors/FLOW-2100-404"}, "headers": _JSON},
    {"status": 429, "headers": {"Retry-After": "0"}},
    {"status": 403, "body": {"error_code": "403025", "message": "Profile is not valid"}, "headers": _JSON},
)
"""Each after its request has taken effect, if it may."""
_PROBE = ("probe", "--write", "--yes")


@pytest.fixture
def foreign(emulator: EmulatorProcess) -> str:
    """A connection of somebody else, whose name begins as those of probes do."""
    return str(emulator.foreign_create(**build_foreign_connection(name="adobe-flow-probe-of-mine"))["id"])


def assert_clean(emulator: EmulatorProcess, foreign: str) -> None:
    (kept,) = emulator.connections()
    assert (kept["id"], kept["updatedAt"]) == (foreign, kept["createdAt"])


@pytest.mark.slow
def test_fault_at_any_request_leaves_no_throw_away_connection(emulator: EmulatorProcess, foreign: str) -> None:
    Probed(emulator.url).run(read=False)
    count = len(emulator.journal())

    for number in range(2, count + 1):
        for shift in (0, 3):
            emulator.clear_journal()
            emulator.fault("* *", nth=number, **_FAULTS[(number + shift) % len(_FAULTS)])
            probed = Probed(emulator.url)
            result = probed.run(read=False)

            assert_clean(emulator, foreign)
            assert result["throwAway"]["left"] == 0, probed.said
            emulator.clear_faults()


@pytest.mark.slow
def test_throw_away_connection_of_a_create_with_a_lost_response_is_deleted(
    emulator: EmulatorProcess, foreign: str
) -> None:
    emulator.switch(spec_version="default")
    emulator.fault("POST /connections", delayMs=2500)
    probed = Probed(emulator.url, timeout=2.0)

    probed.run(read=False)

    time.sleep(1)
    assert_clean(emulator, foreign)
    assert probed.said == []


def send_during(emulator: EmulatorProcess, moment: tuple[str, int], *numbers: signal.Signals) -> threading.Thread:
    """Delay a request of this process, and send it signals meanwhile."""
    emulator.fault(moment[0], nth=moment[1], delayMs=700)

    def send() -> None:
        wait_until(emulator.has_met_all_faults)
        for number in numbers:
            time.sleep(0.1)
            os.kill(os.getpid(), number)

    thread = threading.Thread(target=send)
    thread.start()
    return thread


@pytest.fixture
def tame_signals() -> Iterator[None]:
    """Let a signal that comes after the command's end do nothing to the tests."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    previous = {number: signal.signal(number, lambda _number, _frame: None) for number in numbers}
    yield
    for number, handler in previous.items():
        signal.signal(number, handler)


@pytest.mark.slow
@pytest.mark.usefixtures("tame_signals")
@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (("POST /connections", 2), signal.SIGINT),
        (("POST /connections", 3), signal.SIGTERM),
        (("GET /connections/{id}", 4), signal.SIGHUP),
        (("PATCH /connections/{id}", 3), signal.SIGINT),
        (("DELETE /connections/{id}", 1), signal.SIGTERM),
        (("DELETE /connections/{id}", 2), signal.SIGINT),
    ],
)
def test_signal_during_any_request_leaves_no_throw_away_connection(
    moment: tuple[str, int], number: signal.Signals, emulator: EmulatorProcess, foreign: str, adobe_flow: AdobeFlow
) -> None:
    thread = send_during(emulator, moment, number)

    said = adobe_flow(*_PROBE)

    thread.join()
    time.sleep(1)
    assert said.exit_code == 128 + number
    assert "Traceback" not in said.stderr
    assert_clean(emulator, foreign)


@pytest.mark.slow
@pytest.mark.usefixtures("tame_signals")
def test_repeated_signals_do_not_stop_the_clean_up(
    emulator: EmulatorProcess, foreign: str, adobe_flow: AdobeFlow
) -> None:
    thread = send_during(
        emulator, ("POST /connections", 3), signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGHUP
    )

    said = adobe_flow(*_PROBE)

    thread.join()
    assert said.exit_code == 130
    assert_clean(emulator, foreign)


@pytest.mark.slow
def test_left_overs_of_a_killed_probe_are_deleted_by_the_next_one(
    emulator: EmulatorProcess, foreign: str, adobe_flow: AdobeFlow
) -> None:
    emulator.fault("PATCH /connections/{id}", delayMs=500)
    command = [sys.executable, "-m", "adobe_flow", *_PROBE]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_until(emulator.has_met_all_faults)
        process.kill()
    (left,) = (name for name in find_throw_aways(emulator) if name != "adobe-flow-probe-of-mine")

    reading, young = adobe_flow("probe"), adobe_flow(*_PROBE)
    emulator.turn_clock(3600)
    old = adobe_flow(*_PROBE)

    assert [reading.exit_code, young.exit_code, old.exit_code] == [1, 1, 0]
    assert all(left in said.stderr for said in (reading, young, old))
    assert_clean(emulator, foreign)
