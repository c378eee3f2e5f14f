"""The diff between the outputs of the state and the inputs of the program."""

from __future__ import annotations

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.json_patch import PatchOperation
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.diff import add_server_parameters, diff_properties
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.schema.resource_schema import SERVER_PARAMETERS
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.lifecycle.world import WITH_OWNERSHIP, World, build_inputs


def test_equal_inputs_are_no_difference(world: World, created: CreatedResource) -> None:
    assert not world.start_process().lifecycle.diff(created.id, created.outputs, build_inputs())


def test_a_replacement_alone_is_a_difference(world: World, created: CreatedResource) -> None:
    resource_diff = world.start_process().lifecycle.diff(created.id, created.outputs, build_inputs(authSpec="Another"))

    assert resource_diff
    assert resource_diff.replaces == ("authSpec",)


def test_a_changed_name_is_one_patch_operation(world: World, created: CreatedResource) -> None:
    resource_diff = world.start_process().lifecycle.diff(created.id, created.outputs, build_inputs(name="x"))

    assert resource_diff
    assert resource_diff.patch_operations == ({"op": "replace", "path": "/name", "value": "x"},)


def test_a_changed_state_only_field_is_a_difference_without_patch(world: World, created: CreatedResource) -> None:
    resource_diff = world.start_process().lifecycle.diff(created.id, created.outputs, build_inputs(forceDestroy=True))

    assert resource_diff
    assert resource_diff.state_only == ("forceDestroy",)
    assert resource_diff.patch_operations == ()


def test_a_changed_adopt_id_or_owner_is_no_difference(world: World, created: CreatedResource) -> None:
    new_inputs = build_inputs(adoptId="x", owner="another/stack/name")

    assert not world.start_process().lifecycle.diff(created.id, created.outputs, new_inputs)


def test_a_diff_without_changes_sends_no_request(world: World, created: CreatedResource) -> None:
    world.start_process().lifecycle.diff(created.id, created.outputs, build_inputs())

    assert world.emulator.journal() == []


def test_a_diff_with_changes_sends_the_token_request_that_the_update_needs(
    world: World, created: CreatedResource
) -> None:
    process = world.start_process()
    process.lifecycle.diff(created.id, created.outputs, build_inputs(name="x"))
    assert [request["path"] for request in world.emulator.journal()] == ["/ims/token/v3"]

    process.lifecycle.update(created.id, created.outputs, build_inputs(name="x"))
    assert [request["method"] for request in world.emulator.journal()] == ["POST", "PATCH", "GET"]


@pytest.mark.parametrize("ownership", ["none", "description"])
def test_turning_ownership_on_or_off_is_no_difference(world: World, ownership: str) -> None:
    created = world.create(Options(test="off", ownership=ownership))
    switched_options = Options(test="off") if ownership == "description" else WITH_OWNERSHIP
    lifecycle = world.start_process(switched_options).lifecycle

    resource = lifecycle.read(created.id, created.outputs)

    assert resource is not None
    assert not lifecycle.diff(created.id, resource.outputs, build_inputs())


def test_an_unknown_secret_is_a_changed_secret() -> None:
    resource_diff = diff_properties(DATABRICKS, build_inputs(), build_inputs(accessToken=UNKNOWN))

    assert resource_diff.changed_secrets == ("accessToken",)
    assert resource_diff.changes_auth_parameters


def test_a_patch_of_the_auth_parameters_keeps_those_that_the_service_added() -> None:
    prior_outputs = {SERVER_PARAMETERS: {"region": "eu", "clusterId": "old"}}
    replace_parameters: PatchOperation = {"op": "replace", "path": "/auth/params", "value": {"clusterId": "new"}}
    replace_name: PatchOperation = {"op": "replace", "path": "/name", "value": "new"}

    assert add_server_parameters(replace_parameters, prior_outputs)["value"] == {"region": "eu", "clusterId": "new"}
    assert add_server_parameters(replace_name, prior_outputs) == replace_name
