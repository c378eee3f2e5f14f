"""The harness measures what happens: two connections, with the real engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.adobe import running
from benchmarks.rounds import LIFE, Field, Made, Peer
from benchmarks.stack import Stack

pytestmark = pytest.mark.engine

N = 2
TOKEN = {"POST token": 1}


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    with running(tmp_path) as adobe:
        yield Field(tmp_path, adobe, lambda _line: None)


def resources(made: Made) -> list[dict[str, Any]]:
    assert isinstance(made.script, Stack)
    kept = json.loads(made.script.state_file.read_text("utf-8"))["checkpoint"]["latest"]["resources"]
    return [each for each in kept if "lake-" in each["urn"]]


def test_every_request_of_a_life_is_counted(field: Field) -> None:
    made = field.make(Peer("ours"), N)
    runs = {operation: field.one(made, operation) for operation in LIFE}

    assert {operation: run.requests for operation, run in runs.items()} == {
        "create": {**TOKEN, "GET connections": 1, "POST connections": N, "GET connections?orderby": 1},
        "no-op": {},
        "preview": {},
        "update": {**TOKEN, "PATCH connections/{id}": 1, "GET connections/{id}": 1},
        "refresh": {**TOKEN, "GET connections": 1, "GET connections/{id}": N},
        "destroy": {**TOKEN, "GET flows": 1, "DELETE connections/{id}": N},
    }
    assert all(run.cpu > 0.3 and run.wall > 0.3 and run.memory > 50 * 2**20 for run in runs.values())
    assert runs["create"].state > runs["destroy"].state > 0


def test_another_provider_process_replaces_nothing(field: Field) -> None:
    """And the state notes the program's line, not what runs the program."""
    made = field.make(Peer("workers", env={"BENCH_WORKERS": "1"}), N)
    field.one(made, "create")
    before = resources(made)

    spread = field.one(made, "no-op", BENCH_WORKERS="2")

    after = resources(made)
    assert spread.requests == {}
    assert {each["urn"]: each["id"] for each in after} == {each["urn"]: each["id"] for each in before}
    assert len({each["provider"] for each in after}) == 2
    noted = [frame.get("sourcePosition", "") for frame in after[0]["stackTrace"]]
    assert any("project:///__main__.py" in line for line in noted)
    assert not any("asyncio" in line for line in noted)
