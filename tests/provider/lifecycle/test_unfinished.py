"""What a create tells and keeps that came to no good end."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import NoResponse
from pulumi_adobe.lifecycle.errors import AlreadyExists, CannotAdopt, FailedState, PartialFailure
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.lifecycle.operation import LifecycleHooks, ResourceOperation
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.schema.values import Properties
from tests.provider.lifecycle.world import OWNER, SECRET, World, build_foreign_connection, build_inputs

GET = "GET /connections/{id}"


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ({"errorMessage": "the reason"}, "the reason"),
        ({"stateReason": "the reason"}, "the reason"),
        ({"lastOperation": {"status": {"errors": ["the reason"]}}}, "['the reason']"),
        ({"lastOperation": {"status": "the reason"}}, "the reason"),
    ],
    ids=str,
)
def test_a_failed_state_comes_with_its_reason_wherever_that_stands(
    world: World, shown: dict[str, Any], told: str
) -> None:
    world.emulator.fault(GET, status=200, body={"items": [{"state": "Failed", "etag": '"1"', **shown}]})

    with pytest.raises(FailedState, match=re.escape(f'state "Failed": {told}.')) as failed:
        world.start_process().lifecycle.create(build_inputs())

    assert failed.value.hint == (
        "Look at it in Adobe's user interface; correct its parameters or the source, then `pulumi up`."
    )


@pytest.mark.parametrize("shown", [{}, {"lastOperation": None}, {"lastOperation": {"status": None}}], ids=str)
def test_a_failed_state_without_a_reason_is_told_too(world: World, shown: dict[str, Any]) -> None:
    world.emulator.fault(GET, status=200, body={"items": [{"state": "error", "etag": '"1"', **shown}]})

    with pytest.raises(FailedState, match=r'the state "error"\.'):
        world.start_process().lifecycle.create(build_inputs())


def test_refusals_say_what_to_do(world: World) -> None:
    ids = [world.emulator.foreign_create(**build_foreign_connection())["id"] for _ in range(2)]
    with pytest.raises(AlreadyExists) as which:
        world.start_process().lifecycle.create(build_inputs())
    with pytest.raises(CannotAdopt) as nowhere:
        world.start_process().lifecycle.create(build_inputs(adoptId="nowhere"))

    assert which.value.hint == "Choose one of these ids: ADOBE_ADOPT=<id> pulumi up"
    assert '"lake" is to adopt nowhere' in nowhere.value.message
    assert "Correct adopt_id" in nowhere.value.hint
    assert all(id_ in which.value.message for id_ in ids)


def test_what_is_unfinished_carries_all_that_must_be_kept(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    world.emulator.switch(test_result="false")

    with pytest.raises(PartialFailure) as update:
        world.start_process(Options(test="auto")).lifecycle.update(created.id, created.outputs, build_inputs(clusterId="x"))
    with pytest.raises(PartialFailure) as adoption:
        world.start_process(Options(test="fail", adopt=(created.id,))).lifecycle.create(build_inputs())

    for unfinished in (update.value, adoption.value):
        assert unfinished.id == created.id
        assert unfinished.outputs["owner"] == OWNER
        assert "cluster" in unfinished.hint


def test_of_two_new_ones_after_a_lost_answer_none_is_guessed(world: World) -> None:
    process = world.start_process()
    process.lifecycle.check(build_inputs(), exists=False)
    ours_too = world.emulator.foreign_create(**build_foreign_connection(client="emulator-client-id"))["id"]
    world.emulator.fault("POST /connections", cut="after")

    with pytest.raises(AlreadyExists, match="there 2 times now") as refused:
        process.lifecycle.create(build_inputs())

    assert all(each["id"] in refused.value.message for each in world.list_connections())
    assert ours_too in refused.value.message
    assert "ADOBE_ADOPT=<id> pulumi up" in refused.value.hint
    assert world.count_requests("POST", "/connections") == 1


def test_what_another_stack_has_marked_meanwhile_is_not_what_a_lost_post_made(world: World) -> None:
    process = world.start_process(Options(test="off", ownership="description"))
    process.lifecycle.check(build_inputs(), exists=False)
    theirs = build_foreign_connection(client="emulator-client-id", description="x\nManaged by Pulumi: project/prod/lake")
    world.emulator.foreign_create(**theirs)
    world.emulator.fault("POST /connections", cut="before")

    with pytest.raises(NoResponse, match="was there afterwards"):
        process.lifecycle.create(build_inputs())

    assert world.list_writes() == []


def test_an_etag_that_is_none_is_not_kept_of_what_was_found_after_a_lost_answer(world: World) -> None:
    found = {"id": "made", "name": "lake", "etag": 7, "connectionSpec": build_inputs()["connectionSpec"]}
    world.emulator.fault("POST /connections", cut="after")
    world.emulator.fault("GET /connections", nth=2, status=200, body={"items": [found]})

    with pytest.raises(PartialFailure) as unfinished:
        world.start_process().lifecycle.create(build_inputs())

    assert unfinished.value.id == "made"
    assert unfinished.value.outputs.get("etag") is None


def test_a_lost_answer_whose_look_up_fails_too_says_both(world: World) -> None:
    world.emulator.fault("POST /connections", cut="after")
    world.emulator.fault("GET /connections", status=500, nth=2, times=20)

    with pytest.raises(NoResponse, match=r"got no answer.*\nLooking for .* failed too: GET .* answered 500") as failed:
        world.start_process().lifecycle.create(build_inputs())

    assert "looks again" in failed.value.hint


def test_what_was_there_before_is_not_taken_for_what_a_lost_post_made(world: World) -> None:
    world.start_process().lifecycle.create(build_inputs())
    world.emulator.fault("POST /connections", cut="before")

    with pytest.raises(NoResponse, match='No DatabricksSourceConnection "lake" was there afterwards') as failed:
        world.start_process(Options(test="off", on_existing="duplicate")).lifecycle.create(build_inputs())

    assert "looks again" in failed.value.hint
    assert len(world.list_connections()) == 1


def test_the_waits_between_posts_grow_and_end(world: World) -> None:
    world.emulator.fault("POST /connections", status=503, times=20)
    process = world.start_process()

    with pytest.raises(Exception, match="answered 503"):
        process.lifecycle.create(build_inputs())

    assert world.count_requests("POST", "/connections") == 6
    assert process.clock.slept == sorted(process.clock.slept)


def test_a_post_for_which_no_time_would_be_left_is_not_waited_for(world: World) -> None:
    world.emulator.fault("POST /connections", status=503, headers={"Retry-After": "60"}, times=2)
    process = world.start_process(timeout=60.0)

    with pytest.raises(Exception, match="answered 503"):
        process.lifecycle.create(build_inputs())

    assert process.clock.slept == []
    assert world.count_requests("POST", "/connections") == 1


def test_an_id_whose_rolling_back_failed_is_kept_with_all_outputs(world: World) -> None:
    world.emulator.switch(test_result="false")
    world.emulator.fault("DELETE /connections/{id}", status=403, body={"error_code": "403027"})

    with pytest.raises(PartialFailure) as kept:
        world.start_process(Options(test="fail")).lifecycle.create(build_inputs())

    (there,) = world.list_connections()
    assert kept.value.id == there["id"]
    assert kept.value.outputs["etag"] == there["etag"]
    assert kept.value.outputs["createdAt"].startswith("20")
    assert kept.value.outputs["createdBy"] == "emulator-client-id"
    assert "cluster" in kept.value.hint


def test_a_refusal_names_the_stack_that_the_description_names(world: World) -> None:
    theirs = build_foreign_connection(description="x\nManaged by Pulumi: project/prod/lake")
    world.emulator.foreign_create(**theirs)

    with pytest.raises(AlreadyExists, match=r"says that it belongs to project/prod/lake\. Nothing"):
        world.start_process().lifecycle.create(build_inputs())


class Broken(LifecycleHooks):
    """A defect in what comes after the POST."""

    def finished(self, _job: ResourceOperation, _id: str, outputs: Properties) -> Properties:
        raise KeyError(f"what nobody thought of: {outputs['accessToken']}")


def test_a_defect_after_the_post_keeps_the_id_and_tells_no_secret(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    lifecycle = Lifecycle(DATABRICKS, Broken(), world.start_process().context)

    with pytest.raises(PartialFailure, match=r"was made, but then: a later step failed .*\(KeyError\)") as unfinished:
        lifecycle.create(build_inputs())

    assert unfinished.value.id == world.list_connections()[0]["id"]
    assert unfinished.value.outputs["etag"] == world.list_connections()[0]["etag"]
    (log,) = tmp_path.iterdir()
    assert str(log) in unfinished.value.hint
    assert "what nobody thought of" in log.read_text(encoding="utf-8")
    assert SECRET not in str(unfinished.value) + log.read_text(encoding="utf-8")
