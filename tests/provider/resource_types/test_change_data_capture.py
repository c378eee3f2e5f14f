"""Change data capture: which sources have it, and what it needs of the schema of the dataset."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.resource_types.change_data_capture import find_unsupported_source
from pulumi_adobe.resource_types.dataflow import SOURCE_OWNER, TARGET_OWNER
from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.sources import connection_specs
from tests.provider.resources.flow_world import (
    DATAFLOW,
    SOURCE_CONNECTION,
    TARGET_CONNECTION,
    FlowWorld,
    build_source_inputs,
    build_target_inputs,
)

MIRRORED_DATASET = "6889f4f89b982b2b90bc1209"
MIRRORED_MAPPING = {"order_id": "orderId", "amount": "amount"}


@pytest.mark.parametrize("source", sorted(connection_specs()))
def test_a_source_without_documented_change_data_capture_refuses_it(source: str) -> None:
    spec = connection_specs()[source]
    inputs = {"cdcEnabled": True, "connectionSpec": {"id": spec.id, "version": spec.version}}

    problems = list(find_unsupported_source("cdc", inputs))

    assert len(problems) == (0 if spec.change_data_capture else 1)
    assert all(fact in problem for problem in problems for fact in ("cdc: ", spec.title, "Databricks", "delta column"))
    assert list(find_unsupported_source("cdc", {**inputs, "cdcEnabled": False})) == []


@pytest.mark.parametrize("spec", [{"id": "an id that the catalogue does not know"}, UNKNOWN, None])
def test_source_missing_in_the_catalogue_may_have_change_data_capture(spec: Any) -> None:
    assert list(find_unsupported_source("cdc", {"cdcEnabled": True, "connectionSpec": spec})) == []


def _declare(
    flow_world: FlowWorld, dataset_id: str, *, are_new: bool, **source_changes: Any
) -> tuple[Any, dict[str, Any]]:
    """Return a process, and the links of a dataflow to a source with change data capture and to this dataset."""
    process = flow_world.world.start_process()
    source = build_source_inputs(flow_world.base_connection_id, name="cdc", cdcEnabled=True, **source_changes)
    target = build_target_inputs(name="mirror", dataSetId=dataset_id)
    if are_new:
        flow_world.create_lifecycle(SOURCE_CONNECTION, process).check({}, source)
        flow_world.create_lifecycle(TARGET_CONNECTION, process).check({}, target)
        owners = {SOURCE_OWNER: source["owner"], TARGET_OWNER: target["owner"]}
        return process, {"sourceConnectionIds": [UNKNOWN], "targetConnectionIds": [UNKNOWN], **owners}
    ids = (flow_world.create(SOURCE_CONNECTION, source).id, flow_world.create(TARGET_CONNECTION, target).id)
    return process, {"sourceConnectionIds": [ids[0]], "targetConnectionIds": [ids[1]]}


@pytest.mark.parametrize("are_new", [True, False])
def test_the_schema_needs_a_primary_key_and_a_version(flow_world: FlowWorld, *, are_new: bool) -> None:
    process, links = _declare(flow_world, "6889f4f89b982b2b90bc1207", are_new=are_new)

    (problem,) = flow_world.create_lifecycle(DATAFLOW, process).validate({}, flow_world.build_dataflow_inputs(**links))

    facts = (
        "target: ",
        "primary key",
        "version",
        "acme/schemas/orders",
        "ALTER TABLE acme.orders",
        "enableChangeDataFeed",
    )
    assert all(fact in problem for fact in facts)


@pytest.mark.parametrize("are_new", [True, False])
def test_schema_with_primary_key_and_version_needs_no_delta_column(flow_world: FlowWorld, *, are_new: bool) -> None:
    process, links = _declare(flow_world, MIRRORED_DATASET, are_new=are_new)
    inputs = flow_world.build_dataflow_inputs(**links, mapping=MIRRORED_MAPPING, deltaColumn=None)

    assert list(flow_world.create_lifecycle(DATAFLOW, process).validate({}, inputs)) == []
    if not are_new:
        assert flow_world.create(DATAFLOW, inputs).id


def test_schema_descriptors_are_not_read_without_change_data_capture(flow_world: FlowWorld) -> None:
    flow_world.world.emulator.clear_journal()

    assert list(flow_world.create_lifecycle(DATAFLOW).validate({}, flow_world.build_dataflow_inputs())) == []
    assert not [entry for entry in flow_world.world.emulator.journal() if "descriptors" in entry["path"]]
