"""Sends requests of any kind to every operation of flow-service.yaml, about ids that exist, and judges the answers."""

from __future__ import annotations

import copy
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import requests

from tests.contract.errata import Errata
from tests.contract.exchanges import Exchange, exchange_of
from tests.contract.judge import Complaint, Judge
from tests.emulator.adobe_client import BASE, AdobeClient, lake
from tests.emulator.dataflows.way import Way, source, target
from tests.emulator_process import EmulatorProcess

_DOCUMENT: Final = "flow-service.yaml"
_REBUILT_EVERY: Final = 200
"""After so many requests the emulator is emptied and filled again: many of them delete."""
_SERVER_ERROR: Final = 500
_WEIGHTS: Final = {"get": 4, "post": 8, "put": 4, "patch": 10, "delete": 1}
"""What is written is tried more often, and what is deleted less: nothing could be asked about it any more."""
_FILTERS: Final = (
    "name==x",
    "state==enabled,disabled",
    "createdAt>1",
    "createdAt>soon",
    "sourceConnectionIds[]==x",
    "inheritedAttributes.sourceConnections[].connectionSpec.id==x",
    "metrics.durationSummary.startedAtUTC>=0",
    "attributes.isSource==true",
    "attributes.isSource>true",
    "name!=x",
    "nothing==1",
    "[]==",
    "",
    "params.columns[].name==order_id",
    "version==\u0000",
)
_JUNK: Final[tuple[Any, ...]] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    "",
    " ",
    "x",
    "\u0000",
    "٣",
    "1",
    "9" * 400,
    [],
    {},
    [[]],
    [None],
    {"": None},
    {"name": {}},
    ["x", {}],
)


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


@dataclass
class _Place:
    """What the emulator holds: ids by the name of the path's parameter, and bodies that it takes."""

    ids: dict[str, list[str]]
    bodies: dict[str, Any]


def fuzz(emulator: EmulatorProcess, judge: Judge, errata: Errata, count: int, seed: int) -> Report:
    """Send ``count`` requests that ``seed`` determines, and return what was found."""
    chance, report, began = random.Random(seed), Report(seed), time.monotonic()
    operations = _operations(judge)
    for first in range(0, count, _REBUILT_EVERY):
        emulator.reset()
        with AdobeClient(emulator.url) as client:
            place = _fill(client, emulator)
            for _ in range(first, min(first + _REBUILT_EVERY, count)):
                exchange = exchange_of(_send(client, chance, place, *chance.choice(operations)))
                complaints = errata.excuse(judge.judge(exchange, request=False))
                report.note(exchange, judge.operation(exchange), complaints)
    report.seconds = time.monotonic() - began
    return report


def _operations(judge: Judge) -> list[tuple[str, str, dict[str, Any]]]:
    """Return method, path and description of each operation."""
    paths = judge.documents[_DOCUMENT].paths
    every = [
        (method.upper(), path, operation)
        for path, members in paths.items()
        for method, operation in members.items()
        if method in _WEIGHTS
    ]
    return [each for each in every for _ in range(_WEIGHTS[each[0].lower()])]


def _fill(client: AdobeClient, emulator: EmulatorProcess) -> _Place:
    way = Way(client)
    client.post(lake(name="draft"), mode="draft")
    flow = way.made("/flows", way.flow())
    once = way.flow(name="once", transformations=way.flow()["transformations"][1:], scheduleParams=_ONCE)
    flows = [flow, way.made("/flows", once)]
    client.send("POST", "/runs", json={"flowId": flows[1]})
    emulator.turn_clock(2 * 86_400)
    ids = {
        "BASE_CONNECTION_ID": [item["id"] for item in client.get("/connections").json()["items"]],
        "SOURCE_CONNECTION_ID": [way.source, way.made("/sourceConnections", source(way.base, name="free"))],
        "TARGET_CONNECTION_ID": [way.target, way.made("/targetConnections", target(name="free"))],
        "FLOW_ID": flows,
        "RUN_ID": [item["id"] for item in client.get("/runs").json()["items"]],
        "CONNECTION_SPEC_ID": [_LANDING_ZONE, lake()["connectionSpec"]["id"]],
        "FLOW_SPEC_ID": [way.flow()["flowSpec"]["id"]],
    }
    spec = {"name": "n", "providerId": "p"}
    bodies = {
        "/connections": lake(name="new"),
        "/sourceConnections": source(way.base, name="new"),
        "/targetConnections": target(name="new"),
        "/flows": way.flow(name="new"),
        "/runs": {
            "flowId": flows[1],
            "params": {"windowStartTime": 1, "windowEndTime": 2, "deltaColumn": {"name": "x"}},
        },
        "/connectionSpecs": spec,
        "/flowSpecs": spec,
        "search": {"queryString": "name==x", "limit": 5, "orderby": "name", "projectionFields": "name"},
        "action": {"op": "publish"},
    }
    return _Place(ids, bodies)


