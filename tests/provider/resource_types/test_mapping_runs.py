"""Columns with any name: declared by a program, sent to Data Prep, and moved by a run of the emulator."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_adobe.resource_types.mapping_paths import RESERVED_WORDS
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World
from tests.provider.resources.flow_world import (
    DATASET_ID,
    SOURCE_CONNECTION,
    FlowWorld,
    build_source_inputs,
    format_time_from_now,
)

pytestmark = pytest.mark.slow

PATHS = ("_id", "_acme.customerId", "_acme.status")
_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")
_NAMES = (
    st.text(_CHARACTERS, min_size=1, max_size=10).filter(str.strip)
    | st.text(".[]{}$\\ -a0*%", min_size=1, max_size=6).filter(str.strip)
    | st.sampled_from(sorted(RESERVED_WORDS))
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "acme.orders.csv").write_text("order_id,amount,ordered_at\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def flow_world(tables: Path) -> Iterator[FlowWorld]:
    with EmulatorProcess.start(tables / "own.sqlite", "--workspace", str(tables)) as process:
        yield FlowWorld(World(process))


def _run(flow_world: FlowWorld, columns: list[str], mapping: dict[str, str]) -> dict[str, object]:
    """Create a dataflow from a table with these columns, let it run, and return the row that it has written."""
    suffix = uuid.uuid4().hex
    source = flow_world.create(
        SOURCE_CONNECTION,
        build_source_inputs(
            flow_world.base_connection_id, name=suffix, tableName=f"t.{suffix}", columns=[{"name": name} for name in columns]
        ),
    )
    start = flow_world.world.emulator.control("GET", "clock")["now"]
    inputs = flow_world.build_dataflow_inputs(
        name=suffix,
        sourceConnectionIds=[source.id],
        mapping=mapping,
        frequency="once",
        interval=None,
        deltaColumn=None,
        startTime=format_time_from_now(60) if start is None else None,
    )
    lifecycle = flow_world.create_lifecycle()
    assert list(lifecycle.validate({}, inputs)) == []
    lifecycle.create(inputs)
    flow_world.world.emulator.turn_clock(180)
    written: dict[str, object] = flow_world.world.emulator.rows(DATASET_ID)[-1]
    return written
