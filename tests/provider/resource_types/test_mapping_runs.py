"""Columns with any name: declared by a program, sent to Data Prep, and moved by a run of the emulator."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pulumi_adobe.resource_types.mapping_paths import RESERVED_WORDS
from pulumi_adobe.schema.validation import normalize
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World
from tests.provider.resources.flow_world import DATAFLOW, DATASET_ID, SOURCE_CONNECTION, FlowWorld, build_source_inputs

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


def _run(flow_world: FlowWorld, tables: Path, row: dict[str, str], mapping: Any) -> dict[str, Any]:
    """Create a dataflow from a table with this row, let it run, and return the row that it has written."""
    name = uuid.uuid4().hex
    with (tables / f"t.{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([row, row.values()])
    source_inputs = build_source_inputs(flow_world.base_connection_id, name=name, tableName=f"t.{name}")
    inputs = normalize(
        DATAFLOW,
        flow_world.build_dataflow_inputs(
            name=name,
            sourceConnectionIds=[flow_world.create(SOURCE_CONNECTION, source_inputs).id],
            mapping=mapping,
            frequency="once",
            interval=None,
            deltaColumn=None,
        ),
    )
    lifecycle = flow_world.create_lifecycle()
    assert list(lifecycle.validate({}, inputs)) == []
    created = lifecycle.create(inputs)
    flow_world.world.emulator.turn_clock(180)
    read_state = flow_world.create_lifecycle().read(created.id, created.outputs)
    assert read_state is not None
    assert read_state.inputs["mapping"] == inputs["mapping"]
    written: dict[str, Any] = flow_world.world.emulator.rows(DATASET_ID)[-1]
    return written


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@example(names=["a.b", "x[0]", "${y}"])
@given(names=st.lists(_NAMES, min_size=3, max_size=3, unique=True))
def test_run_copies_a_column_of_any_name(flow_world: FlowWorld, tables: Path, names: list[str]) -> None:
    written = _run(flow_world, tables, dict(zip(names, "abc", strict=True)), dict(zip(names, PATHS, strict=True)))

    assert written == {"_id": "a", "_acme": {"customerId": "b", "status": "c"}}


def test_run_fills_every_path_of_a_mapping_list(flow_world: FlowWorld, tables: Path) -> None:
    mapping = [
        {"source": "First Name", "destination": "_id", "sourceType": "ATTRIBUTE"},
        {"source": "First Name", "destination": "_acme.customerId", "sourceType": "ATTRIBUTE"},
        {
            "source": 'concat(upper(trim(${First Name})), "-", nr)',
            "destination": "_acme.status",
            "sourceType": "EXPRESSION",
        },
        {"source": "12.5", "destination": "_acme.amount", "sourceType": "STATIC"},
    ]

    written = _run(flow_world, tables, {"First Name": " Ada ", "nr": "7"}, mapping)

    assert written == {
        "_id": " Ada ",
        "_acme": {"customerId": " Ada ", "status": "ADA-7", "amount": "12.5"},
    }
