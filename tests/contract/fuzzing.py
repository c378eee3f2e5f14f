"""Sends requests of any kind to every operation of flow-service.yaml, about ids that exist, and judges the answers."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from tests.contract.errata import Errata
from tests.contract.exchanges import Exchange, exchange_of
from tests.contract.judge import Complaint, Judge
from tests.contract.random_requests import Operation, Sender
from tests.emulator.adobe_client import AdobeClient, lake
from tests.emulator.dataflows.way import Way, source, target
from tests.emulator_process import EmulatorProcess

_DOCUMENT: Final = "flow-service.yaml"
_REBUILT_EVERY: Final = 200
"""After so many requests the emulator is emptied and filled again: many of them delete."""
_CLIENT_ERROR: Final = 400
_SERVER_ERROR: Final = 500
_WEIGHTS: Final = {"get": 4, "post": 8, "put": 4, "patch": 10, "delete": 1}
"""What is written is tried more often, and what is deleted less: nothing could be asked about it any more."""


@dataclass
class Report:
    """What a campaign found."""

    seed: int
    requests: int = 0
    seconds: float = 0.0
    statuses: Counter[str] = field(default_factory=Counter)
    operations: Counter[str] = field(default_factory=Counter)
    complaints: Counter[Complaint] = field(default_factory=Counter)
    server_errors: list[str] = field(default_factory=list)

    def note(self, exchange: Exchange, operation: str, complaints: list[Complaint]) -> None:
        """Add one exchange with the complaints that no erratum covers."""
        self.requests += 1
        self.statuses[str(exchange.status)] += 1
        self.operations[operation] += 1
        self.complaints.update(complaints)
        if exchange.status >= _SERVER_ERROR:
            self.server_errors.append(f"{exchange.method} {exchange.target} {exchange.body!r}: {exchange.answer!r}")


def fuzz(emulator: EmulatorProcess, judge: Judge, errata: Errata, count: int, seed: int) -> Report:
    """Send ``count`` requests that ``seed`` determines, and return what was found."""
    chance = random.Random(seed)  # noqa: S311 - chance that a seed repeats
    report, began, operations = Report(seed), time.monotonic(), _operations(judge)
    for first in range(0, count, _REBUILT_EVERY):
        emulator.reset()
        with AdobeClient(emulator.url) as client:
            sender = _fill(client, emulator, chance)
            for _ in range(first, min(first + _REBUILT_EVERY, count)):
                exchange = exchange_of(sender.send(chance.choice(operations)))
                complaints = errata.excuse([*judge.judge(exchange, request=False), *_about_the_error(judge, exchange)])
                report.note(exchange, judge.operation(exchange), complaints)
    report.seconds = time.monotonic() - began
    return report


def _about_the_error(judge: Judge, exchange: Exchange) -> list[Complaint]:
    """Return a complaint about an error in none of the shapes that Adobe's documents print."""
    if exchange.status < _CLIENT_ERROR:
        return []
    body = json.loads(exchange.answer)
    envelope = {"type", "title", "status", "report", "errorMessage", "errorDetails"}
    if set(body) in ({"message"}, {"errorMessage", "errorDetails"}, envelope):
        return []
    about = f"response {exchange.status} in no shape of an error"
    return [Complaint(judge.operation(exchange), about, str(body)[:200])]


def _operations(judge: Judge) -> list[Operation]:
    """Return each operation as often as it is to be chosen."""
    return [
        Operation(method.upper(), path, description)
        for path, members in judge.documents[_DOCUMENT].paths.items()
        for method, description in members.items()
        for _ in range(_WEIGHTS.get(method, 0))
    ]


def _fill(client: AdobeClient, emulator: EmulatorProcess, chance: random.Random) -> Sender:
    """Make entities of every kind, and return what sends requests about them."""
    way = Way(client)
    draft = client.post(lake(name="draft"), mode="draft").json()["id"]
    once = way.flow(name="once", transformations=way.flow()["transformations"][1:], scheduleParams=_ONCE)
    flows = [way.made("/flows", way.flow()), way.made("/flows", once), way.made("/flows", way.flow(), mode="draft")]
    client.send("POST", "/runs", json={"flowId": flows[1]})
    emulator.turn_clock(2 * 86_400)
    ids = {
        "BASE_CONNECTION_ID": [way.base, draft],
        "SOURCE_CONNECTION_ID": [way.source, way.made("/sourceConnections", source(way.base, name="free"))],
        "TARGET_CONNECTION_ID": [way.target, way.made("/targetConnections", target(name="free"))],
        "FLOW_ID": flows,
        "RUN_ID": [item["id"] for item in client.get("/runs").json()["items"]],
        "CONNECTION_SPEC_ID": [_LANDING_ZONE, lake()["connectionSpec"]["id"]],
        "FLOW_SPEC_ID": [way.flow()["flowSpec"]["id"]],
    }
    window = {"windowStartTime": 1, "windowEndTime": 2, "deltaColumn": {"name": "ordered_at"}}
    bodies = {
        "/connections": lake(name="new"),
        "/sourceConnections": source(way.base, name="new"),
        "/targetConnections": target(name="new"),
        "/flows": way.flow(name="new", options={"partialIngestionPercent": 5}),
        "/runs": {"flowId": flows[1], "params": window},
        "/connectionSpecs": _SPEC,
        "/flowSpecs": _SPEC,
        "search": {"queryString": "name==x", "limit": 5, "orderby": "name", "projectionFields": "name"},
        "action": {"op": "publish"},
    }
    return Sender(client, chance, ids, bodies)


_SPEC: Final = {"name": "n", "providerId": "p"}
_ONCE: Final = {"startTime": 4102444800, "frequency": "once"}
_LANDING_ZONE: Final = "26f526f2-58f4-4712-961d-e41bf1ccc0e8"
