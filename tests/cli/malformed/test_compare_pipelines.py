"""Whatever type a member of what a dataflow connects has, the dataflow is compared, or what cannot be read is said."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.aep.reading import UNREADABLE
from tests.cli.compare.test_declared import build_state
from tests.cli.malformed.conftest import MalformedWorld
from tests.cli.malformed.test_entities import CONNECTION, ID, many
from tests.cli.malformed.values import MALFORMED_VALUES, replaced, variants
from tests.emulator.adobe_client import DATABRICKS

pytestmark = pytest.mark.slow

EVERY = 3
"""A part of all cases, in which each malformed value and each member has its turn."""

SOURCE: dict[str, Any] = {
    "id": "s-1",
    "name": "orders",
    "baseConnectionId": ID,
    "data": {"format": "tabular"},
    "params": {"tableName": "acme.orders", "columns": [{"name": "id", "type": "string"}]},
    "connectionSpec": {"id": DATABRICKS, "version": "1.0"},
}
TARGET: dict[str, Any] = {
    "id": "t-1",
    "name": "dataset",
    "data": {"schema": {"id": "x-1", "version": "application/json"}},
    "params": {"dataSetId": "d-1"},
}
FLOW: dict[str, Any] = {
    "id": "f-1",
    "name": "daily",
    "createdAt": 1764000000000,
    "flowSpec": {"id": "spec", "version": "1.0"},
    "sourceConnectionIds": ["s-1"],
    "targetConnectionIds": ["t-1"],
    "transformations": [
        {"name": "Copy", "params": {"deltaColumn": {"name": "id"}}},
        {"name": "Mapping", "params": {"mappingId": "m-1", "mappingVersion": 0}},
    ],
    "scheduleParams": {"startTime": "1764000000", "frequency": "day", "interval": 1},
    "options": {"partialIngestionPercent": 5},
    "labels": ["core/C1"],
}
MAPPING_SET = {"mappings": [{"sourceType": "ATTRIBUTE", "source": "id", "destination": "_id"}]}
DATASETS = {"d-1": {"name": "orders", "schemaRef": {"id": "x-1"}}}
SCHEMAS = {"results": [{"$id": "x-1", "title": "orders"}], "_page": {"next": None}}
CATALOG, REGISTRY, DATA_PREP = (
    f"GET /data/foundation/{path}"
    for path in ("catalog/dataSets", "schemaregistry/tenant/schemas", "conversion/mappingSets/{id}")
)


def show(world: MalformedWorld, **answers: Any) -> None:
    """Have each service show these for all requests of the test."""
    world.show("connections", [CONNECTION])
    world.show("sourceConnections", answers.get("sources", [SOURCE]))
    world.show("targetConnections", answers.get("targets", [TARGET]))
    world.show("flows", answers.get("flows", [FLOW]))
    world.answer(CATALOG, DATASETS, times=1_000)
    world.answer(REGISTRY, SCHEMAS, times=1_000)
    world.answer(DATA_PREP, MAPPING_SET, times=1_000)


@pytest.mark.parametrize("kind", ["sources", "targets", "flows"])
def test_every_malformed_entity_can_be_compared(world: MalformedWorld, kind: str) -> None:
    entity = {"sources": SOURCE, "targets": TARGET, "flows": FLOW}[kind]
    show(world, **{kind: [entity, *many(entity, kind)[::EVERY]]})

    result = world("compare", "dev", "stage", "--json")
    table = world("compare", "dev", "stage")

    assert UNREADABLE in result.stdout
    fields = [each["fields"] for each in result.json["differences"] if each["kind"] == "differs"]
    assert all(UNREADABLE in str(each) for each in fields)
    assert UNREADABLE in table.stdout


def test_every_malformed_mapping_set_can_be_compared(world: MalformedWorld) -> None:
    """One dataflow for each; no set is read twice, so each dataflow has its own answer."""
    malformed = [body for _, body in variants(MAPPING_SET)][::EVERY]
    flows = [replaced(FLOW, ("transformations", 1, "params", "mappingId"), f"m-{n}") for n in range(len(malformed))]
    world.emulator.clear_faults()
    for body in malformed:
        world.answer(DATA_PREP, body)
    show(world, flows=[{**flow, "id": f"f-{number}", "name": str(number)} for number, flow in enumerate(flows)])

    result = world("compare", "dev", "stage", "--json")

    assert UNREADABLE in result.stdout


def test_malformed_names_of_datasets_and_schemas_can_be_compared(world: MalformedWorld) -> None:
    datasets = {f"d-{number}": {"name": value} for number, value in enumerate(MALFORMED_VALUES)}
    schemas = [{"$id": f"x-{number}", "title": value} for number, value in enumerate(MALFORMED_VALUES)]
    targets = [replaced(TARGET, ("params", "dataSetId"), f"d-{number}") for number in range(len(MALFORMED_VALUES))]
    targets = [replaced(each, ("data", "schema", "id"), f"x-{number}") for number, each in enumerate(targets)]
    world.answer(CATALOG, datasets, times=2)
    world.answer(REGISTRY, {"results": schemas}, times=2)
    show(world, targets=[{**each, "id": f"t-{number}", "name": str(number)} for number, each in enumerate(targets)])

    result = world("compare", "dev", "stage", "--json")

    assert result.json["b"]["targetConnections"] == len(MALFORMED_VALUES)
    assert [note for note in result.json["notes"] if "cannot be" in note["note"]] == []


@pytest.mark.parametrize(("route", "body"), [(CATALOG, {"d-1": 5}), (REGISTRY, {"results": 5}), (DATA_PREP, [])])
def test_malformed_response_is_noted_in_the_comparison(world: MalformedWorld, route: str, body: Any) -> None:
    world.answer(route, body, times=100)
    show(world)

    result = world("compare", "dev", "stage", "--json")

    assert ["cannot be" in note["note"] for note in result.json["notes"]] == [True, True]


def test_comparison_of_two_stacks_sends_no_request(world: MalformedWorld) -> None:
    world.write(state={"deployment": {"resources": build_state()}})
    world.emulator.clear_journal()

    result = world("compare", "stack:dev", "stack:stage", "--json")

    assert (result.json["equal"], result.json["differences"]) == (3, [])
    assert world.emulator.journal() == []
