"""A resource operation: its scope, and the inputs and outputs that the hooks complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_adobe.lifecycle.operation import LifecycleHooks, ResourceOperation
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.schema.values import UNKNOWN, Properties
from tests.provider.lifecycle.world import LAKE, ORG, OWNER, World, build_inputs


class RecordingHooks(LifecycleHooks):
    """Hooks that add one property in each step."""

    def plan(self, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Properties:
        return {**new_inputs, "planned": prior_outputs.get("etag")}

    def resolve(self, _operation: ResourceOperation, planned_inputs: Mapping[str, Any]) -> Properties:
        return {**planned_inputs, "resolved": planned_inputs["planned"]}

    def after_write(self, _operation: ResourceOperation, id_: str, outputs: Properties) -> Properties:
        return {**outputs, "written": id_}


def create_operation(world: World, hooks: LifecycleHooks, **changes: Any) -> ResourceOperation:
    return ResourceOperation(world.start_process().context, DATABRICKS, hooks, build_inputs(**changes))


def test_an_operation_knows_name_owner_and_collection_of_its_resource(world: World) -> None:
    operation = create_operation(world, LifecycleHooks())

    assert (operation.name, operation.owner, operation.collection) == ("lake", OWNER, "connections")
    assert operation.describe() == LAKE
    assert operation.describe("id-1") == f"{LAKE} (id-1)"


def test_the_scope_is_the_connection_spec_and_none_while_it_is_unknown(world: World) -> None:
    spec_id = build_inputs()["connectionSpec"]["id"]

    assert str(create_operation(world, LifecycleHooks()).scope) == f"connections?connectionSpec.id={spec_id}"
    assert create_operation(world, LifecycleHooks(), connectionSpec=UNKNOWN).scope is None


def test_the_hooks_complete_the_inputs_before_a_write_and_the_outputs_after_it(world: World) -> None:
    operation = create_operation(world, RecordingHooks())

    resolved_operation = operation.resolve_inputs({"etag": '"1"'})

    assert resolved_operation.inputs == {**build_inputs(), "planned": '"1"', "resolved": '"1"'}
    assert operation.inputs == build_inputs()
    assert operation.run_after_write("id-1", {"name": "lake"}) == {"name": "lake", "written": "id-1"}


def test_the_default_hooks_change_nothing(world: World) -> None:
    operation = create_operation(world, LifecycleHooks())

    assert operation.resolve_inputs({}).inputs == build_inputs()
    assert operation.run_after_write("id-1", {"name": "lake"}) == {"name": "lake"}


def test_outputs_name_the_place_of_the_request_if_the_entity_names_none(world: World) -> None:
    outputs = create_operation(world, LifecycleHooks()).build_outputs({"name": "lake"}, {"etag": '"1"'})

    assert outputs == {"name": "lake", "etag": '"1"', "sandboxName": "dev", "orgId": ORG}
