"""The warnings of a preview about existing entities that a create would refuse."""

from __future__ import annotations

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.schema.values import UNKNOWN, Properties
from tests.provider.lifecycle.world import LAKE, LIST_ROUTE, SECRET, World, build_inputs

ANOTHER_SPEC = {"id": "00000000-0000-4000-8000-000000000001", "version": "1.0"}


def test_check_warns_about_an_existing_entity_with_the_command_that_adopts_it(world: World) -> None:
    existing_id = world.create_foreign()
    process = world.start_process(Options(test="off", adopt=("given-1",)))

    process.lifecycle.check({}, build_inputs())

    (warning,) = process.messages
    assert warning.startswith(f"warning: {LAKE} already exists")
    assert f"{existing_id} (created 20" in warning
    assert f"ADOBE_ADOPT=given-1,{existing_id} pulumi up" in warning
    assert "pulumi up --refresh --replace" in warning


def test_check_warns_and_does_not_fail_if_the_entities_cannot_be_listed(world: World) -> None:
    world.emulator.fault(LIST_ROUTE, status=403, times=10)
    process = world.start_process()

    process.lifecycle.check({}, build_inputs())

    (warning,) = process.messages
    assert warning.startswith(f"warning: {LAKE}")
    assert "was not checked" in warning
    assert "403" in warning


def test_a_warning_redacts_a_secret_that_the_service_echoes(world: World) -> None:
    world.emulator.fault(LIST_ROUTE, status=400, body={"errorMessage": f"bad {SECRET}"})
    process = world.start_process()

    process.lifecycle.check({}, build_inputs())

    assert any("bad [secret]" in message for message in process.messages)
    assert not any(SECRET in message for message in process.messages)


def test_check_does_not_warn_about_an_entity_that_this_run_adopts(world: World, created: CreatedResource) -> None:
    adopting_process = world.start_process(Options(test="off", adopt=(created.id,)))
    declaring_process = world.start_process()

    adopting_process.lifecycle.check({}, build_inputs())
    declaring_process.lifecycle.check({}, build_inputs(adoptId=created.id))

    assert adopting_process.messages == declaring_process.messages == []


def test_check_does_not_warn_about_the_entity_of_the_resource_itself(world: World, created: CreatedResource) -> None:
    process = world.start_process()

    process.lifecycle.check(build_inputs(), build_inputs())
    # The second check of an existing resource is that of its replacement.
    process.lifecycle.check({}, build_inputs())
    assert process.messages == []

    process.lifecycle.check({}, build_inputs(owner="project/dev/other"))
    assert any(created.id in message for message in process.messages)


def test_check_does_not_warn_about_an_entity_that_this_run_replaces(world: World, created: CreatedResource) -> None:
    process = world.start_process()
    process.lifecycle.diff(created.id, created.outputs, build_inputs(connectionSpec=ANOTHER_SPEC))

    process.lifecycle.check({}, build_inputs(owner="project/dev/second"))

    assert process.messages == []


def test_check_does_not_warn_if_duplicates_are_allowed(world: World) -> None:
    world.create_foreign()
    process = world.start_process(Options(test="off", on_existing="duplicate"))

    process.lifecycle.check({}, build_inputs())

    assert process.messages == []


@pytest.mark.parametrize("unknown_inputs", [{"name": UNKNOWN}, {"connectionSpec": UNKNOWN}], ids=str)
def test_check_does_not_warn_while_name_or_spec_are_unknown(world: World, unknown_inputs: Properties) -> None:
    world.create_foreign()
    process = world.start_process()

    process.lifecycle.check({}, build_inputs(**unknown_inputs))

    assert process.messages == []


def test_service_that_is_down_is_one_warning_whatever_the_number_of_resources(world: World) -> None:
    process = world.start_process(endpoint="http://127.0.0.1:9")

    for number in range(6):
        process.lifecycle.check({}, build_inputs(name=f"lake-{number}"))

    (message,) = process.messages
    assert message.startswith("warning: ")
    assert "127.0.0.1:9" in message
    assert process.clock.sleeps == []
