"""Changes while Flow Service is at work on the entity: each state and each refusal, with each operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import Conflict, WrongState
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConflictingChange, FailedState, NotReadyInTime, PartialFailure
from tests.provider.lifecycle.world import (
    CREATE_ROUTE,
    DELETE_ROUTE,
    READ_ROUTE,
    UPDATE_ROUTE,
    World,
    build_inputs,
)

pytestmark = pytest.mark.slow

REFUSALS: Final = ("by_state", "1416-400", "1417-400", "1420-400", "1457-400", "1458-400", "409", "423", "425")
STATES: Final = (
    *("initializing", "inProgress", "updating", "pending", "enabling", "disabling"),
    *("enabled-finalizing", "delete-finalizing"),
)
CHANGES: Final = ({"name": "second"}, {"clusterId": "second"}, {"accessToken": "dapi-second-0001"})
ROUTES: Final = {"update": UPDATE_ROUTE, "delete": DELETE_ROUTE}
AN_HOUR: Final = 3_600_000


def _update(world: World, created: CreatedResource, options: Options | None = None, **changes: Any) -> CreatedResource:
    """Update the connection in a process of its own, and return it as the state then has it."""
    lifecycle = world.start_process(options).lifecycle
    return CreatedResource(created.id, lifecycle.update(created.id, created.outputs, build_inputs(**changes)))


def _prepare(world: World, created: CreatedResource, operation: str, timeout: float) -> Callable[[], object]:
    """Return the call of an update or a delete in a process of its own."""
    lifecycle = world.start_process(timeout=timeout).lifecycle
    if operation == "delete":
        return lambda: lifecycle.delete(created.id, created.outputs)
    return lambda: lifecycle.update(created.id, created.outputs, build_inputs(name="second"))


@pytest.fixture
def updated_slowly(world: World, created: CreatedResource) -> CreatedResource:
    """A connection that is still `updating`, as an update that ran out of time leaves it in the state."""
    world.emulator.switch(updating=5)
    with pytest.raises(PartialFailure) as failure:
        world.start_process(timeout=3.0).lifecycle.update(
            created.id, created.outputs, build_inputs(description="first")
        )
    assert failure.value.outputs["state"] == "updating"
    return CreatedResource(created.id, failure.value.outputs)


@pytest.fixture
def created_slowly(world: World) -> CreatedResource:
    """A connection that is still `initializing`, as a create that ran out of time leaves it in the state."""
    world.emulator.switch(initializing=6)
    with pytest.raises(PartialFailure) as failure:
        world.start_process(timeout=6.0).lifecycle.create(build_inputs())
    return CreatedResource(failure.value.id, failure.value.outputs)


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_update_waits_until_an_earlier_update_is_finished(
    world: World, updated_slowly: CreatedResource, refusal: str, changes: dict[str, Any]
) -> None:
    world.emulator.switch(refusal_at_work=refusal)

    outputs = _update(world, updated_slowly, description="first", **changes).outputs

    assert [request["status"] for request in world.emulator.journal() if request["method"] == "PATCH"][-1] == 200
    assert world.list_writes() == ["PATCH", "PATCH"]
    assert {name: outputs[name] for name in changes} == changes


@pytest.mark.parametrize("refusal", REFUSALS)
def test_delete_waits_until_an_earlier_update_is_finished(
    world: World, updated_slowly: CreatedResource, refusal: str
) -> None:
    world.emulator.switch(refusal_at_work=refusal)

    world.start_process().lifecycle.delete(updated_slowly.id, updated_slowly.outputs)

    assert world.list_connections() == []


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("changes", [{}, *CHANGES], ids=str)
def test_update_waits_until_a_connection_is_initialized(
    world: World, created_slowly: CreatedResource, refusal: str, changes: dict[str, Any]
) -> None:
    world.emulator.switch(refusal_at_work=refusal)

    outputs = _update(world, created_slowly, **changes).outputs

    connection = world.get_connection()
    assert (outputs["state"], outputs["etag"]) == ("enabled", connection["etag"])
    assert {name: outputs[name] for name in changes} == changes


@pytest.mark.parametrize("refusal", REFUSALS)
def test_delete_waits_until_a_connection_is_initialized(
    world: World, created_slowly: CreatedResource, refusal: str
) -> None:
    world.emulator.switch(refusal_at_work=refusal)

    world.start_process().lifecycle.delete(created_slowly.id, created_slowly.outputs)

    assert world.list_connections() == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("operation", ROUTES)
def test_change_that_times_out_waiting_names_the_state_and_changes_nothing(
    world: World, created: CreatedResource, operation: str, state: str
) -> None:
    world.edit_foreign(created.id, "/state", state)
    world.emulator.clear_journal()
    run = _prepare(world, created, operation, timeout=6.0)

    with pytest.raises(NotReadyInTime) as error:
        run()

    assert all(fact in error.value.message for fact in (created.id, f'"{state}"', "6 s"))
    assert "same command again" in error.value.hint
    assert world.list_writes() == []


@pytest.mark.parametrize("state", STATES)
def test_read_of_an_updating_entity_shows_its_state_and_no_other_drift(
    world: World, created: CreatedResource, state: str
) -> None:
    world.edit_foreign(created.id, "/state", state)

    read = world.start_process().lifecycle.read(created.id, created.outputs)

    assert read is not None
    assert read.outputs["state"] == state
    assert {name for name in created.outputs if read.outputs.get(name) != created.outputs[name]} <= {"state", "etag"}
    assert world.start_process().lifecycle.diff(created.id, read.outputs, build_inputs()).patch_operations == ()


def test_a_read_of_a_connection_without_an_etag_keeps_that_of_the_state_and_reports_no_change(
    world: World, created: CreatedResource
) -> None:
    world.edit_foreign(created.id, "/state", "initializing")
    process = world.start_process()

    read = process.lifecycle.read(created.id, created.outputs)

    assert read is not None
    assert read.outputs["etag"] == created.outputs["etag"]
    assert process.messages == []


@pytest.mark.parametrize("changes", CHANGES, ids=str)
@pytest.mark.parametrize("state", ["updating", "enabled"])
def test_update_that_timed_out_waiting_is_no_foreign_change_for_the_next_one(
    world: World, created: CreatedResource, state: str, changes: dict[str, Any]
) -> None:
    """The state file can have `enabled`, too: the version of an update that did not wait for its end."""
    world.emulator.switch(updating=f"{AN_HOUR}ms")
    with pytest.raises(PartialFailure) as first:
        _update(world, created, description="first")
    outputs = {**first.value.outputs, "state": state}
    with pytest.raises(PartialFailure) as second:
        _update(world, CreatedResource(created.id, outputs), description="first", **changes)
    assert isinstance(second.value.cause, NotReadyInTime)
    assert second.value.outputs == first.value.outputs

    world.emulator.turn_clock(AN_HOUR / 1000)
    world.emulator.switch(updating="0")
    outputs = _update(world, CreatedResource(created.id, second.value.outputs), description="first", **changes).outputs

    connection = world.get_connection()
    assert (outputs["state"], outputs["etag"]) == ("enabled", connection["etag"])
    assert {name: outputs[name] for name in changes} == changes


def test_update_that_times_out_after_its_patch_is_stored_and_completed_by_the_next_one(
    world: World, created: CreatedResource
) -> None:
    tested = Options(test="auto")
    world.emulator.switch(updating=f"{AN_HOUR}ms")
    with pytest.raises(PartialFailure) as failure:
        _update(world, created, tested, clusterId="second")
    assert isinstance(failure.value.cause, NotReadyInTime)
    assert (failure.value.outputs["clusterId"], failure.value.outputs["state"]) == ("second", "updating")

    world.emulator.turn_clock(AN_HOUR / 1000)
    world.emulator.clear_journal()
    outputs = _update(world, CreatedResource(created.id, failure.value.outputs), tested, clusterId="second").outputs

    assert (outputs["state"], outputs["etag"]) == ("enabled", world.get_connection()["etag"])
    assert world.list_writes() == []
    assert world.count_requests("GET", "/test") == 1


def test_an_update_of_auth_parameters_is_tested_when_the_connection_is_ready(
    world: World, created: CreatedResource
) -> None:
    world.emulator.switch(updating=2)

    outputs = _update(world, created, Options(test="auto"), clusterId="second").outputs

    assert outputs["etag"] == world.get_connection()["etag"]
    assert [request["path"].rpartition("/")[2] for request in world.emulator.journal()][-1] == "test"


def test_update_that_ends_in_a_failed_state_stores_the_sent_values(world: World, created: CreatedResource) -> None:
    failed = {"id": created.id, "state": "failed", "etag": '"1"'}
    world.emulator.fault(READ_ROUTE, status=200, body={"items": [failed]})

    with pytest.raises(PartialFailure) as failure:
        _update(world, created, Options(test="auto"), clusterId="second")

    assert isinstance(failure.value.cause, FailedState)
    assert (failure.value.outputs["clusterId"], failure.value.outputs["state"]) == ("second", "failed")


def test_no_secret_is_sent_over_an_unfinished_foreign_change(world: World, created: CreatedResource) -> None:
    """The error is that of the conflict: to wait, and then to refuse, would be a false promise."""
    world.edit_foreign(created.id, "/state", "updating")

    with pytest.raises(ConflictingChange):
        _update(world, created, accessToken="dapi-second-0001")

    assert world.list_writes() == []


def test_two_consecutive_updates_are_no_foreign_changes_of_each_other(world: World, created: CreatedResource) -> None:
    world.emulator.switch(updating=2)
    updated = _update(world, created, description="first")

    outputs = _update(world, updated, description="first", accessToken="dapi-second-0001").outputs

    assert outputs["etag"] == world.get_connection()["etag"]


def test_adoption_waits_until_an_update_is_finished(world: World, updated_slowly: CreatedResource) -> None:
    adopted = world.create(Options(test="auto", adopt=(updated_slowly.id,)))

    connection = world.get_connection()
    assert (adopted.id, adopted.outputs["etag"]) == (updated_slowly.id, connection["etag"])


@pytest.mark.parametrize(
    "refusal", [{"status": 423}, {"status": 425}, {"status": 400, "body": {"errorCode": "1416-400"}}]
)
def test_create_that_is_temporarily_refused_is_sent_again(world: World, refusal: dict[str, Any]) -> None:
    world.emulator.fault(CREATE_ROUTE, **refusal, times=3)

    created = world.create()

    assert created.id == world.get_connection()["id"]
    assert world.count_requests("POST", "/connections") == 4


@pytest.mark.parametrize("operation", ROUTES)
@pytest.mark.parametrize(
    ("fault", "attempts"),
    [
        ({"status": 409, "body": {"errorMessage": "taken"}}, 4),
        ({"status": 400, "body": {"errorCode": "1416-400"}}, 4),
        ({"status": 423}, 30),
    ],
    ids=["409", "1416", "423"],
)
def test_persistent_refusal_of_a_ready_connection_is_an_error(
    world: World, created: CreatedResource, operation: str, fault: dict[str, Any], attempts: int
) -> None:
    world.emulator.fault(ROUTES[operation], **fault, times=99)
    run = _prepare(world, created, operation, timeout=60.0)

    with pytest.raises((Conflict, WrongState)) as error:
        run()

    assert error.value.status == fault["status"]
    assert world.count_requests(ROUTES[operation].partition(" ")[0]) == attempts
    assert world.list_writes() == []
