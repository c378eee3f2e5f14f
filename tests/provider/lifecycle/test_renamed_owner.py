"""The ownership line after a rename of the stack, the project or the resource."""

from __future__ import annotations

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConflictingChange, OwnedByAnotherStack
from tests.provider.lifecycle.world import OWNER, WITH_OWNERSHIP, World, build_inputs

NEW_OWNER = "project/production/lake"


@pytest.fixture
def created(world: World) -> CreatedResource:
    """A connection with the ownership line of the stack `project/dev`."""
    created = world.create(WITH_OWNERSHIP)
    world.emulator.clear_journal()
    return created


def _read_line(world: World) -> str:
    return str(world.get_connection()["description"]).rpartition("\n")[2]


@pytest.mark.parametrize("new_owner", [NEW_OWNER, "other/dev/lake"], ids=["stack", "project"])
def test_renamed_stack_rewrites_its_line_once_and_its_delete_works(
    world: World, created: CreatedResource, new_owner: str
) -> None:
    inputs = build_inputs(owner=new_owner)
    process = world.start_process(WITH_OWNERSHIP)

    assert process.lifecycle.diff(created.id, created.outputs, inputs)
    assert world.count_requests("PATCH") == 0
    outputs = process.lifecycle.update(created.id, created.outputs, inputs)

    assert [operation["path"] for operation in world.get_patch()["body"]] == ["/description"]
    assert _read_line(world) == f"Managed by Pulumi: {new_owner}"
    assert outputs["owner"] == new_owner
    assert outputs["description"] == inputs["description"]
    assert not world.start_process(WITH_OWNERSHIP).lifecycle.diff(created.id, outputs, inputs)
    world.start_process(WITH_OWNERSHIP).lifecycle.delete(created.id, outputs, new_owner)
    assert world.list_connections() == []


def test_preview_of_a_renamed_stack_warns_once_and_names_both_stacks_and_what_a_copy_does(
    world: World, created: CreatedResource
) -> None:
    process = world.start_process(WITH_OWNERSHIP)

    for _ in range(2):
        process.lifecycle.diff(created.id, created.outputs, build_inputs(owner=NEW_OWNER))

    (message,) = process.messages
    assert message.startswith("warning: ")
    assert all(fact in message for fact in ('"project/dev"', '"project/production"', "`pulumi state delete`"))


def test_renamed_resource_rewrites_its_line_without_a_warning(world: World, created: CreatedResource) -> None:
    process = world.start_process(WITH_OWNERSHIP)
    inputs = build_inputs(owner="project/dev/renamed")

    assert process.lifecycle.diff(created.id, created.outputs, inputs)
    process.lifecycle.update(created.id, created.outputs, inputs)

    assert process.messages == []
    assert _read_line(world) == "Managed by Pulumi: project/dev/renamed"


def test_rename_and_another_change_are_one_patch(world: World, created: CreatedResource) -> None:
    inputs = build_inputs(owner=NEW_OWNER, name="lake of production", description="another text")

    world.start_process(WITH_OWNERSHIP).lifecycle.update(created.id, created.outputs, inputs)

    assert len(world.get_patch()["body"]) == 2
    assert world.get_connection()["description"] == f"another text\nManaged by Pulumi: {NEW_OWNER}"


def test_without_ownership_a_rename_is_no_change(world: World) -> None:
    created = world.create()

    assert not world.start_process().lifecycle.diff(created.id, created.outputs, build_inputs(owner=NEW_OWNER))


def test_state_without_an_owner_is_no_change(world: World, created: CreatedResource) -> None:
    outputs = {name: value for name, value in created.outputs.items() if name != "owner"}

    assert not world.start_process(WITH_OWNERSHIP).lifecycle.diff(created.id, outputs, build_inputs(owner=NEW_OWNER))


def test_entity_without_a_line_gets_none_and_the_state_records_the_new_owner(world: World) -> None:
    created = world.create()
    world.emulator.clear_journal()

    outputs = world.start_process(WITH_OWNERSHIP).lifecycle.update(
        created.id, created.outputs, build_inputs(owner=NEW_OWNER)
    )

    assert world.list_writes() == []
    assert outputs["owner"] == NEW_OWNER


@pytest.mark.parametrize("changes", [{}, {"description": "another text"}], ids=["rename", "rename and change"])
def test_line_of_a_third_stack_is_not_rewritten(
    world: World, created: CreatedResource, changes: dict[str, str]
) -> None:
    world.edit_foreign(created.id, "/description", "the lake\nManaged by Pulumi: project/third/lake")
    lifecycle = world.start_process(WITH_OWNERSHIP).lifecycle

    with pytest.raises(OwnedByAnotherStack, match="project/third/lake"):
        lifecycle.update(created.id, created.outputs, build_inputs(owner=NEW_OWNER, **changes))

    assert _read_line(world) == "Managed by Pulumi: project/third/lake"


def test_line_is_rewritten_although_a_harmless_change_moved_the_etag(world: World, created: CreatedResource) -> None:
    world.edit_foreign(created.id, "/description", f"the lake\nManaged by Pulumi: {OWNER}")
    assert world.get_connection()["etag"] != created.outputs["etag"]
    inputs = build_inputs(owner=NEW_OWNER)

    outputs = world.start_process(WITH_OWNERSHIP).lifecycle.update(created.id, created.outputs, inputs)

    assert _read_line(world) == f"Managed by Pulumi: {NEW_OWNER}"
    assert outputs["etag"] == world.get_connection()["etag"]


def test_rename_does_not_overwrite_a_description_that_somebody_changed(world: World, created: CreatedResource) -> None:
    world.edit_foreign(created.id, "/description", f"a foreign text\nManaged by Pulumi: {OWNER}")
    lifecycle = world.start_process(WITH_OWNERSHIP).lifecycle

    with pytest.raises(ConflictingChange, match="a foreign text"):
        lifecycle.update(created.id, created.outputs, build_inputs(owner=NEW_OWNER))

    assert _read_line(world) == f"Managed by Pulumi: {OWNER}"


def test_delete_in_a_stack_that_the_line_does_not_name_is_refused_although_the_state_recorded_it(
    world: World, created: CreatedResource
) -> None:
    lifecycle = world.start_process(WITH_OWNERSHIP).lifecycle

    with pytest.raises(OwnedByAnotherStack, match=OWNER) as error:
        lifecycle.delete(created.id, created.outputs, NEW_OWNER)

    assert all(fact in error.value.hint for fact in ("ADOBE_DISOWN=project/dev", '"project/production"', "`pulumi up`"))
    assert world.list_writes() == []


@pytest.mark.parametrize("disown", [("project/dev",), ("project/other", "project/dev")], ids=str)
def test_delete_of_what_a_disowned_stack_owns_works(
    world: World, created: CreatedResource, disown: tuple[str, ...]
) -> None:
    options = Options(test="off", ownership="description", disown=disown)

    world.start_process(options).lifecycle.delete(created.id, created.outputs, NEW_OWNER)

    with pytest.raises(NotFound):
        world.start_process().service.get("connections", created.id)


def test_disowning_another_stack_deletes_nothing(world: World, created: CreatedResource) -> None:
    options = Options(test="off", ownership="description", disown=("project/other",))

    with pytest.raises(OwnedByAnotherStack):
        world.start_process(options).lifecycle.delete(created.id, created.outputs, NEW_OWNER)

    assert len(world.list_connections()) == 1
