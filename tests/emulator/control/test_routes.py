"""The control paths."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import requests

from flow_service_emulator.app import build
from flow_service_emulator.emulator import Emulator
from flow_service_emulator.options import parse

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.adobe_client import AdobeClient
    from tests.emulator_process import EmulatorProcess


def test_health_tells_who_it_is(emulator: EmulatorProcess) -> None:
    assert emulator.control("GET", "health") == {
        "service": "flow-service-emulator",
        "pid": emulator.pid,
        "data": str(emulator.data),
    }


def test_a_reset_forgets_everything(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    adobe.create()
    emulator.fault("GET /connections", status=503)
    emulator.switch(secrets="absent")
    emulator.reset()
    assert (emulator.connections(), emulator.journal(), emulator.control("GET", "faults")) == ([], [], [])
    assert emulator.control("GET", "switches")["secrets"] == "masked"
    assert adobe.get("/connections").status_code == 401


@pytest.mark.parametrize("body", ["[]", "{", '"text"'])
def test_a_body_that_is_no_object_is_refused(emulator: EmulatorProcess, body: str) -> None:
    answer = requests.post(f"{emulator.url}/_emulator/switches", data=body, timeout=10)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


@pytest.mark.parametrize("client", [("192.0.2.7", 40000), None])
def test_another_machine_is_refused(tmp_path: Path, client: tuple[str, int] | None) -> None:
    emulator = Emulator.open(parse(["--data", str(tmp_path / "e.sqlite")]))
    assert asyncio.run(status_for(build(emulator), client)) == 403
    assert asyncio.run(status_for(build(emulator), ("127.0.0.1", 40000))) == 200
    emulator.database.close()


async def status_for(app: Any, client: tuple[str, int] | None) -> int:
    """The status for a request to the health path that comes from that address."""
    sent: list[dict[str, Any]] = []
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/_emulator/health",
        "headers": [],
        "query_string": b"",
        "client": client,
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    status: int = sent[0]["status"]
    return status
