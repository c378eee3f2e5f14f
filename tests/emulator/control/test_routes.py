"""The control paths."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import requests

from flow_service_emulator.app import build_app
from flow_service_emulator.control.routes import CONTROL_ROUTES
from flow_service_emulator.emulator import Emulator
from flow_service_emulator.exchange import ExchangeMiddleware
from flow_service_emulator.options import parse_options

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.adobe_client import AdobeClient
    from tests.emulator_process import EmulatorProcess


def test_health_route_identifies_the_emulator(emulator: EmulatorProcess) -> None:
    assert emulator.control("GET", "health") == {
        "service": "flow-service-emulator",
        "pid": emulator.pid,
        "data": str(emulator.data),
    }


def test_reset_deletes_everything(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    adobe.create()
    emulator.fault("GET /connections", status=503)
    emulator.switch(secrets="absent")
    emulator.reset()
    assert (emulator.connections(), emulator.journal(), emulator.control("GET", "faults")) == ([], [], [])
    assert emulator.control("GET", "switches")["secrets"] == "masked"
    assert adobe.get("/connections").status_code == 401


@pytest.mark.parametrize("body", ["[]", "{", '"text"'])
def test_body_that_is_not_an_object_is_refused(emulator: EmulatorProcess, body: str) -> None:
    answer = requests.post(f"{emulator.url}/_emulator/switches", data=body, timeout=10)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


WITH_BODY = [route.path for route in CONTROL_ROUTES if "POST" in (route.methods or ())]
HOSTILE: dict[str, str | bytes] = {
    "deep": '{"a": ' * 3000 + "1" + "}" * 3000,
    "deep list": '{"patch": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "too large": '{"status": 1e999}',
    "not a number": '{"advance": NaN}',
    "not UTF-8": b'{"id": "\xff"}',
}


@pytest.mark.parametrize("path", WITH_BODY)
def test_json_that_cannot_be_encoded_again_is_refused(emulator: EmulatorProcess, path: str) -> None:
    for what, body in HOSTILE.items():
        answer = requests.post(f"{emulator.url}/_emulator{path}", data=body, timeout=10)
        assert (answer.status_code, list(answer.json())) == (400, ["error"]), what


@pytest.mark.parametrize("path", sorted({"/clock", "/rows", "/foreign-edit", "/foreign-delete", "/reset", "/entities"}))
@pytest.mark.parametrize(
    "body", [{"unknown": 1}, {"id": 7, "patch": "x", "advance": "x", "dataset": {}, "runs": 1}], ids=str
)
def test_unknown_body_members_are_named(emulator: EmulatorProcess, path: str, body: dict[str, Any]) -> None:
    answer = requests.post(f"{emulator.url}/_emulator{path}", json=body, timeout=10)

    assert answer.status_code == 400
    assert any(name in answer.json()["error"] for name in body)


def test_clock_route_names_the_values_that_it_accepts(emulator: EmulatorProcess) -> None:
    answer = requests.post(f"{emulator.url}/_emulator/clock", json={"reset": True}, timeout=10)

    assert answer.status_code == 400
    assert "reset" in answer.json()["error"]
    assert "advance, to" in answer.json()["error"]


def test_unknown_organization_is_named(emulator: EmulatorProcess) -> None:
    answer = requests.post(f"{emulator.url}/_emulator/foreign-create", json={"org": "nobody"}, timeout=10)

    assert (answer.status_code, answer.json()) == (400, {"error": "there is no 'nobody'"})
    assert emulator.connections() == []


@pytest.mark.parametrize("client", [("192.0.2.7", 40000), None])
def test_request_from_another_machine_is_refused(tmp_path: Path, client: tuple[str, int] | None) -> None:
    emulator = Emulator.open(parse_options(["--data", str(tmp_path / "e.sqlite")]))
    assert asyncio.run(status_for(ExchangeMiddleware(build_app(emulator), emulator), client)) == 403
    assert asyncio.run(status_for(ExchangeMiddleware(build_app(emulator), emulator), ("127.0.0.1", 40000))) == 200
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
