"""The life-cycle hooks of a base connection: Flow Service names the parameters of a source that the catalogue lacks."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.sources import connection_specs
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import Process, World

UNLISTED_SPEC = "aaaaaaaa-0000-4000-8000-000000000001"
SPEC_ENTITY = {
    "id": UNLISTED_SPEC,
    "authSpec": [
        {"name": "Basic", "spec": {"type": "object", "properties": {"host": {}, "port": {}}, "required": ["host"]}}
    ],
}


@pytest.fixture
def world(emulator: EmulatorProcess) -> World:
    emulator.fault("GET /connectionSpecs/{id}", status=200, body={"items": [SPEC_ENTITY]})
    return World(emulator)


def problems_of(process: Process, **changed_inputs: Any) -> list[str]:
    resource_type = get_resource_type("BaseConnection")
    new_inputs = {
        "name": "unlisted",
        "authSpec": "Basic",
        "connectionSpec": {"id": UNLISTED_SPEC, "version": "1.0"},
        "owner": "project/dev/unlisted",
        **changed_inputs,
    }
    schema = resource_type.schema.for_properties(new_inputs)
    return list(Lifecycle(schema, resource_type.load_hooks(), process.context).validate({}, new_inputs))


def test_parameters_that_the_connection_spec_has_are_valid(world: World) -> None:
    assert problems_of(world.start_process(), **{"params.host": "h"}) == []


def test_missing_and_unknown_parameters_are_named(world: World) -> None:
    missing, unknown = problems_of(world.start_process(), **{"params.hots": "h"})

    assert missing.startswith("auth.host: ")
    assert unknown.startswith("auth.hots: ")
    assert "did you mean host?" in unknown


def test_unknown_auth_spec_is_named_with_the_nearest_one(world: World) -> None:
    (problem,) = problems_of(world.start_process(), authSpec="Basics")

    assert problem.startswith("auth: ")
    assert "did you mean Basic?" in problem


@pytest.mark.parametrize(
    "changed_inputs",
    [
        {"validate": False},
        {"params": "not known yet"},
        {"connectionSpec": {"id": connection_specs()["postgresql"].id, "version": "1.0"}},
    ],
    ids=["validation is off", "parameters are not known", "source of the catalogue"],
)
def test_valid_parameters_send_no_request_to_flow_service(world: World, changed_inputs: dict[str, Any]) -> None:
    assert problems_of(world.start_process(), **changed_inputs) == []
    assert world.count_requests("GET") == 0


def test_unreadable_connection_spec_is_a_warning(emulator: EmulatorProcess) -> None:
    emulator.fault("GET /connectionSpecs/{id}", status=403, times=3)
    process = World(emulator).start_process()

    assert problems_of(process, **{"params.hots": "h"}) == []
    (message,) = process.messages
    assert message.startswith("warning: ")
    assert UNLISTED_SPEC in message
