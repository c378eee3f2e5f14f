"""Requests to one operation of Flow Service: about ids that exist, with bodies and queries that are a little wrong."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import requests

from tests.emulator.adobe_client import BASE, AdobeClient

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


@dataclass(frozen=True)
class Operation:
    """One operation of the OpenAPI: its description has the query parameters."""

    method: str
    path: str
    description: dict[str, Any]

    @property
    def collection(self) -> str:
        """The path up to the id."""
        return self.path.partition("/{")[0]


@dataclass(frozen=True)
class Sender:
    """Sends requests by ``client`` as ``chance`` has it.

    Attributes:
        ids: Ids that exist, by the name of the path's parameter.
        bodies: Bodies that the emulator takes, by collection, or by the last part of the path.
    """

    client: AdobeClient
    chance: random.Random
    ids: dict[str, list[str]]
    bodies: dict[str, Any]

    def send(self, operation: Operation) -> requests.Response:
        """Send one request to the operation."""
        path, id_ = self._path(operation)
        headers = {}
        if operation.method in {"PATCH", "PUT"} and (etag := self._etag(f"{operation.collection}/{id_}")) is not None:
            headers["If-Match"] = etag
        body, data = self._body(operation), None
        if self.chance.random() < _RARELY:
            body, data = None, self.chance.choice((b"{", b"\xff", b"[1,", b"nul"))
            headers["Content-Type"] = "application/json"
        url, query = f"{self.client.url}{BASE}{path}", self._query(operation)
        return self.client.session.request(
            operation.method, url, params=query, json=body, data=data, headers=headers, timeout=30
        )

    def _path(self, operation: Operation) -> tuple[str, str]:
        for name, ids in self.ids.items():
            if f"{{{name}}}" in operation.path:
                id_ = self.chance.choice(ids if self.chance.random() > _RARELY else ["0000", "%00", "..%2F.."])
                return operation.path.replace(f"{{{name}}}", id_), id_
        return operation.path, ""

    def _etag(self, path: str) -> str | None:
        """Return the entity's own etag most of the time: else only that would be judged."""
        if self.chance.random() < _SOMETIMES:
            return self.chance.choice((None, "", "*", '"stale"'))
        answer = self.client.send("GET", path)
        items = answer.json().get("items") if answer.ok else None
        return str(items[0].get("etag")) if items else '"gone"'

    def _body(self, operation: Operation) -> Any:
        if operation.method in {"GET", "DELETE"}:
            return None
        if operation.method == "PATCH":
            return self._patch(operation.collection)
        last = operation.path.rpartition("/")[2]
        body = copy.deepcopy(self.bodies.get(last) or self.bodies.get(operation.collection) or {})
        for _ in range(self.chance.choice((0, 1, 1, 1, 2, 3))):
            body = self._mutate(body)
        return body

    def _patch(self, collection: str) -> Any:
        whole, steps = self.bodies.get(collection, {}), []
        for _ in range(self.chance.choice((1, 1, 1, 2, 4))):
            path = self.chance.choice(_PATHS)
            value = _at(whole, path) if self.chance.random() < _OFTEN / 2 else self.chance.choice(_JUNK)
            op = self.chance.choice(("add", "replace", "replace", "remove", "REPLACE", "move"))
            steps.append({"op": op, "path": path, "value": value})
        return self._mutate(steps) if self.chance.random() < _SOMETIMES else steps

    def _mutate(self, value: Any) -> Any:
        """Return the value with something else at one place, without what is there, or with one more member."""
        changed = copy.deepcopy(value)
        places = list(_places(changed))
        if not places:
            return self.chance.choice(_JUNK)
        parent, key = self.chance.choice(places)
        if self.chance.random() < _SOMETIMES:
            del parent[key]
        elif isinstance(parent, dict) and self.chance.random() < _SOMETIMES:
            parent[self.chance.choice(_MORE_MEMBERS)] = self.chance.choice(_JUNK)
        else:
            parent[key] = self.chance.choice(_JUNK)
        return changed if self.chance.random() > _RARELY else self.chance.choice(_JUNK)

    def _query(self, operation: Operation) -> list[tuple[str, str]]:
        """Return some of the operation's parameters, mostly with values that it knows."""
        query = []
        for parameter in operation.description.get("parameters", []):
            name = parameter.get("name") or str(parameter.get("$ref", "")).rpartition("/")[2]
            known = parameter.get("schema", {}).get("enum") or _VALUES.get(name)
            if known and parameter.get("in", "query") == "query" and self.chance.random() < _OFTEN / 2:
                query.append((name, str(self.chance.choice(known if self.chance.random() < _OFTEN else _JUNK))))
        if self.chance.random() < _RARELY:
            query.append((self.chance.choice(("mode", "preview", "x", "fileType")), self.chance.choice(("draft", "x"))))
        return query


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each object or list in the value with each of its names or indexes."""
    if isinstance(value, (dict, list)):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


def _at(value: Any, path: str) -> Any:
    for step in path.split("/")[1:]:
        value = value.get(step) if isinstance(value, dict) else None
    return value


_MORE_MEMBERS: Final = ("state", "id", "options", "description", "version", "providerId")
_OFTEN, _SOMETIMES, _RARELY = 0.85, 0.12, 0.03
