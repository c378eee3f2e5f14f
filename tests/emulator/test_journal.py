"""The journal."""

from __future__ import annotations

import contextlib
import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import requests

from tests.emulator.adobe_client import BASE, CREDENTIALS, TOKEN, AdobeClient, lake, lake_with, replace
from tests.waiting import wait_until

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess


def mark(secret: str) -> str:
    return f"sha256:{hashlib.sha256(secret.encode()).hexdigest()[:12]}"


def test_journal_records_every_request_in_order(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    adobe.get(f"/connections/{made['id']}", some="thing")
    adobe.delete(made["id"])
    seen = [(entry["method"], entry["path"].removeprefix(BASE), entry["status"]) for entry in emulator.journal()]
    one = f"/connections/{made['id']}"
    assert seen == [
        ("POST", "/ims/token/v3", 200), ("POST", "/connections", 201), ("GET", one, 200), ("DELETE", one, 204),
    ]  # fmt: skip


def test_journal_entry_has_the_facts_that_a_test_needs(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    adobe.get("/connections", orderby="name")
    entry = emulator.journal()[-1]
    assert entry["query"] == {"orderby": "name"}
    assert entry["headers"]["x-sandbox-name"] == "dev"
    assert {"body", "at", "durationMs", "connection", "effect", "fault", "requestId"} < set(entry)


def test_journal_records_whether_a_request_changed_something(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    adobe.get("/connections")
    adobe.patch(made["id"], made["etag"], replace("/name", "n"))
    adobe.patch(made["id"], made["etag"], replace("/name", "n"))
    adobe.delete(made["id"])
    assert [entry["effect"] for entry in emulator.journal()] == [False, True, False, True, False, True]


def test_journal_distinguishes_tcp_connections(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    adobe.get("/connections")
    requests.get(f"{emulator.url}/elsewhere", timeout=10)
    first, second, other = [entry["connection"] for entry in emulator.journal()]
    assert first == second != other


def test_journal_contains_no_secret_but_the_digest_of_it(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()
    adobe.patch(made["id"], made["etag"], replace("/auth/params/accessToken", TOKEN))
    token, create, patch = emulator.journal()
    assert token["body"]["client_secret"] == mark(CREDENTIALS["client_secret"])
    assert create["headers"]["authorization"] == mark(adobe.token)
    assert create["body"]["auth"]["params"]["accessToken"] == patch["body"][0]["value"] == mark(TOKEN)


def test_data_file_contains_no_secret(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create(lake_with(accessToken="dapi-clear-value"))
    adobe.patch(made["id"], made["etag"], replace("/auth/params", lake()["auth"]["params"]))
    written = b"".join(file.read_bytes() for file in emulator.data.parent.iterdir())
    assert made["id"].encode() in written
    for secret in ("dapi-clear-value", TOKEN, adobe.token, CREDENTIALS["client_secret"]):
        assert secret.encode() not in written


@pytest.mark.parametrize(("fault", "status"), [({"cut": "before"}, None), ({"status": 503}, 503)])
def test_fault_is_recorded_with_the_returned_status(
    emulator: EmulatorProcess, adobe: AdobeClient, fault: dict[str, object], status: int | None
) -> None:
    emulator.fault("GET /connections", **fault)
    with contextlib.suppress(requests.ConnectionError):
        adobe.get("/connections")
    entry = emulator.journal()[-1]
    assert (entry["fault"], entry["status"], entry["effect"]) == (True, status, False)


def test_journal_can_be_cleared(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    adobe.get("/connections")
    emulator.clear_journal()
    assert emulator.journal() == []


def test_control_requests_are_not_in_the_journal(emulator: EmulatorProcess) -> None:
    emulator.connections()
    assert emulator.journal() == []


def test_request_that_a_reset_overtakes_is_not_recorded(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault("GET /connections", delayMs=700)
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(adobe.get, "/connections")
        wait_until(emulator.has_met_all_faults)
        emulator.reset()
        slow.result()

    assert emulator.journal() == []
