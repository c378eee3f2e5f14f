"""Faults by the form: switched on, taken back, refused where they make no sense."""

from __future__ import annotations

import re
from typing import Any

import pytest

from flow_service_emulator.console.fault_form import (
    PATHS,
    PRESETS,
    describe_affected_requests,
    describe_fault,
    parse_fault,
)
from flow_service_emulator.faults import BASE, Fault
from tests.emulator.adobe_client import AdobeClient, lake
from tests.emulator.console.console_client import Console, words
from tests.emulator_process import EmulatorProcess


def waiting(emulator: EmulatorProcess) -> list[str]:
    return [each["route"] for each in emulator.control("GET", "faults")]


def test_fault_of_the_form_takes_effect(emulator: EmulatorProcess, adobe: AdobeClient, console: Console) -> None:
    answer = console.send("/console/faults", method="POST", path="/connections", status="503", retryAfter="7")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/console/faults?done=added")
    assert "POST /connections" in console.words("/console/faults")
    refused = adobe.post(lake())
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "7")
    assert waiting(emulator) == []


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_usual_fault_can_be_added(emulator: EmulatorProcess, console: Console, preset: Any) -> None:
    assert f'value="{preset.name}"' in console.page("/console/faults")
    console.send("/console/faults", preset=preset.name)
    assert waiting(emulator) == [preset.fault["route"]]
    assert describe_fault(Fault.from_json(emulator.control("GET", "faults")[0])) != ""


@pytest.mark.parametrize("path", [path for path in PATHS if path != "*"])
def test_every_path_in_the_fault_form_is_served(adobe: AdobeClient, path: str) -> None:
    """405 and other answers will do; 404 with a path in it is what nobody serves."""
    address = path if path.startswith(("/ims", "/data")) else f"{BASE}{path}"
    answer = adobe.session.request("OPTIONS", f"{adobe.url}{address.replace('{id}', 'x')}", timeout=10)
    assert answer.status_code == 405


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"status": "600"}, "Status: a whole number"),
        ({"status": "299"}, "no status of HTTP"),
        ({"status": "abc"}, "Status: a whole number"),
        ({"status": "503", "nth": "0"}, "First request: a whole number"),
        ({"status": "503", "times": "-1"}, "How many: a whole number"),
        ({"delayMs": "999999999"}, "Delay: a whole number"),
        ({"retryAfter": "²"}, "Retry-After: a whole number"),
        ({"path": "connections", "status": "503"}, "Path: a path"),
        ({"path": "/a b", "status": "503"}, "Path: a path"),
        ({"method": "BREW", "status": "503"}, "Path: a path"),
        ({}, "Say what goes wrong"),
    ],
    ids=str,
)
def test_invalid_fault_form_is_shown_again_with_its_problems(
    emulator: EmulatorProcess, console: Console, fields: dict[str, str], says: str
) -> None:
    answer = console.send("/console/faults", **{"method": "GET", "path": "/flows", **fields})
    assert answer.status_code == 400
    assert says in words(answer.text)
    assert all(f'value="{value}"' in answer.text for name, value in fields.items() if name != "method")
    assert waiting(emulator) == []


def test_every_field_of_the_form_reaches_the_fault() -> None:
    fields = {
        "method": "GET", "path": "/flows", "nth": "2", "times": "3", "status": "503", "retryAfter": "1",
        "delayMs": "50", "cut": "after", "staleEtag": "on", "afterEffect": "on",
    }  # fmt: skip
    assert parse_fault(fields) == Fault(
        "GET /flows", 2, 3, 503, {"Retry-After": "1"}, delayMs=50, cut="after", staleEtag=True, afterEffect=True
    )


def test_fault_is_described_in_words() -> None:
    fault = Fault("GET /flows", 2, 3, 503, {"Retry-After": "1"}, delayMs=50, cut="after", afterEffect=True)
    assert describe_fault(fault) == "answers 503, after the effect, Retry-After: 1, waits 50 ms, cut after the effect"
    assert describe_affected_requests(fault) == "3 requests, from request number 2 from now on"
    assert describe_affected_requests(Fault("* *")) == "the next request"


def test_one_fault_can_be_removed_and_the_others_remain(emulator: EmulatorProcess, console: Console) -> None:
    emulator.fault("GET /flows", status=503, body={"a": ["<", '"']})
    emulator.fault("GET /runs", status=500)
    first = re.findall(r'name="fault" value="([^"]*)"', console.page("/console/faults"))[0]
    assert console.send("/console/faults/take-back", fault=first).headers["Location"].endswith("done=taken")
    assert waiting(emulator) == ["GET /runs"]
    assert console.send("/console/faults/take-back", fault=first).headers["Location"].endswith("done=gone")
    assert "has met a request in the meantime" in console.words("/console/faults?done=gone")
    assert console.send("/console/faults/take-back", fault="x").headers["Location"].endswith("done=gone")
    assert waiting(emulator) == ["GET /runs"]


def test_all_faults_can_be_removed(emulator: EmulatorProcess, console: Console) -> None:
    emulator.fault("GET /flows", status=503)
    emulator.fault("GET /runs", status=500)
    console.send("/console/faults/take-back")
    assert waiting(emulator) == []


def test_switches_with_other_values_than_the_default_are_listed(emulator: EmulatorProcess, console: Console) -> None:
    assert "Switches" not in console.words("/console/faults")
    emulator.switch(secrets="absent")
    assert "secrets=absent instead of masked" in console.words("/console/faults")
