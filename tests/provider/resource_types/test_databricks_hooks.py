"""The declared end of a Databricks token: of the state alone, and told of in time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pulumi
import pytest

from pulumi_adobe import DatabricksSourceConnection
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.schema.validation import validate
from pulumi_adobe.schema.values import UNKNOWN
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import Process, World, build_inputs

FAR = "2126-12-01"


@pytest.fixture
def world(emulator: EmulatorProcess) -> World:
    return World(emulator)


def said(process: Process, end: Any, olds: dict[str, Any] | None = None) -> list[str]:
    found = list(process.lifecycle.validate(olds or {}, build_inputs(accessTokenExpiresAt=end)))
    assert found == []
    return process.messages


def test_a_declared_end_is_never_sent_and_its_change_is_of_the_state_alone(world: World) -> None:
    process = world.start_process()
    made = process.lifecycle.create(build_inputs(accessTokenExpiresAt="2126-11-01"))
    news = build_inputs(accessTokenExpiresAt=FAR)

    found = process.lifecycle.diff(made.id, made.outputs, news)
    after = process.lifecycle.update(made.id, made.outputs, news)

    assert (found.patch_operations, found.replaces, found.state_only) == ((), (), ("accessTokenExpiresAt",))
    assert after == {**made.outputs, "accessTokenExpiresAt": FAR}
    assert world.list_writes() == ["POST"]
    assert "2126-1" not in str(world.emulator.journal())
    read = process.lifecycle.read(made.id, after)
    assert read is not None
    assert read.inputs == news


def test_who_declares_none_has_none_in_the_state_and_no_change(world: World) -> None:
    process = world.start_process()
    made = process.lifecycle.create(build_inputs())

    assert "accessTokenExpiresAt" not in made.outputs
    assert not process.lifecycle.diff(made.id, made.outputs, build_inputs())


@pytest.mark.parametrize(("days", "words"), [(13, "expires on"), (-1, "expired on")])
def test_a_token_that_ends_soon_or_has_ended_is_told_whether_it_is_new_or_not(
    world: World, days: int, words: str
) -> None:
    end = (datetime.now(timezone.utc) + timedelta(days=days)).isoformat()

    for olds in ({}, build_inputs(accessTokenExpiresAt=end)):
        (line,) = said(world.start_process(), end, olds)
        assert line.startswith(f"warning: lake: the access token {words} {end}")
        assert "access_token_expires_at" in line


@pytest.mark.parametrize("end", [None, UNKNOWN, FAR], ids=str)
def test_nothing_is_said_of_one_that_is_far_away_or_not_known(world: World, end: Any) -> None:
    assert said(world.start_process(), end) == []


def test_the_clock_of_the_service_decides_once_it_has_answered(world: World) -> None:
    process = world.start_process()
    world.emulator.turn_clock(20 * 86_400)
    process.service.list("connections")

    end = (datetime.now(timezone.utc) + timedelta(days=30)).date().isoformat()

    assert len(said(process, end)) == 1


@pytest.mark.parametrize("end", ["next year", 20261201], ids=str)
def test_what_is_no_date_is_a_problem_by_the_programs_name(end: Any) -> None:
    declaration = DATABRICKS
    assert [field.name for field, _ in validate(declaration, build_inputs(accessTokenExpiresAt=end))] == [
        "accessTokenExpiresAt"
    ]

    with pytest.raises(pulumi.RunError, match="access_token_expires_at must be"):
        DatabricksSourceConnection(
            "lake",
            name="lake",
            domain="https://adb-1.7.azuredatabricks.net",
            cluster_id="a",
            access_token="dapi-0",
            database="b",
            access_token_expires_at=end,
        )
