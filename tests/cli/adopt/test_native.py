"""An adoption into a stack of the native provider: its program gives less, and so does the state that is imported."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adobe_flow.adopt.adoption import AdoptionSelection, build_adoption_result, prepare_adoption
from adobe_flow.pulumi_cli.stack import Stack
from pulumi_adobe.plugin.state_format import NATIVE
from tests.cli.adopt.programs import Program
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import SECRET, World, build_inputs
from tests.provider.plugin.test_state_values import LATER, encrypt
from tests.provider.resources.flow_world import FlowWorld, build_source_inputs, build_target_inputs


@pytest.fixture
def world(emulator: EmulatorProcess) -> World:
    return World(emulator)


@pytest.fixture
def program(emulator: EmulatorProcess) -> Program:
    return Program(emulator, NATIVE)


def give(kind: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """What a native program gives for these inputs of the life cycle."""
    return NATIVE.write_inputs(NATIVE.build_type_token(kind), inputs)


def declare(program: Program, kind: str, name: str, inputs: dict[str, Any], **goal: Any) -> str:
    return program.add(NATIVE.build_type_token(kind), name, inputs, **goal)


def test_all_four_kinds_are_adopted_and_their_state_has_what_the_program_gives(
    world: World, program: Program, stack: Stack
) -> None:
    flow_world = FlowWorld(world)
    dataflow = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    given_lake = {**give("DatabricksSourceConnection", build_inputs()), "accessToken": encrypt(SECRET)}
    lake = declare(program, "DatabricksSourceConnection", "lake", given_lake)
    given_source = give("SourceConnection", build_source_inputs(LATER))
    uses: dict[str, Any] = {"propertyDependencies": {"baseConnectionId": [lake]}}
    source = declare(program, "SourceConnection", "orders", given_source, **uses)
    given_target = give("TargetConnection", build_target_inputs())
    target = declare(program, "TargetConnection", "orders-lake", given_target)
    flow_inputs = {**flow_world.build_dataflow_inputs(), "sourceConnectionIds": [LATER], "targetConnectionIds": [LATER]}
    given_flow = give("Dataflow", flow_inputs)
    uses = {"propertyDependencies": {"sourceConnectionIds": [source], "targetConnectionIds": [target]}}
    declare(program, "Dataflow", "orders-daily", given_flow, **uses)
    world.emulator.clear_journal()

    adoption = prepare_adoption(program.save(stack), AdoptionSelection(), lambda _text: None)

    assert {each.planned.name: each.reason for each in adoption.not_adopted} == {}
    assert {each.planned.name: each.changed_fields for each in adoption.adopted} == {
        "lake": (),
        "orders": (),
        "orders-daily": (),
        "orders-lake": (),
    }
    entries = {each["name"]: each for each in json.loads(adoption.write_import_file())["resources"]}
    assert entries["lake"]["type"] == "adobe:index:DatabricksSourceConnection"
    assert entries["lake"]["inputs"] == given_lake
    assert entries["lake"]["outputs"]["accessToken"] == encrypt(SECRET)
    assert entries["orders"]["inputs"] == {**given_source, "baseConnectionId": flow_world.base_connection_id}
    assert entries["orders-lake"]["inputs"] == given_target
    assert entries["orders-daily"]["inputs"].keys() == given_flow.keys()
    assert entries["orders-daily"]["outputs"] == dataflow.outputs
    assert "__provider" not in json.dumps(entries)
    assert SECRET not in adoption.write_import_file()
    assert world.list_writes() == []


def test_an_explicit_provider_works_in_its_own_sandbox(world: World, program: Program, stack: Stack) -> None:
    stage = world.create_foreign(sandbox="stage")
    settings = {**program.settings, "flowService": "stage", "sandbox": "stage", "writtenBy": "0.1.0"}
    provider = program.add(NATIVE.provider_type, "stage", settings)
    given = {**give("DatabricksSourceConnection", build_inputs()), "accessToken": encrypt(SECRET)}
    declare(program, "DatabricksSourceConnection", "lake", given, provider=f"{provider}::{LATER}")

    adoption = prepare_adoption(program.save(stack), AdoptionSelection(), lambda _text: None)

    (resource,) = build_adoption_result(adoption)["resources"]
    assert (resource["sandbox"], resource["id"]) == ("stage", stage)
