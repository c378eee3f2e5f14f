"""The harness measures what happens: two connections, with the real engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.emulator import start_emulator
from benchmarks.rounds import LIFE, Comparison, MeasuredPeer, PreparedPeer
from benchmarks.stack import PeerStack

pytestmark = pytest.mark.engine

N = 2
TOKEN = {"POST token": 1}


@pytest.fixture
def comparison(tmp_path: Path) -> Iterator[Comparison]:
    with start_emulator(tmp_path) as emulator:
        yield Comparison(tmp_path, emulator, lambda _line: None)


def read_resources(prepared_peer: PreparedPeer) -> list[dict[str, Any]]:
    assert isinstance(prepared_peer.script, PeerStack)
    all_resources = json.loads(prepared_peer.script.state_file.read_text("utf-8"))["checkpoint"]["latest"]["resources"]
    return [resource for resource in all_resources if "lake-" in resource["urn"]]


def test_every_request_of_create_update_and_delete_is_counted(comparison: Comparison) -> None:
    prepared_peer = comparison.prepare_peer(MeasuredPeer("ours"), N)
    runs = {operation: comparison.run_operation(prepared_peer, operation) for operation in LIFE}

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


def test_a_native_provider_that_does_nothing_sends_nothing(comparison: Comparison) -> None:
    prepared_peer = comparison.prepare_peer(MeasuredPeer("null-native"), N)

    runs = [comparison.run_operation(prepared_peer, operation) for operation in ("create", "destroy")]

    assert [run.requests for run in runs] == [{}, {}]
    assert runs[0].state > runs[1].state > 0


def test_another_provider_process_replaces_nothing(comparison: Comparison) -> None:
    """The state has the position in the program, not in the code that runs it."""
    prepared_peer = comparison.prepare_peer(MeasuredPeer("workers", env={"BENCH_WORKERS": "1"}), N)
    comparison.run_operation(prepared_peer, "create")
    before = read_resources(prepared_peer)

    spread = comparison.run_operation(prepared_peer, "no-op", BENCH_WORKERS="2")

    after = read_resources(prepared_peer)
    assert spread.requests == {}
    assert {entry["urn"]: entry["id"] for entry in after} == {entry["urn"]: entry["id"] for entry in before}
    assert len({resource["provider"] for resource in after}) == 2
    positions = [frame.get("sourcePosition", "") for frame in after[0]["stackTrace"]]
    assert any("project:///__main__.py" in line for line in positions)
    assert not any("asyncio" in line for line in positions)
