"""Who may ask the control paths and the console."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests

from tests.emulator_process import EmulatorProcess

EVIL = "http://evil.example"
READ = ["/", "/console/journal", "/console/assets/console.css", "/favicon.ico", "/_emulator/journal"]


def host_of(emulator: EmulatorProcess) -> str:
    return urlsplit(emulator.url).netloc


@pytest.mark.parametrize("path", READ)
def test_a_name_that_was_made_to_resolve_to_this_machine_is_refused(emulator: EmulatorProcess, path: str) -> None:
    """DNS rebinding: the browser takes the page of that name for one of the same origin."""
    for host in ("evil.example", f"evil.example:{emulator.port}", "127.0.0.1.evil.example", "localhost.evil", "[", ""):
        answer = requests.get(f"{emulator.url}{path}", headers={"Host": host}, timeout=10)
        assert answer.status_code in {400, 403} or host == "", host


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "emulator.localhost", "[::1]", "10.0.0.1"])
def test_an_address_and_the_names_that_nobody_can_own_are_let_in(emulator: EmulatorProcess, host: str) -> None:
    for path in READ:
        answer = requests.get(f"{emulator.url}{path}", headers={"Host": f"{host}:{emulator.port}"}, timeout=10)
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"},
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:1"},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "path", ["/_emulator/faults", "/console/faults", "/console/faults/take-back", "/console/clock"]
)
def test_a_page_of_another_origin_changes_nothing(
    emulator: EmulatorProcess, path: str, headers: dict[str, str]
) -> None:
    """A plain form can post a text that is JSON, too, without asking before."""
    emulator.fault("GET /flows", status=503)
    before = emulator.control("GET", "clock")["milliseconds"]
    body = '{"route": "* *", "status": 503}' if path.startswith("/_emulator") else "preset=busy&advance=86400"

    answer = requests.post(f"{emulator.url}{path}", data=body, headers=headers, timeout=10)

    assert (answer.status_code, list(answer.json())) == (403, ["error"])
    assert [each["route"] for each in emulator.control("GET", "faults")] == ["GET /flows"]
    assert emulator.control("GET", "clock")["milliseconds"] - before < 60_000


def test_the_consoles_forms_want_to_know_that_a_page_of_ours_sends_them(emulator: EmulatorProcess) -> None:
    answer = requests.post(f"{emulator.url}/console/faults", data={"preset": "busy"}, timeout=10)
    assert answer.status_code == 403
    assert "/_emulator" in answer.json()["error"]


def test_a_client_that_is_no_browser_may_use_the_control_paths(emulator: EmulatorProcess) -> None:
    emulator.fault("GET /flows", status=503)
    own = {"Origin": f"http://{host_of(emulator)}", "Sec-Fetch-Site": "same-origin"}
    answer = requests.delete(f"{emulator.url}/_emulator/faults", headers=own, timeout=10)
    assert (answer.status_code, emulator.control("GET", "faults")) == (200, [])
