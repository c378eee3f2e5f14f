"""Read: one GET, or a list page, turned into outputs and inputs. A read that differs by itself would be false drift."""

from __future__ import annotations

import re

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.timestamps import from_epoch_milliseconds
from tests.provider.lifecycle.world import LAKE, READ_ROUTE, SECRET, WITH_OWNERSHIP, World, build_inputs


def test_read_returns_foreign_changes_and_shows_who_made_them(world: World, created: CreatedResource) -> None:
    world.edit_foreign(created.id, "/name", "foreign", client="their-app")
    process = world.start_process()

    resource = process.lifecycle.read(created.id, created.outputs)

    assert resource is not None
    assert resource.inputs == build_inputs(name="foreign")
    assert resource.outputs["accessToken"] == SECRET
    connection = world.get_connection()
    updated_at = from_epoch_milliseconds(connection["updatedAt"])
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT[\d:.]+Z", str(updated_at))
    (message,) = process.messages
    assert message.startswith(f"{LAKE} ({created.id}) was changed outside of this stack")
    facts = (f"by {connection['updatedBy']}", "through their-app", f"at {updated_at}")
    assert all(fact in message for fact in facts)


def test_a_second_read_shows_the_foreign_change_no_more(world: World, created: CreatedResource) -> None:
    world.edit_foreign(created.id, "/name", "foreign")
    resource = world.start_process().lifecycle.read(created.id, created.outputs)
    assert resource is not None
    process = world.start_process()

    process.lifecycle.read(created.id, resource.outputs)

    assert process.messages == []


@pytest.mark.parametrize("description", ["kept", "null", "absent"])
@pytest.mark.parametrize("secrets", ["masked", "absent", "empty"])
@pytest.mark.parametrize("inputs", [build_inputs(), build_inputs(name="bare", description=None)], ids=["full", "bare"])
def test_read_of_an_unchanged_entity_is_no_drift_in_any_form_of_the_response(
    world: World, description: str, secrets: str, inputs: dict[str, object]
) -> None:
    world.emulator.switch(description=description, secrets=secrets, added_params="on")
    created = world.start_process().lifecycle.create(inputs)

    resource = world.start_process().lifecycle.read(created.id, created.outputs)

    assert resource is not None
    assert resource.inputs == inputs
    assert resource.outputs == created.outputs


@pytest.mark.parametrize("options", [WITH_OWNERSHIP, Options(test="off")], ids=["with ownership", "without"])
def test_read_returns_descriptions_without_the_ownership_line(world: World, options: Options) -> None:
    created = world.create(WITH_OWNERSHIP)
    without_description = world.create(WITH_OWNERSHIP, name="bare", description=None)

    resource = world.start_process(options).lifecycle.read(created.id, created.outputs)
    bare_resource = world.start_process(options).lifecycle.read(without_description.id, without_description.outputs)

    assert resource is not None
    assert resource.inputs == build_inputs()
    assert bare_resource is not None
    assert "description" not in bare_resource.inputs


def test_read_of_a_deleted_entity_returns_none(world: World, created: CreatedResource) -> None:
    world.emulator.foreign_delete(created.id)

    assert world.start_process().lifecycle.read(created.id, created.outputs) is None


@pytest.mark.parametrize(
    "body",
    [
        {"type": "https://ns.adobe.com/aep/errors/FLOW-2100-404", "title": "x", "errorMessage": "x"},
        {"errorCode": "2100-404", "errorMessage": "x"},
        {"errorMessage": "Sandbox not found with name = [dev]"},
    ],
    ids=["envelope", "code", "message"],
)
def test_read_in_a_missing_sandbox_is_an_error_and_not_a_deleted_entity(
    world: World, created: CreatedResource, body: dict[str, str]
) -> None:
    world.emulator.fault(READ_ROUTE, status=404, body=body)

    with pytest.raises(AdobeError):
        world.start_process().lifecycle.read(created.id, created.outputs)