_ONCE: Final = {"startTime": 4102444800, "frequency": "once"}
_LANDING_ZONE: Final = "26f526f2-58f4-4712-961d-e41bf1ccc0e8"
_PATHS: Final = (
    "/name",
    "/description",
    "/auth/params",
    "/auth/params/database",
    "/connectionSpec",
    "/state",
    "/params/tableName",
    "/params/columns",
    "/data/format",
    "/scheduleParams",
    "/scheduleParams/frequency",
    "/scheduleParams/interval",
    "/scheduleParams/startTime",
    "/transformations",
    "/transformations/0",
    "/transformations/-",
    "/transformations/9/params",
    "/options/partialIngestionPercent",
    "",
    "/",
    "/~2",
)


def _send(
    client: AdobeClient, chance: random.Random, place: _Place, method: str, path: str, operation: dict[str, Any]
) -> requests.Response:
    collection = path.split("/{")[0]
    target_path, id_ = path, ""
    for name, ids in place.ids.items():
        if f"{{{name}}}" in path:
            id_ = (
                chance.choice(ids) if chance.random() < 0.95 else chance.choice(("0000", "%00", "..%2F..", id_ or "x"))
            )
            target_path = path.replace(f"{{{name}}}", id_)
    headers = {"If-Match": _etag(client, chance, f"{collection}/{id_}")} if method in {"PATCH", "PUT"} else {}
    body = _body(chance, place, method, path, collection)
    data = None
    if chance.random() < 0.01:
        body, data, headers["Content-Type"] = None, chance.choice((b"{", b"\xff", b"[1,", b"nul")), "application/json"
    return client.session.request(
        method,
        f"{client.url}{BASE}{target_path}",
        params=_query(chance, operation),
        json=body,
        data=data,
        headers={name: value for name, value in headers.items() if value is not None},
        timeout=30,
    )


def _etag(client: AdobeClient, chance: random.Random, path: str) -> str | None:
    """The entity's own etag most of the time: else only that would be judged."""
    if chance.random() < 0.1:
        return chance.choice((None, "", "*", '"stale"'))
    answer = client.send("GET", path)
    items = answer.json().get("items") if answer.ok else None
    return items[0].get("etag") if items else '"gone"'


def _body(chance: random.Random, place: _Place, method: str, path: str, collection: str) -> Any:
    if method in {"GET", "DELETE"}:
        return None
    if method == "PATCH":
        return _patch(chance, place, collection)
    last = path.rpartition("/")[2]
    body = copy.deepcopy(place.bodies.get(last) or place.bodies.get(collection) or {})
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        body = _mutated(chance, body)
    return body


def _patch(chance: random.Random, place: _Place, collection: str) -> Any:
    whole = place.bodies.get(collection, {})
    steps = []
    for _ in range(chance.choice((1, 1, 2, 4))):
        path = chance.choice(_PATHS)
        value = _at(whole, path) if chance.random() < 0.4 else chance.choice(_JUNK)
        op = chance.choice(("add", "replace", "remove", "REPLACE", "move", "test"))
        steps.append({"op": op, "path": path, "value": value})
    return _mutated(chance, steps) if chance.random() < 0.3 else steps


def _at(value: Any, path: str) -> Any:
    for step in path.split("/")[1:]:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _mutated(chance: random.Random, value: Any) -> Any:
    """Return the value with something else at one place, without a member, or with one more."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        name = chance.choice(list(value))
        if chance.random() < 0.15:
            return {key: each for key, each in value.items() if key != name}
        if chance.random() < 0.1:
            return {**value, chance.choice(("state", "id", "options", "description", "version")): chance.choice(_JUNK)}
        return {**value, name: _mutated(chance, value[name])}
    if isinstance(value, list) and value and chance.random() < 0.7:
        place = chance.randrange(len(value))
        return [*value[:place], _mutated(chance, value[place]), *value[place + 1 :]]
    return chance.choice(_JUNK)


def _query(chance: random.Random, operation: dict[str, Any]) -> list[tuple[str, str]]:
    """Return some of the operation's parameters, mostly with values that it knows."""
    query = []
    for parameter in operation.get("parameters", []):
        name = parameter.get("name") or str(parameter.get("$ref", "")).rpartition("/")[2]
        known = parameter.get("schema", {}).get("enum") or _VALUES.get(name)
        if known and parameter.get("in", "query") == "query" and chance.random() < 0.4:
            value = chance.choice(known) if chance.random() < 0.85 else chance.choice(_JUNK)
            query.append((name, str(value)))
    if chance.random() < 0.02:
        query.append((chance.choice(("mode", "preview", "x", "fileType", "determineProperties")), chance.choice("xd1")))
    return query


_VALUES: Final[dict[str, tuple[str, ...]]] = {
    "property": _FILTERS,
    "limit": ("1", "2", "1000", "0", "1001", "x", "٣"),
    "orderby": ("name", "-name", "+createdAt", "-updatedAt", "*name", "nothing", "auth.params", "-"),
    "count": ("true", "false", "x"),
    "continuationToken": ("x", "W10", "bnVsbA", "WzEsMiwzLDQsNV0", "W1tdLCIiLDEsIngiLDFd", "W1tdLCIiLC01LCJ4IiwtMV0"),
    "object": ("acme.orders", "nothing", "", "/"),
    "FileType": ("Delimited", "JSON"),
    "op": ("publish", "enable", "disable", "PUBLISH", "ENABLE", "DISABLE", "FINALIZE", "RE_TRIGGER"),
}
