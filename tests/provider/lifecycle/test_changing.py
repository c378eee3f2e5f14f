"""An update is one PATCH under the etag of the state, and a refused etag is judged, not ignored."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import Conflict, NotFound
from pulumi_adobe.lifecycle.errors import (
    ConflictingChange,
    ConnectionTestFailed,
    OwnedByAnotherStack,
    PartialFailure,
    WrongPlace,
)
from tests.provider.lifecycle.world import OWNER, SECRET, World, build_inputs

PATCH = "PATCH /connections/{id}"
ROTATED = "dapi-rotated-77aa88bb"


@pytest.fixture
def made(world: World) -> tuple[str, dict[str, Any]]:
    """A connection with its outputs, and the journal empty."""
    created = world.start_process().lifecycle.create(build_inputs())
    world.emulator.clear_journal()
    return created.id, created.outputs


Made = tuple[str, dict[str, Any]]


def renamed_there(id_: str, world: World) -> None:
    world.emulator.foreign_edit(id_, [{"op": "replace", "path": "/name", "value": "theirs"}])


def touched_there(id_: str, world: World) -> None:
    """Only what this stack does not manage moves: the etag, and who wrote last."""
    world.emulator.foreign_edit(id_, [{"op": "replace", "path": "/name", "value": "lake"}])


def test_an_update_is_one_patch_and_no_get(world: World, made: Made) -> None:
    id_, olds = made

    after = world.start_process().lifecycle.update(id_, olds, build_inputs(name="new", description=None))

    assert world.list_writes() == ["PATCH"]
    assert world.count_requests("GET") == 0
    assert after["etag"] == world.list_connections()[0]["etag"] != olds["etag"]
    assert {name for name in olds if name not in after} == {"description"}
    assert world.start_process().lifecycle.diff(id_, after, build_inputs(name="new", description=None)).patch_operations == ()


def test_parameters_that_the_service_added_are_kept(world: World) -> None:
    world.emulator.switch(added_params="on")
    created = world.start_process().lifecycle.create(build_inputs())

    world.start_process().lifecycle.update(created.id, created.outputs, build_inputs(accessToken=ROTATED))

    assert world.list_connections()[0]["auth"]["params"]["region"] == "emulated"


def test_a_change_of_the_name_sends_no_secret(world: World, made: Made) -> None:
    world.start_process().lifecycle.update(*made, build_inputs(name="new"))

    (patch,) = [each for each in world.emulator.journal() if each["method"] == "PATCH"]
    assert patch["body"] == [{"op": "replace", "path": "/name", "value": "new"}]


def test_our_own_lost_answer_is_no_conflict(world: World, made: Made) -> None:
    id_, olds = made
    for cut in ("after", "mid-body"):
        world.emulator.fault(PATCH, cut=cut)
        after = world.start_process().lifecycle.update(id_, olds, build_inputs(name=f"new {cut}"))
        assert world.list_connections()[0]["name"] == f"new {cut}"
        assert after["etag"] == world.list_connections()[0]["etag"]
        olds = after


def test_our_own_lost_answer_with_a_secret_is_sent_again(world: World, made: Made) -> None:
    world.emulator.fault(PATCH, cut="after", times=1)

    after = world.start_process().lifecycle.update(*made, build_inputs(accessToken=ROTATED))

    assert after["etag"] == world.list_connections()[0]["etag"]
    statuses = [each["status"] for each in world.emulator.journal() if each["method"] == "PATCH"]
    assert statuses == [None, 412, 200]


def test_where_somebody_else_made_the_same_change_nothing_is_left_to_do(world: World, made: Made) -> None:
    renamed_there(made[0], world)

    after = world.start_process().lifecycle.update(*made, build_inputs(name="theirs"))

    assert after["etag"] == world.list_connections()[0]["etag"]
    assert world.list_writes() == []


def test_where_only_unmanaged_fields_moved_and_no_secret_is_sent_the_patch_goes_out_again(
    world: World, made: Made
) -> None:
    touched_there(made[0], world)

    world.start_process().lifecycle.update(*made, build_inputs(name="mine"))

    assert world.list_connections()[0]["name"] == "mine"


def test_where_only_unmanaged_fields_moved_a_secret_is_not_sent_over_it(world: World, made: Made) -> None:
    touched_there(made[0], world)

    with pytest.raises(ConflictingChange, match="rotated elsewhere") as conflict:
        world.start_process().lifecycle.update(*made, build_inputs(clusterId="mine"))

    assert SECRET not in str(conflict.value)
    assert world.list_writes() == []


def test_a_rotation_over_somebody_elses_change_is_a_conflict(world: World, made: Made) -> None:
    touched_there(made[0], world)

    with pytest.raises(ConflictingChange):
        world.start_process().lifecycle.update(*made, build_inputs(accessToken=ROTATED))


def test_a_conflict_shows_mine_theirs_and_base_and_who(world: World, made: Made) -> None:
    world.emulator.foreign_edit(
        made[0], [{"op": "replace", "path": "/auth/params/clusterId", "value": "theirs"}], client="somebody-else"
    )

    with pytest.raises(ConflictingChange) as conflict:
        world.start_process().lifecycle.update(*made, build_inputs(clusterId="mine"))

    text = str(conflict.value)
    assert all(word in text for word in ("0612-200003-abc123", '"mine"', '"theirs"', "somebody-else", "pulumi refresh"))
    assert "database" not in text
    assert SECRET not in text


def test_an_etag_that_moves_again_is_a_conflict_and_not_a_loop(world: World, made: Made) -> None:
    world.emulator.fault(PATCH, staleEtag=True, times=10)

    with pytest.raises(ConflictingChange):
        world.start_process().lifecycle.update(*made, build_inputs(name="mine"))

    assert world.count_requests("PATCH", made[0]) == 2


def test_a_409_is_no_refused_etag(world: World, made: Made) -> None:
    world.emulator.fault(PATCH, status=409, body={"errorMessage": "taken"})

    with pytest.raises(Conflict, match="taken"):
        world.start_process().lifecycle.update(*made, build_inputs(name="mine"))


def test_a_change_of_what_another_stack_has_marked_meanwhile_is_refused(world: World, made: Made) -> None:
    line = {"op": "replace", "path": "/description", "value": "x\nManaged by Pulumi: project/prod/lake"}
    world.emulator.foreign_edit(made[0], [line])

    with pytest.raises(OwnedByAnotherStack):
        world.start_process().lifecycle.update(*made, build_inputs(name="mine"))


def test_an_update_of_what_is_gone_says_so(world: World, made: Made) -> None:
    world.emulator.foreign_delete(made[0])

    with pytest.raises(NotFound, match="pulumi refresh"):
        world.start_process().lifecycle.update(*made, build_inputs(name="mine"))


@pytest.mark.parametrize("call", ["diff", "read", "update", "delete"])
@pytest.mark.parametrize("place", [{"sandbox": "stage"}, {"org_id": "89ABCDEF0123456789ABCDEF@AdobeOrg"}], ids=str)
def test_another_place_is_refused_before_anything_is_sent(
    world: World, made: Made, place: dict[str, Any], call: str
) -> None:
    lifecycle = world.start_process(None, **place).lifecycle
    news = [build_inputs(name="x")] if call in {"diff", "update"} else []

    with pytest.raises(WrongPlace, match="Restore the value"):
        getattr(lifecycle, call)(*made, *news)

    assert world.emulator.journal() == []


@pytest.mark.parametrize("mode", ["auto", "fail"])
def test_a_failed_test_after_a_rotation_keeps_the_new_etag_and_the_next_update_tests_again(
    world: World, made: Made, mode: str
) -> None:
    world.emulator.switch(test_result="false")

    with pytest.raises(PartialFailure) as unfinished:
        world.start_process(Options(test=mode)).lifecycle.update(*made, build_inputs(accessToken=ROTATED))

    assert isinstance(unfinished.value.cause, ConnectionTestFailed)
    assert unfinished.value.outputs["etag"] == world.list_connections()[0]["etag"]
    assert unfinished.value.outputs["accessToken"] == ROTATED
    assert ROTATED not in str(unfinished.value)
    with pytest.raises(PartialFailure):
        world.start_process(Options(test=mode)).lifecycle.update(
            made[0], unfinished.value.outputs, build_inputs(accessToken=ROTATED)
        )
    world.emulator.switch(test_result="true")
    after = world.start_process(Options(test=mode)).lifecycle.update(
        made[0], unfinished.value.outputs, build_inputs(accessToken=ROTATED)
    )
    assert after["accessToken"] == ROTATED
    assert world.list_writes() == ["PATCH"]


def test_a_change_of_the_name_tests_nothing(world: World, made: Made) -> None:
    world.start_process(Options(test="fail")).lifecycle.update(*made, build_inputs(name="new"))

    assert world.count_requests("GET", "/test") == 0


def test_what_only_the_state_holds_is_a_change_that_sends_no_patch(world: World, made: Made) -> None:
    lifecycle = world.start_process().lifecycle
    assert lifecycle.diff(*made, build_inputs(forceDestroy=True))
    assert not lifecycle.diff(*made, build_inputs(adoptId="x", owner="another/stack/name"))

    after = lifecycle.update(*made, build_inputs(forceDestroy=True))

    assert after["forceDestroy"] is True
    assert world.list_writes() == []


def test_a_change_of_the_description_keeps_the_line_of_ownership(world: World) -> None:
    marks = Options(test="off", ownership="description")
    created = world.start_process(marks).lifecycle.create(build_inputs())

    after = world.start_process(marks).lifecycle.update(created.id, created.outputs, build_inputs(description="new"))
    assert world.list_connections()[0]["description"] == f"new\nManaged by Pulumi: {OWNER}"
    after = world.start_process(marks).lifecycle.update(created.id, after, build_inputs(description=None))
    assert world.list_connections()[0]["description"] == f"Managed by Pulumi: {OWNER}"
    after = world.start_process().lifecycle.update(created.id, after, build_inputs(description="off"))
    assert world.list_connections()[0]["description"] == "off"
    assert after["description"] == "off"


@pytest.mark.parametrize("marks", ["none", "description"])
def test_turning_ownership_on_or_off_is_no_difference(world: World, marks: str) -> None:
    created = world.start_process(Options(test="off", ownership=marks)).lifecycle.create(build_inputs())
    other = world.start_process(Options(test="off", ownership="none" if marks == "description" else "description")).lifecycle

    found = other.read(created.id, created.outputs)

    assert found is not None
    assert not other.diff(created.id, found.outputs, build_inputs())


def test_a_read_says_who_changed_it_last(world: World, made: Made) -> None:
    renamed_there(made[0], world)
    process = world.start_process()

    found = process.lifecycle.read(*made)

    assert found is not None
    assert found.inputs == build_inputs(name="theirs")
    assert found.outputs["accessToken"] == SECRET
    assert any("changed outside of this stack, last by" in line for line in process.messages)
    process = world.start_process()
    process.lifecycle.read(made[0], found.outputs)
    assert process.messages == []


@pytest.mark.parametrize("description", ["kept", "null", "absent"])
@pytest.mark.parametrize("secrets", ["masked", "absent", "empty"])
def test_a_read_of_what_nobody_touched_is_no_drift_however_the_service_shows_it(
    world: World, description: str, secrets: str
) -> None:
    world.emulator.switch(description=description, secrets=secrets, added_params="on")
    for given in (build_inputs(), build_inputs(name="bare", description=None)):
        created = world.start_process().lifecycle.create(given)
        found = world.start_process().lifecycle.read(created.id, created.outputs)
        assert found is not None
        assert found.inputs == given
        assert found.outputs == created.outputs


def test_a_read_of_what_is_gone_is_nothing_and_a_missing_sandbox_is_not_gone(world: World, made: Made) -> None:
    world.emulator.fault("GET /connections/{id}", status=404, body={"errorCode": "2100-404", "errorMessage": "x"})
    with pytest.raises(AdobeError):
        world.start_process().lifecycle.read(*made)
    world.emulator.foreign_delete(made[0])
    assert world.start_process().lifecycle.read(*made) is None
