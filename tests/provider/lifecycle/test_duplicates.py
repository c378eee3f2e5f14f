"""The search for existing entities before a create: refuse, adopt, or create another one."""

from __future__ import annotations

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import AlreadyExists, CannotAdopt, DuplicateDeclaration
from tests.provider.lifecycle.world import LAKE, OTHER_SPEC, WITH_OWNERSHIP, World, build_inputs

DUPLICATE = Options(test="off", on_existing="duplicate")


def test_create_refuses_an_existing_entity_with_its_id_and_the_command_that_adopts_it(world: World) -> None:
    existing_id = world.create_foreign()

    with pytest.raises(AlreadyExists) as error:
        world.create(Options(test="off", adopt=("given-1",)))

    author = world.get_connection()["createdBy"]
    facts = (LAKE, "sandbox dev", f"{existing_id} (created 20", f"by {author}", "not created")
    assert all(fact in error.value.message for fact in facts)
    assert f"ADOBE_ADOPT=given-1,{existing_id} pulumi up" in error.value.hint
    assert "pulumi config set adobe:onExisting duplicate" in error.value.hint
    assert "belongs to" not in error.value.message
    assert world.list_writes() == []


def test_each_refusal_of_a_run_shows_the_command_with_all_ids_so_far(world: World) -> None:
    ids = [world.create_foreign(name=name) for name in ("a", "b")]
    lifecycle = world.start_process().lifecycle

    with pytest.raises(AlreadyExists):
        lifecycle.create(build_inputs(name="a"))
    with pytest.raises(AlreadyExists) as second_error:
        lifecycle.create(build_inputs(name="b"))

    assert f"ADOBE_ADOPT={ids[0]},{ids[1]} pulumi up" in second_error.value.hint


def test_a_refusal_names_the_stack_that_owns_the_existing_entity(world: World) -> None:
    world.create_foreign(description="x\nManaged by Pulumi: project/prod/lake")

    with pytest.raises(AlreadyExists, match=r"belongs to project/prod/lake\."):
        world.create()


@pytest.mark.parametrize(
    ("description", "old_name"),
    [("the lake", "<old name>"), ("x\nManaged by Pulumi: project/dev/old/lake", "old/lake")],
    ids=["unknown", "in the ownership line"],
)
def test_a_refusal_offers_the_alias_of_a_renamed_resource_before_adoption(
    world: World, description: str, old_name: str
) -> None:
    world.create_foreign(description=description)
    process = world.start_process()
    process.lifecycle.check({}, build_inputs())

    with pytest.raises(AlreadyExists) as error:
        process.lifecycle.create(build_inputs())

    line = f'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="{old_name}")])'
    for text in (error.value.hint, process.messages[0]):
        assert text.index(line) < text.index("ADOBE_ADOPT=")
    assert "pulumi up --refresh --replace" in error.value.hint


def test_an_entity_of_another_stack_is_no_renamed_resource(world: World) -> None:
    world.create_foreign(description="x\nManaged by Pulumi: project/prod/lake")

    with pytest.raises(AlreadyExists) as error:
        world.create()

    assert "aliases=" not in error.value.hint


def test_create_does_not_guess_between_two_existing_entities(world: World) -> None:
    ids = [world.create_foreign() for _ in range(2)]

    with pytest.raises(AlreadyExists) as error:
        world.create()
    with pytest.raises(AlreadyExists) as error_with_both_ids:
        world.create(Options(test="off", adopt=tuple(ids)))

    first_line, *entity_lines = error.value.message.split("\n")
    assert all(fact in first_line for fact in (LAKE, "2 times", "sandbox dev", "not created"))
    assert {line.split()[0] for line in entity_lines} == set(ids)
    assert all("(created 20" in line for line in entity_lines)
    assert "ADOBE_ADOPT=<id> pulumi up" in error.value.hint
    assert all(id_ in error_with_both_ids.value.message for id_ in ids)
    assert world.list_writes() == []


def test_an_entity_of_another_spec_is_no_duplicate(world: World) -> None:
    world.create_foreign(connectionSpec=OTHER_SPEC)

    world.create()

    assert len(world.list_connections()) == 2


def test_names_that_differ_in_case_are_no_duplicates(world: World) -> None:
    world.create_foreign(name="Lake")

    world.create()

    assert len(world.list_connections()) == 2


def test_on_existing_duplicate_creates_a_second_entity(world: World) -> None:
    world.create_foreign()

    world.create(DUPLICATE)

    assert len(world.list_connections()) == 2


