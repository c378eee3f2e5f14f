"""Who may ask the control paths and the console."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from starlette.requests import Request

from flow_service_emulator.errors import ControlError
from flow_service_emulator.local_only import refuse_foreign_name
from tests.emulator_process import EmulatorProcess

EVIL = "http://evil.example"
READ = ["/", "/console/journal", "/console/assets/console.css", "/favicon.ico", "/_emulator/journal"]


def host_of(emulator: EmulatorProcess) -> str:
    return urlsplit(emulator.url).netloc


@pytest.mark.parametrize("path", READ)
def test_dns_name_that_resolves_to_this_machine_is_refused(emulator: EmulatorProcess, path: str) -> None:
    """DNS rebinding: the browser takes the page of that name for one of the same origin."""
    for host in ("evil.example", f"evil.example:{emulator.port}", "127.0.0.1.evil.example", "localhost.evil", "[", ""):
        answer = requests.get(f"{emulator.url}{path}", headers={"Host": host}, timeout=10)
        assert answer.status_code in {400, 403} or host == "", host


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "emulator.localhost", "[::1]", "10.0.0.1"])
def test_ip_addresses_and_localhost_names_are_accepted(emulator: EmulatorProcess, host: str) -> None:
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
    "path", ["/_emulator/faults", "/console/faults", "/console/faults/take-back", "/console/clock", "/console/reset"]
)
def test_page_of_another_origin_cannot_change_anything(
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


def test_console_form_is_accepted_only_from_a_console_page(emulator: EmulatorProcess) -> None:
    answer = requests.post(f"{emulator.url}/console/faults", data={"preset": "busy"}, timeout=10)
    assert answer.status_code == 403
    assert "/_emulator" in answer.json()["error"]


def test_client_that_is_no_browser_may_use_the_control_routes(emulator: EmulatorProcess) -> None:
    emulator.fault("GET /flows", status=503)
    own = {"Origin": f"http://{host_of(emulator)}", "Sec-Fetch-Site": "same-origin"}
    answer = requests.delete(f"{emulator.url}/_emulator/faults", headers=own, timeout=10)
    assert (answer.status_code, emulator.control("GET", "faults")) == (200, [])


SERVICE = ["/data/foundation/flowservice/connections", "/data/foundation/catalog/dataSets", "/ims/token/v3"]


@pytest.mark.parametrize("path", SERVICE)
def test_service_routes_refuse_a_foreign_host_name_too(emulator: EmulatorProcess, path: str) -> None:
    """The emulator's credentials are known to all: a page of that name could make and delete connections."""
    for host in ("evil.example", f"evil.example:{emulator.port}", "localhost.evil"):
        answer = requests.post(f"{emulator.url}{path}", headers={"Host": host}, timeout=10)
        assert (answer.status_code, list(answer.json())) == (403, ["error"])
    assert emulator.journal() == []
    answer = requests.post(f"{emulator.url}{path}", headers={"Host": f"localhost:{emulator.port}"}, timeout=10)
    assert "error" not in answer.json() or answer.status_code == 400


def call_by_name(listening: str) -> None:
    refuse_foreign_name(Request({"type": "http", "headers": [(b"host", b"emulator.test:8765")]}), listening)


@pytest.mark.parametrize("listening", ["127.0.0.1", "localhost", "::1"])
def test_emulator_on_loopback_accepts_only_loopback_names(listening: str) -> None:
    with pytest.raises(ControlError):
        call_by_name(listening)


@pytest.mark.parametrize("listening", ["192.0.2.7", "::", "emulator.test"])
def test_emulator_on_other_interfaces_accepts_any_name(listening: str) -> None:
    call_by_name(listening)


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="/proc tells how long the emulator worked")
@pytest.mark.parametrize("headers", [{"Origin": EVIL}, {}], ids=["a foreign page", "a program"])
def test_parsing_time_of_a_large_body_grows_linearly(emulator: EmulatorProcess, headers: dict[str, str]) -> None:
    """And one that is refused is not read to its end: the connection may be closed before."""
    before = cpu_seconds(emulator.pid)

    with suppress(requests.ConnectionError):
        answer = requests.post(f"{emulator.url}/_emulator/faults", b"x" * 64_000_000, headers=headers, timeout=60)
        assert answer.status_code in {400, 403}

    assert cpu_seconds(emulator.pid) - before < (0.5 if headers else 1.5)
    assert emulator.control("GET", "faults") == []
