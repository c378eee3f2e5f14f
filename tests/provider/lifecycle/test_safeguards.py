"""The small things that the safeguards stand on: each test fails where one of them is turned off or turned round."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from pulumi_adobe.declaration import UNKNOWN, Declaration, Field
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import Conflict, Unanswered
from pulumi_adobe.lifecycle import Lifecycle
from pulumi_adobe.lifecycle.claims import Claims
from pulumi_adobe.lifecycle.errors import (
    AlreadyExists,
    ChangedElsewhere,
    DeclaredTwice,
    EndedBadly,
    NotAdoptable,
    NotDeleted,
    StillInUse,
    Unfinished,
)
from pulumi_adobe.policy import Policy
from pulumi_adobe.resources.connection_fields import base_connection, fixed_inputs
from pulumi_adobe.resources.databricks import DatabricksSourceConnectionProvider
from pulumi_adobe.sources import connection_specs
from tests.provider.lifecycle.world import OWNER, World, foreign_body, inputs

MARKS = Policy(test="off", ownership="description")
GET = "GET /connections/{id}"
WHOLE = Declaration("Any", "connections", (Field("params", ("auth", "params"), secret=True, type=dict),))


def test_with_ownership_what_is_ours_is_deleted(world: World) -> None:
    created = world.process(MARKS).lifecycle.create(inputs())

    world.process(MARKS).lifecycle.delete(created.id, created.outputs)

    assert world.there() == []


def test_an_adoption_whose_etag_moved_meanwhile_is_done_on_the_new_one(world: World) -> None:
    there = world.emulator.foreign_create(**foreign_body())["id"]
    world.emulator.fault("PATCH /connections/{id}", staleEtag=True)

    created = world.process(Policy(test="off", adopt=(there,))).lifecycle.create(inputs())

    assert created.outputs["etag"] == world.there()[0]["etag"]
    assert created.outputs["clusterId"] == world.there()[0]["auth"]["params"]["clusterId"]


def test_one_connection_is_not_adopted_by_two_resources(world: World) -> None:
    there = world.emulator.foreign_create(**foreign_body())["id"]
    lifecycle = world.process().lifecycle
    lifecycle.create(inputs(adoptId=there))

    with pytest.raises(DeclaredTwice, match=f"The resource that holds {there}") as refused:
        lifecycle.create(inputs(name="other", adoptId=there, owner="project/dev/other"))

    assert "Nothing was made for the second" in refused.value.what
    assert refused.value.hint


def test_a_name_that_its_holder_gives_up_in_this_run_is_free(world: World) -> None:
    made = world.process().lifecycle.create(inputs())
    renamed = inputs(name="renamed")
    lifecycle = world.process().lifecycle
    lifecycle.checked(renamed, exists=True)
    lifecycle.diff(made.id, made.outputs, renamed)

    second = lifecycle.create(inputs(owner="project/dev/second"))

    assert second.id != made.id
    assert len(world.there()) == 2


def test_the_order_of_the_inputs_and_unknown_values_make_no_other_inputs() -> None:
    claims = Claims()
    given = inputs(clusterId=UNKNOWN)
    claims.checked(given, exists=True)

    claims.compared("other", inputs(), replaces=False)
    claims.compared("same", dict(reversed(given.items())), replaces=False)
    claims.compared("replaced", given, replaces=True)

    assert [claims.holds(each) for each in ("other", "same", "replaced")] == [False, True, False]
    assert [claims.is_replaced(each) for each in ("other", "same", "replaced")] == [False, False, True]
    assert claims.name("same") == "lake"


def test_what_was_rolled_back_is_neither_held_nor_listed(world: World) -> None:
    world.emulator.switch(final_state="failed")
    lifecycle = world.process().lifecycle
    with pytest.raises(EndedBadly) as failed:
        lifecycle.create(inputs())
    world.emulator.switch(final_state="enabled")

    made = lifecycle.create(inputs())

    assert re.search(r"[0-9a-f-]{36}\) was made, but then", failed.value.what)
    assert [each["id"] for each in world.there()] == [made.id]


def test_a_check_is_silent_about_what_the_run_deletes_adopts_or_may_double(world: World) -> None:
    made = world.process().lifecycle.create(inputs())
    replaced = inputs(connectionSpec={"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "0.9"})
    replacing = world.process()
    replacing.lifecycle.diff(made.id, made.outputs, replaced)
    doubling = world.process(Policy(test="off", on_existing="duplicate"))
    adopting = world.process()

    replacing.lifecycle.checked(inputs(owner="project/dev/second"), exists=False)
    doubling.lifecycle.checked(inputs(), exists=False)
    adopting.lifecycle.checked(inputs(adoptId=made.id), exists=False)
    adopting.lifecycle.checked(inputs(name=UNKNOWN), exists=False)
    adopting.lifecycle.checked(inputs(connectionSpec=UNKNOWN), exists=False)

    assert replacing.said == doubling.said == adopting.said == []


def test_a_warning_has_the_whole_command(world: World) -> None:
    there = world.emulator.foreign_create(**foreign_body())["id"]
    process = world.process(Policy(test="off", adopt=("given-1",)))

    process.lifecycle.checked(inputs(), exists=False)

    assert f"ADOBE_ADOPT=given-1,{there} pulumi up" in process.said[0]


@pytest.mark.parametrize(
    "shown",
    [
        {"errorMessage": "the reason"},
        {"stateReason": "the reason"},
        {"lastOperation": {"status": {"errors": ["the reason"]}}},
    ],
    ids=str,
)
def test_a_failed_state_comes_with_its_reason_wherever_that_stands(world: World, shown: dict[str, Any]) -> None:
    world.emulator.fault(GET, status=200, body={"items": [{"state": "Failed", "etag": '"1"', **shown}]})

    with pytest.raises(EndedBadly, match=r'state "Failed": .*the reason') as failed:
        world.process().lifecycle.create(inputs())

    assert failed.value.hint == (
        "Look at it in Adobe's user interface; correct its parameters or the source, then `pulumi up`."
    )


@pytest.mark.parametrize("shown", [{}, {"lastOperation": None}, {"lastOperation": {"status": None}}], ids=str)
def test_a_failed_state_without_a_reason_is_told_too(world: World, shown: dict[str, Any]) -> None:
    world.emulator.fault(GET, status=200, body={"items": [{"state": "error", "etag": '"1"', **shown}]})

    with pytest.raises(EndedBadly, match=r'the state "error"\.'):
        world.process().lifecycle.create(inputs())


def test_a_dataflow_that_was_deleted_stands_in_no_other_way(world: World) -> None:
    made = [world.process().lifecycle.create(inputs(name=name)) for name in ("a", "b")]
    sources = [{"id": "s", "baseConnection": {"id": each.id}} for each in made]
    flows = [{"id": "flow-1", "name": "f", "state": "enabled", "inheritedAttributes": {"sourceConnections": sources}}]
    world.emulator.fault("GET /flows", status=200, body={"items": flows})
    world.emulator.fault("DELETE /flows/{id}", status=204, rawBody="")
    process = world.process()

    process.lifecycle.delete(made[0].id, {**made[0].outputs, "forceDestroy": True})
    process.lifecycle.delete(made[1].id, made[1].outputs)

    assert world.there() == []


@pytest.mark.parametrize("sources", [None, "none", [None], [{"baseConnection": None}], [{"baseConnection": {"id": 7}}]])
def test_dataflows_of_an_odd_shape_stand_in_no_way(world: World, sources: Any) -> None:
    created = world.process().lifecycle.create(inputs())
    flow = {"id": "f", "inheritedAttributes": {"sourceConnections": sources}}
    world.emulator.fault("GET /flows", status=200, body={"items": [flow, {"id": "g", "inheritedAttributes": None}]})

    world.process().lifecycle.delete(created.id, created.outputs)

    assert world.there() == []


def test_an_unclear_deletion_is_looked_at_three_times_and_an_accepted_one_until_the_time_out(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    world.emulator.clear_journal()
    world.emulator.fault("DELETE /connections/{id}", status=500, times=6)
    with pytest.raises(Exception, match="answered 500"):
        world.process().lifecycle.delete(created.id, created.outputs)
    assert world.asked("GET", created.id) == 3

    world.emulator.clear_journal()
    world.emulator.clear_faults()
    world.emulator.fault("DELETE /connections/{id}", status=202)
    with pytest.raises(NotDeleted, match=f'"lake" .{created.id}. is still there, in the state "enabled"') as refused:
        world.process(timeout=9.0).lifecycle.delete(created.id, created.outputs)
    assert world.asked("GET", created.id) == 5
    assert "Run the same command again" in refused.value.hint


def test_a_foreign_change_is_told_with_its_author_and_its_time(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    world.emulator.foreign_edit(created.id, [{"op": "replace", "path": "/name", "value": "theirs"}], client="their-app")
    process = world.process()

    process.lifecycle.read(created.id, created.outputs)

    assert re.search(r"last by \S+ through their-app at 20\d\d-\d\d-\d\dT[\d:.]+Z", process.said[0])


def test_refusals_say_what_to_do(world: World) -> None:
    ids = [world.emulator.foreign_create(**foreign_body())["id"] for _ in range(2)]
    with pytest.raises(AlreadyExists) as which:
        world.process().lifecycle.create(inputs())
    with pytest.raises(NotAdoptable) as nowhere:
        world.process().lifecycle.create(inputs(adoptId="nowhere"))

    assert which.value.hint == "Choose one of these ids: ADOBE_ADOPT=<id> pulumi up"
    assert '"lake" is to adopt nowhere' in nowhere.value.what
    assert "Correct adopt_id" in nowhere.value.hint
    assert all(id_ in which.value.what for id_ in ids)


def test_what_is_unfinished_carries_all_that_must_be_kept(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    world.emulator.switch(test_result="false")

    with pytest.raises(Unfinished) as update:
        world.process(Policy(test="auto")).lifecycle.update(created.id, created.outputs, inputs(clusterId="x"))
    with pytest.raises(Unfinished) as adoption:
        world.process(Policy(test="fail", adopt=(created.id,))).lifecycle.create(inputs())

    for unfinished in (update.value, adoption.value):
        assert unfinished.id == created.id
        assert unfinished.outputs["owner"] == OWNER
        assert "cluster" in unfinished.hint


def test_a_replacement_alone_is_a_difference(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    lifecycle = world.process().lifecycle

    assert lifecycle.diff(created.id, created.outputs, inputs(authSpec="Another"))
    assert lifecycle.diff(created.id, created.outputs, inputs(name="x"))
    assert not lifecycle.diff(created.id, created.outputs, inputs())


def test_dataflows_in_the_way_are_counted_and_named(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    source = [{"id": "s", "baseConnection": {"id": created.id}}]
    flows = [
        {"id": f"flow-{number}", "name": "f", "state": "enabled", "inheritedAttributes": {"sourceConnections": source}}
        for number in range(2)
    ]
    world.emulator.fault("GET /flows", status=200, body={"items": flows})

    with pytest.raises(StillInUse, match=r"in use by 2 dataflows\. Nothing was deleted") as refused:
        world.process().lifecycle.delete(created.id, created.outputs)

    assert "flow-0" in refused.value.what
    assert "flow-1" in refused.value.what


def test_of_two_new_ones_after_a_lost_answer_none_is_guessed(world: World) -> None:
    process = world.process()
    process.lifecycle.checked(inputs(), exists=False)
    ours_too = world.emulator.foreign_create(**foreign_body(client="emulator-client-id"))["id"]
    world.emulator.fault("POST /connections", cut="after")

    with pytest.raises(AlreadyExists, match="there 2 times now") as refused:
        process.lifecycle.create(inputs())

    assert all(each["id"] in refused.value.what for each in world.there())
    assert ours_too in refused.value.what
    assert "ADOBE_ADOPT=<id> pulumi up" in refused.value.hint
    assert world.asked("POST", "/connections") == 1


def test_a_lost_answer_whose_look_up_fails_too_says_both(world: World) -> None:
    world.emulator.fault("POST /connections", cut="after")
    world.emulator.fault("GET /connections", status=500, nth=2, times=20)

    with pytest.raises(Unanswered, match=r"got no answer.*\nLooking for .* failed too: GET .* answered 500") as failed:
        world.process().lifecycle.create(inputs())

    assert "looks again" in failed.value.hint


def test_a_patch_that_answers_without_an_etag_is_read_for_it(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    answer = {"status": 200, "body": {"id": created.id}, "afterEffect": True}
    world.emulator.fault("PATCH /connections/{id}", **answer)
    after = world.process().lifecycle.update(created.id, created.outputs, inputs(name="new"))
    assert after["etag"] == world.there()[0]["etag"]

    world.emulator.fault("PATCH /connections/{id}", **answer)
    adopted = world.process(Policy(test="off", adopt=(created.id,))).lifecycle.create(inputs(name="new"))
    assert adopted.outputs["etag"] == world.there()[0]["etag"]


def test_an_update_of_what_has_no_etag_yet_reads_it_first(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    olds = {name: value for name, value in created.outputs.items() if name != "etag"}

    after = world.process().lifecycle.update(created.id, olds, inputs(name="new"))

    assert after["etag"] == world.there()[0]["etag"]
    assert world.writes() == ["POST", "PATCH"]


def test_a_409_in_the_place_of_a_second_412_is_no_conflict_of_etags(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    world.emulator.fault("PATCH /connections/{id}", staleEtag=True)
    world.emulator.fault("PATCH /connections/{id}", status=409, body={"errorMessage": "taken"})

    with pytest.raises(Conflict, match="taken"):
        world.process().lifecycle.update(created.id, created.outputs, inputs(name="new"))


@pytest.mark.parametrize("ownership", ["none", "description"])
def test_an_adoption_sends_the_parameters_of_a_source_without_secrets_too(world: World, ownership: str) -> None:
    spec = connection_specs()["apache-hdfs"]
    declaration = base_connection("Hdfs", spec, "Anonymous Authentication")
    wanted = {"name": "files", "url": "hdfs://x", "owner": OWNER, **fixed_inputs(spec, "Anonymous Authentication")}
    body = {"auth": {"specName": "Anonymous Authentication", "params": {"url": "hdfs://x"}}, "name": "files"}
    there = world.emulator.foreign_create(**foreign_body(**body, connectionSpec=wanted["connectionSpec"]))["id"]
    process = world.process(Policy(test="off", adopt=(there,), ownership=ownership))

    created = Lifecycle(declaration, process.run).create(wanted)

    (patch,) = [each for each in world.emulator.journal() if each["method"] == "PATCH"]
    line = [{"op": "add", "path": "/description", "value": f"Managed by Pulumi: {OWNER}"}]
    assert patch["body"] == [
        {"op": "replace", "path": "/auth/params", "value": {"url": "hdfs://x"}},
        *(line if ownership == "description" else []),
    ]
    assert created.outputs["etag"] == world.there()[0]["etag"]


def test_what_is_not_adopted_is_told_with_both_sides(world: World) -> None:
    other = {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"}
    there = world.emulator.foreign_create(**foreign_body(connectionSpec=other))["id"]

    with pytest.raises(NotAdoptable) as refused:
        world.process().lifecycle.create(inputs(adoptId=there))

    assert f"cannot adopt {there}: its connectionSpec is {other}, not" in refused.value.what
    assert "Nothing was changed" in refused.value.what
    assert "Name another one" in refused.value.hint


def _echo(secret: str) -> dict[str, Any]:
    return {"status": 400, "body": {"errorMessage": f"bad {secret}"}}


@pytest.mark.parametrize("operation", ["create", "read", "old", "new", "delete"])
def test_an_operation_hides_its_own_secrets_whatever_came_before_it(world: World, operation: str) -> None:
    """Each learns of them itself: a refresh or a destroy checks nothing before."""
    secret, rotated = "dapi-first-0001", "dapi-second-0002"
    created = world.process().lifecycle.create(inputs(accessToken=secret))
    process = world.process()
    for route in ("POST /connections", GET, "PATCH /connections/{id}", "DELETE /connections/{id}"):
        world.emulator.fault(route, **_echo(rotated if operation == "new" else secret))
    steps: dict[str, Callable[[], object]] = {
        "create": lambda: process.lifecycle.create(inputs(name="other", accessToken=secret)),
        "read": lambda: process.lifecycle.read(created.id, created.outputs),
        "old": lambda: process.lifecycle.update(created.id, created.outputs, inputs(accessToken=rotated)),
        "new": lambda: process.lifecycle.update(created.id, created.outputs, inputs(accessToken=rotated)),
        "delete": lambda: process.lifecycle.delete(created.id, created.outputs),
    }

    with pytest.raises(AdobeError, match=r"bad \[secret\]") as failed:
        steps[operation]()

    assert secret not in str(failed.value)
    assert rotated not in str(failed.value)


def test_members_of_a_secret_object_are_hidden_too(world: World) -> None:
    process = world.process()
    secret_object = {"params": {"a": {"b": "nested-secret-value"}}}

    process.run.learn(WHOLE, secret_object)

    assert process.service.redactor.redact("x nested-secret-value x") == "x [secret] x"


def test_an_update_holds_what_it_has_changed(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    lifecycle = world.process().lifecycle
    after = lifecycle.update(created.id, created.outputs, inputs(description="changed"))

    # As the engine does for a resource that was renamed without an alias: the old one is deleted last.
    lifecycle.delete(created.id, after)

    assert [each["id"] for each in world.there()] == [created.id]


def test_a_name_taken_by_an_update_of_this_run_is_taken(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    lifecycle = world.process().lifecycle
    # The list is read before the update, so only what the update itself notes can tell.
    with pytest.raises(AlreadyExists):
        lifecycle.create(inputs(owner="project/dev/other"))
    lifecycle.update(created.id, created.outputs, inputs(name="renamed"))

    with pytest.raises(DeclaredTwice, match="renamed"):
        lifecycle.create(inputs(name="renamed", owner="project/dev/other"))


def test_two_threads_do_not_make_one_name_twice(world: World) -> None:
    world.emulator.fault("POST /connections", delayMs=300)
    lifecycle = world.process().lifecycle
    lifecycle.create(inputs(name="first"))
    with ThreadPoolExecutor(2) as pool:
        made = [pool.submit(lifecycle.create, inputs(owner=f"project/dev/{each}")) for each in ("x", "y")]
    errors = [str(each.exception()) for each in made if each.exception()]

    assert len(errors) == 1
    assert re.search(r"project/dev/[xy] and project/dev/[xy] both|Another resource of this program and", errors[0])
    assert '"lake"' in errors[0]
    assert len(world.there()) == 2


def test_what_another_resource_holds_is_not_taken_for_what_a_lost_post_made(world: World) -> None:
    process = world.process(Policy(test="off", on_existing="duplicate"))
    held = world.emulator.foreign_create(**foreign_body(client="emulator-client-id"))["id"]
    process.run.claims.claim(held, "another name")
    world.emulator.fault("GET /connections", status=200, body={"items": []})
    world.emulator.fault("POST /connections", cut="after")

    created = process.lifecycle.create(inputs())

    assert created.id != held


def test_what_was_there_before_is_not_taken_for_what_a_lost_post_made(world: World) -> None:
    world.process().lifecycle.create(inputs())
    world.emulator.fault("POST /connections", cut="before")

    with pytest.raises(Unanswered, match='No DatabricksSourceConnection "lake" was there afterwards') as failed:
        world.process(Policy(test="off", on_existing="duplicate")).lifecycle.create(inputs())

    assert "looks again" in failed.value.hint
    assert len(world.there()) == 1


def test_the_waits_between_posts_grow_and_end(world: World) -> None:
    world.emulator.fault("POST /connections", status=503, times=20)
    process = world.process()

    with pytest.raises(Exception, match="answered 503"):
        process.lifecycle.create(inputs())

    assert world.asked("POST", "/connections") == 6
    assert process.clock.slept == sorted(process.clock.slept)


def test_an_id_whose_rolling_back_failed_is_kept_with_all_outputs(world: World) -> None:
    world.emulator.switch(test_result="false")
    world.emulator.fault("DELETE /connections/{id}", status=403, body={"error_code": "403027"})

    with pytest.raises(Unfinished) as kept:
        world.process(Policy(test="fail")).lifecycle.create(inputs())

    (there,) = world.there()
    assert kept.value.id == there["id"]
    assert kept.value.outputs["etag"] == there["etag"]
    assert kept.value.outputs["createdAt"].startswith("20")
    assert kept.value.outputs["createdBy"] == "emulator-client-id"
    assert "cluster" in kept.value.hint


def test_what_is_gone_already_is_not_asked_for_again(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    world.emulator.foreign_delete(created.id)
    world.emulator.clear_journal()

    world.process().lifecycle.delete(created.id, created.outputs)
    world.process(MARKS).lifecycle.delete(created.id, created.outputs)

    assert world.asked("GET", created.id) == 1
    assert world.asked("DELETE", created.id) == 1


def test_what_this_run_has_deleted_is_held_no_longer(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    run = world.process()
    run.run.claims.claim(created.id, "lake")
    run.run.claims.release(created.id)
    run.lifecycle.delete(created.id, created.outputs)

    assert not run.run.claims.holds(created.id)
    assert world.there() == []


def test_a_refusal_names_the_stack_that_the_description_names(world: World) -> None:
    theirs = foreign_body(description="x\nManaged by Pulumi: project/prod/lake")
    world.emulator.foreign_create(**theirs)

    with pytest.raises(AlreadyExists, match=r"says that it belongs to project/prod/lake\. Nothing"):
        world.process().lifecycle.create(inputs())


def test_a_connection_of_another_organization_is_not_adopted(world: World) -> None:
    there = world.emulator.foreign_create(**foreign_body())["id"]
    entity = {**world.there()[0], "imsOrgId": "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg", "auth": foreign_body()["auth"]}
    world.emulator.fault(GET, status=200, body={"items": [entity]}, times=2)

    with pytest.raises(NotAdoptable, match='its imsOrgId is "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg"'):
        world.process().lifecycle.create(inputs(adoptId=there))
    assert "PATCH" not in world.writes()


def test_an_adoption_with_the_line_keeps_the_description(world: World) -> None:
    there = world.emulator.foreign_create(**foreign_body(description="the lake"))["id"]

    world.process(Policy(test="off", adopt=(there,), ownership="description")).lifecycle.create(inputs())

    assert world.there()[0]["description"] == f"the lake\nManaged by Pulumi: {OWNER}"


def test_a_conflict_speaks_of_a_secret_only_where_one_is_sent(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    world.emulator.foreign_edit(created.id, [{"op": "remove", "path": "/description"}])

    with pytest.raises(ChangedElsewhere) as plain:
        world.process().lifecycle.update(created.id, created.outputs, inputs(description="mine"))
    with pytest.raises(ChangedElsewhere) as secret:
        world.process().lifecycle.update(created.id, created.outputs, inputs(accessToken="dapi-another-0001"))

    assert "there it is nothing" in plain.value.what
    assert "rotated elsewhere" not in plain.value.what
    assert "rotated elsewhere" in secret.value.what
    assert created.id in plain.value.what


def test_our_own_lost_patch_without_secrets_is_not_sent_again(world: World) -> None:
    created = world.process().lifecycle.create(inputs())
    world.emulator.fault("PATCH /connections/{id}", cut="after")

    after = world.process().lifecycle.update(created.id, created.outputs, inputs(description="mine"))

    assert [each for each in world.writes() if each == "PATCH"] == ["PATCH"]
    assert after["etag"] == world.there()[0]["etag"]


@pytest.mark.parametrize("order", [1, -1], ids=["as declared", "turned round"])
def test_whatever_the_order_of_the_fields_what_cannot_change_is_not_adopted(world: World, order: int) -> None:
    there = world.emulator.foreign_create(**foreign_body())["id"]
    declared = DatabricksSourceConnectionProvider.declaration
    lifecycle = Lifecycle(replace(declared, fields=declared.fields[::order]), world.process().run)

    with pytest.raises(NotAdoptable, match="its authSpec is Access Token Authentication, not Another"):
        lifecycle.create(inputs(adoptId=there, authSpec="Another"))
    with pytest.raises(NotAdoptable, match="its authSpec is Access Token Authentication, not None"):
        lifecycle.create(inputs(adoptId=there, authSpec=None))