def test_with_ownership_create_adopts_an_entity_that_the_same_resource_owns(world: World) -> None:
    created = world.create(WITH_OWNERSHIP)

    assert world.create(WITH_OWNERSHIP).id == created.id


def test_without_ownership_create_refuses_an_entity_that_the_same_resource_owns(world: World) -> None:
    world.create(WITH_OWNERSHIP)

    with pytest.raises(AlreadyExists):
        world.create()


def test_with_ownership_create_adopts_an_entity_of_another_resource_of_the_stack_only_on_request(world: World) -> None:
    created = world.create(WITH_OWNERSHIP)
    new_owner = "project/dev/renamed"

    with pytest.raises(AlreadyExists):
        world.create(WITH_OWNERSHIP, owner=new_owner)
    requested = Options(test="off", ownership="description", adopt=(created.id,))
    assert world.create(requested, owner=new_owner).id == created.id

    assert world.get_connection()["description"].endswith(f"Managed by Pulumi: {new_owner}")


def test_adopt_id_of_an_entity_that_does_not_exist_is_refused(world: World) -> None:
    with pytest.raises(CannotAdopt) as error:
        world.create(adoptId="nowhere")

    assert all(fact in error.value.message for fact in (LAKE, "nowhere", "sandbox dev", "not created"))
    assert all(setting in error.value.hint for setting in ("adopt_id", "adobe:sandbox", "adobe:orgId"))
    assert world.list_writes() == []


def test_adopt_id_of_an_entity_of_another_sandbox_is_refused(world: World) -> None:
    id_ = world.create_foreign(sandbox="stage")

    with pytest.raises(CannotAdopt, match=id_):
        world.create(adoptId=id_)

    assert world.list_writes() == []


def test_two_resources_cannot_adopt_one_entity(world: World) -> None:
    id_ = world.create_foreign()
    lifecycle = world.start_process().lifecycle
    lifecycle.create(build_inputs(adoptId=id_))

    with pytest.raises(DuplicateDeclaration) as error:
        lifecycle.create(build_inputs(name="other", adoptId=id_, owner="project/dev/other"))

    facts = (f"The resource that holds {id_}", "project/dev/other", '"other"', "not created")
    assert all(fact in error.value.message for fact in facts)
    assert error.value.hint


@pytest.mark.parametrize("options", [Options(test="off"), DUPLICATE], ids=["fail", "duplicate"])
def test_two_resources_cannot_declare_one_name_and_spec(world: World, options: Options) -> None:
    lifecycle = world.start_process(options).lifecycle
    lifecycle.create(build_inputs())

    with pytest.raises(DuplicateDeclaration) as error:
        lifecycle.create(build_inputs(owner="project/dev/second"))

    assert all(fact in error.value.message for fact in ("project/dev/second", '"lake"', "not created"))
    assert "name" in error.value.hint
    assert len(world.list_connections()) == 1


def test_a_name_that_its_holder_gives_up_in_this_run_is_free(world: World, created: CreatedResource) -> None:
    renamed_inputs = build_inputs(name="renamed")
    lifecycle = world.start_process().lifecycle
    lifecycle.check(build_inputs(), renamed_inputs)
    lifecycle.diff(created.id, created.outputs, renamed_inputs)

    second = lifecycle.create(build_inputs(owner="project/dev/second"))

    assert second.id != created.id
    assert len(world.list_connections()) == 2


def test_a_name_that_an_update_of_this_run_took_is_not_free(world: World, created: CreatedResource) -> None:
    lifecycle = world.start_process().lifecycle
    # The entities are listed before the update: only what the update itself records can show the new name.
    with pytest.raises(AlreadyExists):
        lifecycle.create(build_inputs(owner="project/dev/other"))
    lifecycle.update(created.id, created.outputs, build_inputs(name="renamed"))

    with pytest.raises(DuplicateDeclaration, match="renamed"):
        lifecycle.create(build_inputs(name="renamed", owner="project/dev/other"))


def test_secret_that_is_part_of_the_id_leaves_the_command_usable(world: World) -> None:
    existing_id = world.create_foreign()
    secret = existing_id[9:13]
    process = world.start_process()

    with pytest.raises(AlreadyExists) as error:
        process.lifecycle.create(build_inputs(accessToken=secret))

    assert f"ADOBE_ADOPT={existing_id} pulumi up" in process.context.redactor.redact_message(str(error.value))
