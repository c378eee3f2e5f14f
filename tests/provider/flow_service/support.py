"""What the tests of the client share: a fake clock, and the requests and pauses of a client."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.send_errors import SendError
from pulumi_adobe.flow_service.transport import Transport
from tests.emulator_process import EmulatorProcess

ORG = "0123456789ABCDEF01234567@AdobeOrg"
TUTORIAL = json.loads((Path(__file__).parents[2] / "data" / "tutorial.json").read_text(encoding="utf-8"))
"""The create request of Adobe's tutorial, and its response."""

POST_ROUTE, GET_ROUTE = "POST /connections", "GET /connections/{id}"
TOKEN_ROUTE, LIST_ROUTE = "POST /ims/token/v3", "GET /connections"

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
"""The head of a response whose body is still to come."""

CreateClient = Callable[..., FlowServiceClient]


class FakeClock:
    """A clock whose time passes only during sleeps, which it records."""

    def __init__(self) -> None:
        self._now = 0.0
        self.sleeps: list[float] = []

    def now(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self._now += seconds

    def wait(self, event: Event, seconds: float) -> bool:
        """Wait for another thread, which runs in real time."""
        return event.wait(seconds)


def get_pauses(client: FlowServiceClient) -> list[float]:
    """Return the seconds of each pause that the client made."""
    assert isinstance(client.clock, FakeClock)
    return client.clock.sleeps


def list_requests(emulator: EmulatorProcess, method: str, path_end: str) -> list[dict[str, Any]]:
    """Return the emulator's records of the requests with this method whose path has this end."""
    return [
        request for request in emulator.journal() if request["method"] == method and request["path"].endswith(path_end)
    ]


def send_and_fail(url: str, timeout: float = 2.0) -> SendError:
    """Send a POST that must fail, and return its error."""
    with pytest.raises(SendError) as failed:
        Transport().send(Request("POST", url, json={"a": "body"}), timeout)
    return failed.value
