"""No body makes an internal error: each place of each body with a value of another type."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.adobe_client import AdobeClient, code_of, lake
from tests.emulator.dataflows.way import Way, source, target

OTHERS: tuple[Any, ...] = (None, True, [], {}, "", 10**30, [{}])


def bodies(way: Way) -> dict[str, Any]:
    window = {"windowStartTime": 1, "windowEndTime": 2, "deltaColumn": {"name": "ordered_at"}}
    return {
        "/connections": lake(),
        "/sourceConnections": source(way.base),
        "/targetConnections": target(),
        "/flows": way.flow(options={"partialIngestionPercent": 5}),
        "/runs": {"flowId": "none", "params": window},
        "/connections/search": {"queryString": "name==x", "limit": 5, "projectionFields": "name"},
        "/flows/search": {"queryString": "name==x", "count": True},
    }


def changed(body: Any) -> Iterator[Any]:
    """Yield the body with each of `OTHERS` in each place."""
    for path in paths(body):
        for other in OTHERS:
            copied = copy.deepcopy(body)
            parent = copied
            for step in path[:-1]:
                parent = parent[step]
            parent[path[-1]] = other
            yield copied


def paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in members:
        yield (*at, key)
        yield from paths(inner, (*at, key))


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["", "?mode=draft"])
def test_value_of_another_type_is_accepted_or_refused_without_a_crash(adobe: AdobeClient, mode: str) -> None:
    way = Way(adobe)
    answers = {
        (path, str(body)): adobe.send("POST", f"{path}{mode}", json=body).status_code
        for path, whole in bodies(way).items()
        for body in changed(whole)
    }

    assert len(answers) > 400
    assert [where for where, status in answers.items() if status >= 500] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/connections", lake(auth={"specName": {}, "params": {}})),
        ("/sourceConnections", source("x", data={"format": []})),
    ],
)
def test_name_that_is_not_a_text_is_refused(adobe: AdobeClient, path: str, body: Any) -> None:
    assert adobe.send("POST", path, json=body).status_code == 400


@pytest.mark.parametrize("token", ["W1tdLCIiLC01LCJ4IiwtMV0", "WzEsMiwzLDQsNV0", "bnVsbA", "x"])
def test_forged_continuation_token_is_refused(adobe: AdobeClient, token: str) -> None:
    adobe.create()

    assert adobe.get("/connections", continuationToken=token).status_code == 400


def test_nested_null_of_a_body_is_not_returned(adobe: AdobeClient) -> None:
    way = Way(adobe)
    body = target(data={**target()["data"], "format": None})

    assert "format" not in way.read(f"/targetConnections/{way.made('/targetConnections', body)}")["data"]


def test_window_without_the_name_of_its_column_is_refused(adobe: AdobeClient) -> None:
    way = Way(adobe)
    once = {"startTime": 4102444800, "frequency": "once"}
    flow = way.made("/flows", way.flow(scheduleParams=once, transformations=way.flow()["transformations"][1:]))
    window = {"windowStartTime": 1, "windowEndTime": 2, "deltaColumn": {"name": ""}}

    answer = adobe.send("POST", "/runs", json={"flowId": flow, "params": window})

    assert code_of(answer) == "CONNECTOR-1383-400"


def test_null_member_counts_as_missing(adobe: AdobeClient) -> None:
    created = adobe.create({**lake(), "description": None})
    assert "description" not in adobe.read(created["id"])

    patched = adobe.patch(created["id"], created["etag"], [{"op": "add", "path": "/description", "value": None}])

    assert patched.status_code == 200
    assert "description" not in adobe.read(created["id"])
