"""The declared expiry of a Databricks token is part of the state alone, and the provider warns before it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from operator import attrgetter
from typing import Any

import pytest

from pulumi_adobe.config.resolve import Settings
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.schema.values import UNKNOWN
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import Process, World, build_inputs

DISTANT_EXPIRY = "2126-12-01"


@pytest.fixture
def world(emulator: EmulatorProcess) -> World:
    return World(emulator)


def messages_of_validation(process: Process, expiry: Any, prior_outputs: dict[str, Any] | None = None) -> list[str]:
    """Validate inputs with this expiry, which must have no problem, and return the messages of the process."""
    problems = list(process.lifecycle.validate(prior_outputs or {}, build_inputs(accessTokenExpiresAt=expiry)))
    assert problems == []
    return process.messages


def test_a_check_creates_no_client(world: World) -> None:
    """An import and a client for each stack whose preview sends nothing would be most of its time."""
    process = world.start_process()
    connected: list[FlowServiceClient] = []

    def connect() -> FlowServiceClient:
        connected.append(process.service)
        return process.service

    shared = process.context
    context = ProviderContext(
        Settings(shared.credentials, shared.options),
        shared.redactor,
        process.messages.append,
        connect,
        attrgetter("label"),
    )
    resource_type = get_resource_type("DatabricksSourceConnection")
    lifecycle = Lifecycle(resource_type.schema, resource_type.load_hooks(), context)

    assert list(lifecycle.validate({}, build_inputs(accessTokenExpiresAt="2026-01-01"))) == []
    assert (len(process.messages), connected) == (1, [])


def test_changed_expiry_changes_only_the_state(world: World) -> None:
    process = world.start_process()
    created = process.lifecycle.create(build_inputs(accessTokenExpiresAt="2126-11-01"))
    new_inputs = build_inputs(accessTokenExpiresAt=DISTANT_EXPIRY)

    diff = process.lifecycle.diff(created.id, created.outputs, new_inputs)
    outputs = process.lifecycle.update(created.id, created.outputs, new_inputs)

    assert (diff.patch_operations, diff.replaces, diff.state_only) == ((), (), ("accessTokenExpiresAt",))
    assert outputs == {**created.outputs, "accessTokenExpiresAt": DISTANT_EXPIRY}
    assert world.list_writes() == ["POST"]


def test_expiry_is_never_sent_and_survives_a_read(world: World) -> None:
    process = world.start_process()
    declared_inputs = build_inputs(accessTokenExpiresAt=DISTANT_EXPIRY)
    created = process.lifecycle.create(declared_inputs)

    read_state = process.lifecycle.read(created.id, created.outputs)

    assert read_state is not None
    assert read_state.inputs == declared_inputs
    assert DISTANT_EXPIRY not in str(world.emulator.journal())


def test_without_a_declared_expiry_the_state_has_none_and_there_is_no_diff(world: World) -> None:
    process = world.start_process()
    created = process.lifecycle.create(build_inputs())

    assert "accessTokenExpiresAt" not in created.outputs
    assert not process.lifecycle.diff(created.id, created.outputs, build_inputs())


@pytest.mark.parametrize(("days", "predicate"), [(13, "expires on"), (-1, "expired on")])
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "unchanged"])
def test_warning_names_the_resource_the_expiry_and_the_argument(
    world: World, days: int, predicate: str, *, is_new: bool
) -> None:
    expiry = (datetime.now(timezone.utc) + timedelta(days=days)).isoformat()
    prior_outputs = {} if is_new else build_inputs(accessTokenExpiresAt=expiry)

    (message,) = messages_of_validation(world.start_process(), expiry, prior_outputs)

    assert message.startswith("warning: lake: ")
    assert f"{predicate} {expiry}" in message
    assert "access_token_expires_at" in message


@pytest.mark.parametrize("expiry", [None, UNKNOWN, DISTANT_EXPIRY], ids=str)
def test_distant_or_unknown_expiry_causes_no_warning(world: World, expiry: Any) -> None:
    assert messages_of_validation(world.start_process(), expiry) == []


def test_time_of_the_service_decides_once_it_has_responded(world: World) -> None:
    process = world.start_process()
    world.emulator.turn_clock(20 * 86_400)
    process.context.service.list("connections")

    expiry = (datetime.now(timezone.utc) + timedelta(days=30)).date().isoformat()

    assert len(messages_of_validation(process, expiry)) == 1
