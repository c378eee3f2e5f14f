"""The resource schema of a source connection: what an update changes, and what replaces it."""

from __future__ import annotations

import pytest

from pulumi_adobe.resource_types.source_connection import FORMATS, SCHEMA
from pulumi_adobe.schema.validation import validate
from tests.provider.lifecycle.world import build_inputs
from tests.provider.resources.flow_world import FlowWorld, build_source_inputs


def test_changed_name_and_description_are_one_update(flow_world: FlowWorld) -> None:
    source = flow_world.source_connection
    new_inputs = build_source_inputs(flow_world.base_connection_id, name="renamed", description="d")

    assert flow_world.create_lifecycle(SCHEMA).diff(source.id, source.outputs, new_inputs).replaces == ()
    outputs = flow_world.create_lifecycle(SCHEMA).update(source.id, source.outputs, new_inputs)

    entity = flow_world.world.start_process().service.get("sourceConnections", source.id)
    assert (entity["name"], entity["description"]) == ("renamed", "d")
    assert outputs["etag"] == entity["etag"]
    assert outputs["columns"] == source.outputs["columns"]


def test_changed_table_replaces_the_source_connection(flow_world: FlowWorld) -> None:
    source = flow_world.source_connection
    new_inputs = build_source_inputs(flow_world.base_connection_id, tableName="acme.customers")

    assert flow_world.create_lifecycle(SCHEMA).diff(source.id, source.outputs, new_inputs).replaces == ("tableName",)


def test_same_name_on_another_base_connection_is_no_duplicate(flow_world: FlowWorld) -> None:
    other_base = flow_world.world.start_process().lifecycle.create(build_inputs(name="other")).id

    flow_world.create_lifecycle(SCHEMA).create(build_source_inputs(other_base))

    assert len(flow_world.world.emulator.entities()["sourceConnections"]) == 2


@pytest.mark.parametrize("format_name", FORMATS)
def test_formats_of_adobe_are_valid(format_name: str) -> None:
    assert validate(SCHEMA, build_source_inputs("id", format=format_name)) == []


def test_other_format_is_a_problem() -> None:
    ((field, problem),) = validate(SCHEMA, build_source_inputs("id", format="xml"))

    assert field.argument == "format"
    assert "parquet" in problem
