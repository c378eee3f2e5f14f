"""What an adoption comes to: matched, read and compared as by the provider, for all kinds; secrets stay ciphertexts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adobe_flow.adopt.adoption import Adoption, AdoptionSelection, build_adoption_result, prepare_adoption
from adobe_flow.importing.entries import PROVIDER_TYPE
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.stack import Stack
from pulumi_adobe.plugin.state_values import is_secret
from tests.cli.adopt.programs import LAKE, Program
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import SECRET, World, build_inputs
from tests.provider.plugin.test_state_values import LATER, encrypt
from tests.provider.resources.flow_world import FlowWorld, build_source_inputs, build_target_inputs

pytestmark = pytest.mark.slow


@pytest.fixture
def world(emulator: EmulatorProcess) -> World:
    return World(emulator)


@pytest.fixture
def program(emulator: EmulatorProcess) -> Program:
    return Program(emulator)


def declare_lake(program: Program, resource: str = "lake", **changes: Any) -> str:
    """Declare the connection of `build_inputs`."""
    options = {name: changes.pop(name) for name in ("parent", "provider") if name in changes}
    inputs = {**build_inputs(accessToken=encrypt(SECRET), owner=f"project/dev/{resource}"), "__provider": "gASV"}
    return program.add(LAKE, resource, {**inputs, **changes}, **options)


def adopt(program: Program, stack: Stack, asked: AdoptionSelection = AdoptionSelection()) -> Adoption:  # noqa: B008 - it is immutable
    return prepare_adoption(program.save(stack), asked, lambda _text: None)


def get_reasons(adoption: Adoption) -> dict[str, str]:
    return {each.planned.name: each.reason for each in adoption.not_adopted}


def get_differences(adoption: Adoption) -> dict[str, tuple[str, ...]]:
    return {each.planned.name: each.changed_fields for each in adoption.adopted}


def test_a_connection_is_adopted_as_it_is_and_its_secret_stays_a_ciphertext(
    world: World, program: Program, stack: Stack
) -> None:
    id_ = world.create().id
    declare_lake(program)
    world.emulator.clear_journal()

    adoption = adopt(program, stack)

    ((adopted),) = adoption.adopted
    assert (adopted.id, adopted.has_changes, adopted.has_secrets, adoption.not_adopted) == (id_, False, True, [])
    (entry,) = json.loads(adoption.write_import_file())["resources"]
    assert (entry["id"], entry["inputs"]["accessToken"]) == (id_, encrypt(SECRET))
    assert is_secret(entry["outputs"]["accessToken"])
    assert entry["outputs"]["secretConfirmed"] is False
    assert entry["outputs"]["etag"] == world.get_connection()["etag"]
    assert SECRET not in adoption.write_import_file()
    assert world.list_writes() == []
    # From the list that it was matched in: two hundred need no two hundred requests.
    assert world.count_requests("GET", id_) == 0


def test_all_four_kinds_are_adopted_in_the_order_of_their_references(
    world: World, program: Program, stack: Stack
) -> None:
    flow_world = FlowWorld(world)
    dataflow = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    group = program.add("acme:Group", "group", custom=False)
    lake = declare_lake(program)
    source_inputs = build_source_inputs(LATER)
    uses: dict[str, Any] = {"propertyDependencies": {"baseConnectionId": [lake]}}
    source = program.add_entity("SourceConnection", parent=group, **uses, **source_inputs)
    target = program.add_entity("TargetConnection", parent=group, **build_target_inputs())
    inputs = {**flow_world.build_dataflow_inputs(), "sourceConnectionIds": [LATER], "targetConnectionIds": [LATER]}
    uses = {"propertyDependencies": {"sourceConnectionIds": [source, lake], "targetConnectionIds": [target]}}
    program.add_entity("Dataflow", parent=group, **uses, **inputs)

    adoption = adopt(program, stack)

    assert get_reasons(adoption) == {}
    assert get_differences(adoption) == {"lake": (), "orders": (), "orders-daily": (), "orders-lake": ()}
    entries = {each["name"]: each for each in json.loads(adoption.write_import_file())["resources"]}
    assert list(entries) == ["group", "lake", "orders", "orders-lake", "orders-daily"]
    assert entries["orders"]["inputs"]["baseConnectionId"] == flow_world.base_connection_id
    assert entries["orders-daily"]["parent"] == "group"
    outputs = entries["orders-daily"]["outputs"]
    assert {name: value for name, value in outputs.items() if name != "__provider"} == dataflow.outputs


def test_child_of_a_skipped_resource_is_skipped_too(world: World, program: Program, stack: Stack) -> None:
    FlowWorld(world)
    lake = declare_lake(program, name="another")
    uses: dict[str, Any] = {"propertyDependencies": {"baseConnectionId": [lake]}}
    program.add_entity("SourceConnection", **uses, **build_source_inputs(LATER))

    reasons = get_reasons(adopt(program, stack))

    assert reasons["lake"] == "none has its name and source"
    assert "baseConnectionId" in reasons["orders"]


def test_differing_fields_are_named_and_a_resource_that_would_be_replaced_is_skipped(
    world: World, program: Program, stack: Stack
) -> None:
    flow_world = FlowWorld(world)
    declare_lake(program, description="ours", database="ours", catalog=LATER)
    base = flow_world.base_connection_id
    program.add_entity("SourceConnection", **build_source_inputs(base, tableName="acme.customers"))
    target_inputs = build_target_inputs(dataSetId="6889f4f89b982b2b90bc1208")
    program.add_entity("TargetConnection", **target_inputs)

    adoption = adopt(program, stack)

    assert get_differences(adoption) == {"lake": ("description", "database")}
    assert adoption.adopted[0].unknown_fields == ("catalog",)
    assert get_reasons(adoption) == {
        "orders": "its tableName differs, so it would be replaced",
        "orders-lake": "its dataSetId differs, so it would be replaced",
    }


def test_another_mapping_differs_and_another_flow_spec_would_replace(
    world: World, program: Program, stack: Stack
) -> None:
    flow_world = FlowWorld(world)
    inputs = flow_world.build_dataflow_inputs()
    flow_world.create_lifecycle().create(inputs)
    other = flow_world.build_dataflow_inputs(name="other", owner="project/dev/other")
    flow_world.create_lifecycle().create(other)
    program.add_entity("Dataflow", **{**inputs, "mapping": {"order_id": "_id"}})
    program.add_entity("Dataflow", **{**other, "flowSpecName": "CloudStorageToAEP"})

    adoption = adopt(program, stack)

    assert get_differences(adoption) == {"orders-daily": ("mapping",)}
    assert get_reasons(adoption)["other"].startswith("its flowSpecName")


def test_entities_of_one_name_are_listed_for_the_user_to_choose(world: World, program: Program, stack: Stack) -> None:
    ids = {world.create_foreign(), world.create_foreign()}
    declare_lake(program)

    (left,) = adopt(program, stack).not_adopted
    (mapped,) = adopt(program, stack, AdoptionSelection(mappings=[f"lake={min(ids)}"])).adopted
    (gone,) = adopt(program, stack, AdoptionSelection(recorded={"lake": "not-there"})).not_adopted

    assert set(left.ids) == ids
    assert "--map" in left.reason
    assert mapped.id == min(ids)
    assert "not-there" in gone.reason


def test_entity_that_two_resources_declare_is_skipped_for_the_user_to_decide(
    world: World, program: Program, stack: Stack
) -> None:
    id_ = world.create().id
    declare_lake(program)
    declare_lake(program, "sea")

    adoption = adopt(program, stack)

    assert adoption.adopted == []
    assert get_reasons(adoption) == dict.fromkeys(("lake", "sea"), f"2 resources declare {id_}")


def test_child_of_an_adopted_resource_is_adopted_after_it(world: World, program: Program, stack: Stack) -> None:
    ids = [world.create(name=name).id for name in ("lake", "child")]
    parent = declare_lake(program)
    declare_lake(program, "child", name="child", parent=parent)

    entries = json.loads(adopt(program, stack).write_import_file())["resources"]

    assert [(each["id"], each.get("parent")) for each in entries] == [(ids[0], None), (ids[1], "lake")]


def test_undeclared_parameter_may_be_a_secret_and_is_left_to_the_refresh(
    world: World, program: Program, stack: Stack
) -> None:
    id_ = world.create().id
    world.edit_foreign(id_, "/auth/params/region", "not-declared")
    declare_lake(program)

    adoption = adopt(program, stack)

    assert get_differences(adoption) == {"lake": ()}
    assert "not-declared" not in adoption.write_import_file()


def test_child_of_a_resource_that_the_user_must_decide_is_skipped(world: World, program: Program, stack: Stack) -> None:
    world.create()
    world.create(name="child")
    declare_lake(program)
    parent = declare_lake(program, "sea")
    declare_lake(program, "child", name="child", parent=parent)

    adoption = adopt(program, stack)

    assert adoption.adopted == []
    assert get_reasons(adoption)["child"] == "it is below sea, which has to be created first"


def test_entity_that_another_stack_owns_or_this_stack_manages_is_skipped(
    world: World, program: Program, stack: Stack
) -> None:
    id_ = world.create_foreign(description="x\nManaged by Pulumi: other/dev/lake")
    managed = world.create_foreign(name="managed")
    declare_lake(program)
    declare_lake(program, "new-name", name="managed")
    resource = {"urn": f"urn:pulumi:dev::project::{LAKE}::old-name", "type": LAKE, "id": managed, "custom": True}
    (stack.folder / "state.json").write_text(json.dumps({"deployment": {"resources": [resource]}}))

    adoption = adopt(program, stack)

    assert "belongs to other/dev/lake" in get_reasons(adoption)["lake"]
    assert "manages it already as old-name" in get_reasons(adoption)["new-name"]
    assert [each.ids for each in adoption.not_adopted] == [(id_,), (managed,)]


@pytest.mark.parametrize("name", [LATER, encrypt(LATER)])
def test_resource_name_that_is_unknown_until_the_update_is_not_matched(
    world: World, program: Program, stack: Stack, name: object
) -> None:
    world.create()
    declare_lake(program, name=name)

    assert "--map" in get_reasons(adopt(program, stack))["lake"]


def test_secret_that_is_unknown_until_the_update_stays_absent(world: World, program: Program, stack: Stack) -> None:
    world.create()
    declare_lake(program, accessToken=encrypt(LATER))

    ((adopted),) = adopt(program, stack).adopted

    assert (adopted.changed_fields, adopted.unknown_fields) == ((), ("accessToken",))
    assert "accessToken" not in adopted.entry["inputs"]
    assert "accessToken" not in adopted.entry["outputs"]


def test_resource_name_that_is_a_secret_is_matched_and_stays_secret(
    world: World, program: Program, stack: Stack
) -> None:
    world.create()
    declare_lake(program, name=encrypt("lake"))

    ((adopted),) = adopt(program, stack).adopted

    assert adopted.entry["inputs"]["name"] == adopted.entry["outputs"]["name"] == encrypt("lake")


def test_each_provider_adopts_in_its_own_sandbox_and_after_its_parent(
    world: World, program: Program, stack: Stack
) -> None:
    world.create_foreign(sandbox="dev")
    stage = world.create_foreign(sandbox="stage")
    group = program.add("acme:Group", "group", custom=False)
    settings = {**program.settings, "flowService": "stage", "sandbox": "stage"}
    provider = program.add(PROVIDER_TYPE, "stage", settings, parent=group)
    program.entries[-1] |= {"parent": "group"}
    declare_lake(program)
    lake = declare_lake(program, "stage-lake")
    program.plans[lake]["goal"]["provider"] = f"{provider}::{LATER}"
    program.entries[-1] |= {"provider": "stage"}

    adoption = adopt(program, stack)
    document = json.loads(adoption.write_import_file())

    assert {each["resource"]: each["sandbox"] for each in build_adoption_result(adoption)["resources"]} == {
        "lake": "dev",
        "stage-lake": "stage",
    }
    assert [each["name"] for each in document["resources"]] == ["group", "stage", "lake", "stage-lake"]
    assert document["resources"][1]["inputs"]["clientSecret"] == encrypt("emulator-client-secret")
    assert document["resources"][3]["id"] == stage


def test_resource_below_an_uncreated_parent_is_skipped(world: World, program: Program, stack: Stack) -> None:
    world.create()
    bucket = program.add("aws:s3:Bucket", "bucket")
    outer = program.add("acme:Group", "outer", custom=False, parent=bucket)
    lake = declare_lake(program, parent=outer)
    program.plans[lake]["goal"]["provider"] = f"{program.provider}::{LATER}"

    assert "below bucket" in get_reasons(adopt(program, stack))["lake"]


def test_provider_with_inputs_that_are_unknown_until_the_update_is_undecided(
    world: World, program: Program, stack: Stack
) -> None:
    world.create()
    program.plans[program.provider]["state"]["adobe:clientSecret"] = encrypt(LATER)
    declare_lake(program)

    assert "adobe:clientSecret" in get_reasons(adopt(program, stack))["lake"]


def test_only_selected_resources_are_searched_and_a_misspelt_name_is_an_error(
    world: World, program: Program, stack: Stack
) -> None:
    world.create()
    declare_lake(program)
    declare_lake(program, "sea")

    adoption = adopt(program, stack, AdoptionSelection(only=["lake"]))
    with pytest.raises(Problem) as problem:
        adopt(program, stack, AdoptionSelection(only=["lkae"]))

    assert ([each.planned.name for each in adoption.adopted], adoption.not_adopted) == (["lake"], [])
    assert "It creates: lake." in str(problem.value)


def test_connection_that_cannot_be_read_completely_is_skipped(world: World, program: Program, stack: Stack) -> None:
    id_ = world.create().id
    declare_lake(program)
    entity = {**world.start_process().service.get("connections", id_), "description": ["no", "text"]}
    world.emulator.fault("GET /connections", status=200, body={"items": [entity]})

    assert "cannot be read" in get_reasons(adopt(program, stack))["lake"]
