"""Create: one POST, the wait until the entity is ready, and the rollback of what failed."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import Unavailable
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConnectionTestFailed, FailedState, NotReadyInTime, PartialFailure
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.lifecycle.operation import LifecycleHooks, ResourceOperation
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.schema.values import Properties
from tests.provider.lifecycle.world import (
    DELETE_ROUTE,
    LAKE,
    OWNER,
    READ_ROUTE,
    SECRET,
    WITH_OWNERSHIP,
    World,
    build_inputs,
)


def test_create_keeps_the_id_of_an_entity_that_it_cannot_read_and_the_next_update_continues(world: World) -> None:
    world.confirm_by_id()
    world.emulator.fault(READ_ROUTE, status=500, times=20)

    with pytest.raises(PartialFailure) as failure:
        world.create()
    world.emulator.clear_faults()

    connection = world.get_connection()
    assert isinstance(failure.value.cause, Unavailable)
    assert failure.value.id == connection["id"]
    assert failure.value.outputs["accessToken"] == SECRET
    outputs = world.start_process().lifecycle.update(connection["id"], failure.value.outputs, build_inputs())
    assert outputs["etag"] == connection["etag"]
    assert outputs["state"] == "enabled"
    assert world.count_requests("PATCH") == 0


def test_create_keeps_the_id_of_an_entity_that_is_not_ready_in_time(world: World) -> None:
    world.emulator.switch(initializing=1000)

    with pytest.raises(PartialFailure) as failure:
        world.start_process(timeout=10.0).lifecycle.create(build_inputs())

    assert isinstance(failure.value.cause, NotReadyInTime)
    assert failure.value.id == world.get_connection()["id"]
    assert "initializing" in failure.value.message


def test_create_deletes_an_entity_that_ends_in_a_failed_state(world: World) -> None:
    world.emulator.switch(final_state="failed")

    with pytest.raises(FailedState) as failure:
        world.create()

    assert world.list_writes() == ["POST", "DELETE"]
    assert world.list_connections() == []
    first_line, last_line = failure.value.message.split("\n")
    assert re.match(rf"{LAKE} \([0-9a-f-]{{36}}\) was created", first_line)
    assert '"failed"' in first_line
    assert "deleted" in last_line


def test_create_after_a_rollback_neither_holds_nor_lists_the_deleted_entity(world: World) -> None:
    world.emulator.switch(final_state="failed")
    lifecycle = world.start_process().lifecycle
    with pytest.raises(FailedState):
        lifecycle.create(build_inputs())
    world.emulator.switch(final_state="enabled")

    created = lifecycle.create(build_inputs())

    assert world.get_connection()["id"] == created.id


def test_create_keeps_the_id_if_the_rollback_fails(world: World) -> None:
    world.emulator.switch(final_state="failed")
    world.emulator.fault(DELETE_ROUTE, status=403, times=10)

    with pytest.raises(PartialFailure) as failure:
        world.create()

    assert isinstance(failure.value.cause, FailedState)
    assert failure.value.id == world.get_connection()["id"]
    rollback_line = failure.value.message.split("\n")[-1]
    assert "rollback" in rollback_line
    assert "403" in rollback_line


def test_create_keeps_all_outputs_if_the_rollback_after_a_failed_test_fails(world: World) -> None:
    world.emulator.switch(test_result="false")
    world.emulator.fault(DELETE_ROUTE, status=403, body={"error_code": "403027"})

    with pytest.raises(PartialFailure) as failure:
        world.create(Options(test="fail"))

    connection = world.get_connection()
    assert isinstance(failure.value.cause, ConnectionTestFailed)
    assert failure.value.id == connection["id"]
    assert failure.value.outputs["etag"] == connection["etag"]
    assert failure.value.outputs["createdAt"].startswith("20")
    assert failure.value.outputs["createdBy"] == "emulator-client-id"
    assert "cluster" in failure.value.hint


def test_partial_failure_has_id_owner_and_the_hint_for_its_cause(world: World, created: CreatedResource) -> None:
    world.emulator.switch(test_result="false")

    with pytest.raises(PartialFailure) as update_failure:
        world.start_process(Options(test="auto")).lifecycle.update(
            created.id, created.outputs, build_inputs(clusterId="x")
        )
    with pytest.raises(PartialFailure) as adopt_failure:
        world.create(Options(test="fail", adopt=(created.id,)))

    for failure in (update_failure.value, adopt_failure.value):
        assert failure.id == created.id
        assert failure.outputs["owner"] == OWNER
        assert "cluster" in failure.hint


class HooksWithDefect(LifecycleHooks):
    """Hooks whose step after the POST raises an unexpected error that contains a secret."""

    def after_write(self, _operation: ResourceOperation, _id: str, outputs: Properties) -> Properties:
        raise KeyError(f"an unexpected member: {outputs['accessToken']}")


def test_create_keeps_the_id_and_shows_no_secret_after_an_unexpected_error(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    lifecycle = Lifecycle(DATABRICKS, HooksWithDefect(), world.start_process().context)

    with pytest.raises(PartialFailure) as failure:
        lifecycle.create(build_inputs())

    connection = world.get_connection()
    assert failure.value.id == connection["id"]
    assert failure.value.outputs["etag"] == connection["etag"]
    assert all(fact in failure.value.message for fact in (LAKE, connection["id"], "KeyError"))
    (log,) = tmp_path.iterdir()
    assert str(log) in failure.value.hint
    assert "an unexpected member" in log.read_text(encoding="utf-8")
    assert SECRET not in str(failure.value) + log.read_text(encoding="utf-8")


def test_create_writes_the_ownership_line_as_the_last_line_of_the_description_only(world: World) -> None:
    created = world.create(WITH_OWNERSHIP)
    without_description = world.create(WITH_OWNERSHIP, name="bare", description=None)

    descriptions = {connection["name"]: connection["description"] for connection in world.list_connections()}
    assert descriptions == {
        "lake": f"the lake\nManaged by Pulumi: {OWNER}",
        "bare": f"Managed by Pulumi: {OWNER}",
    }
    assert created.outputs["description"] == "the lake"
    assert without_description.outputs.get("description") is None
