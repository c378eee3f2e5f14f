"""What each refusal says, word for word: what happened, where, and what to do next."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.lifecycle.entity import describe_entity
from pulumi_adobe.timestamps import from_epoch_milliseconds
from tests.provider.lifecycle.world import OWNER, World, build_foreign_connection, build_inputs

POST, GET = "POST /connections", "GET /connections/{id}"
LAKE = 'DatabricksSourceConnection "lake"'


def told(error: pytest.ExceptionInfo[AdobeError]) -> str:
    return str(error.value)


def flows_on(*names: str, base: str) -> dict[str, Any]:
    on_it = {"inheritedAttributes": {"sourceConnections": [{"baseConnection": {"id": base}}]}}
    return {"items": [{"id": f"id-{name}", "name": name, "state": "enabled", **on_it} for name in names]}


def test_one_that_is_there_already(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection())["id"]

    with pytest.raises(AdobeError) as refused:
        world.start_process().lifecycle.create(build_inputs())

    assert told(refused) == (
        f"{LAKE} is in the sandbox dev already: {describe_entity(world.list_connections()[0])}. Nothing was made.\n"
        f"To take it over: ADOBE_ADOPT={there} pulumi up\n"
        "To have a second one of the same name: pulumi config set adobe:onExisting duplicate"
    )


def test_one_that_is_there_already_and_another_stacks(world: World) -> None:
    world.emulator.foreign_create(**build_foreign_connection(description="Managed by Pulumi: project/prod/lake"))

    with pytest.raises(AdobeError) as refused:
        world.start_process().lifecycle.create(build_inputs())

    assert refused.value.args[0] == (
        f"{LAKE} is in the sandbox dev already: {describe_entity(world.list_connections()[0])}. Its description says that it belongs "
        "to project/prod/lake. Nothing was made."
    )


def test_several_that_are_there_already(world: World) -> None:
    for _ in range(2):
        world.emulator.foreign_create(**build_foreign_connection())

    with pytest.raises(AdobeError) as refused:
        world.start_process().lifecycle.create(build_inputs())

    first, second = sorted(world.list_connections(), key=lambda each: refused.value.args[0].index(each["id"]))
    assert told(refused) == (
        f"{LAKE} is in the sandbox dev 2 times already, and which one is meant is not to be guessed. Nothing was "
        f"made.\n  {describe_entity(first)}\n  {describe_entity(second)}\n"
        "Choose one of these ids: ADOBE_ADOPT=<id> pulumi up"
    )


def test_two_resources_of_one_name(world: World) -> None:
    lifecycle = world.start_process().lifecycle
    lifecycle.create(build_inputs())

    with pytest.raises(AdobeError) as refused:
        lifecycle.create(build_inputs(owner="project/dev/second"))

    assert told(refused) == (
        'Another resource of this program and project/dev/second both declare the name "lake". Nothing was made for '
        "the second.\nGive each its own name, or declare one of them only."
    )


def test_an_id_to_adopt_that_there_is_not(world: World) -> None:
    with pytest.raises(AdobeError) as refused:
        world.start_process().lifecycle.create(build_inputs(adoptId="nowhere"))

    assert told(refused) == (
        f"{LAKE} is to adopt nowhere, but there is none of that id in the sandbox dev. Nothing was made.\n"
        "Correct adopt_id, adobe:sandbox or adobe:orgId; or take adopt_id away to make a new one."
    )


def test_one_to_adopt_that_cannot_become_what_is_declared(world: World) -> None:
    other = {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"}
    there = world.emulator.foreign_create(**build_foreign_connection(connectionSpec=other))["id"]

    with pytest.raises(AdobeError) as refused:
        world.start_process().lifecycle.create(build_inputs(adoptId=there))

    assert told(refused) == (
        f"{LAKE} cannot adopt {there}: its connectionSpec is {other}, not {build_inputs()['connectionSpec']}, and Adobe lets "
        "nobody change that. Nothing was changed.\n"
        "Name another one, or declare this one under another name to make a new one."
    )


@pytest.mark.parametrize(
    ("place", "there", "ours"),
    [
        ("imsOrgId", "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg", "0123456789ABCDEF01234567@AdobeOrg"),
        ("sandboxName", "prod", "dev"),
    ],
)
def test_one_to_adopt_that_is_elsewhere(world: World, place: str, there: str, ours: str) -> None:
    id_ = world.emulator.foreign_create(**build_foreign_connection())["id"]
    entity = {**world.list_connections()[0], place: there, "auth": build_foreign_connection()["auth"]}
    world.emulator.fault(GET, status=200, body={"items": [entity]}, times=2)

    with pytest.raises(AdobeError) as refused:
        world.start_process().lifecycle.create(build_inputs(adoptId=id_))

    assert told(refused) == f'{LAKE} cannot adopt {id_}: its {place} is "{there}", not "{ours}". Nothing was changed.'
    assert world.list_writes() == []


def test_one_that_another_stack_has_marked(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection(description="Managed by Pulumi: project/prod/lake"))["id"]

    with pytest.raises(AdobeError) as refused:
        world.start_process(Options(test="off", adopt=(there,))).lifecycle.create(build_inputs())

    assert told(refused) == (
        f"{LAKE} cannot adopt {there}: its description says that it belongs to project/prod/lake. Nothing was "
        "changed.\nTo move it, first take it out of that stack there (`pulumi state delete`), and take the last line "
        '("Managed by Pulumi: …") out of its description in Adobe\'s user interface.'
    )


def test_a_conflict(world: World) -> None:
    made = world.start_process().lifecycle.create(build_inputs())
    world.emulator.foreign_edit(made.id, [{"op": "replace", "path": "/name", "value": "theirs"}], client="their-app")

    with pytest.raises(AdobeError) as refused:
        world.start_process().lifecycle.update(made.id, made.outputs, build_inputs(name="mine", accessToken="dapi-rotated-1"))

    there = world.list_connections()[0]
    who = f"last by {there['updatedBy']} through their-app at {from_epoch_milliseconds(there['updatedAt'])}"
    assert told(refused) == (
        f'DatabricksSourceConnection "mine" ({made.id}) was changed outside of this stack, {who}. Nothing was changed '
        'now.\n  name: this stack last saw "lake", it declares "mine"; there it is "theirs"\n'
        "  The update would send a secret too, which may have been rotated elsewhere: it is not shown.\n"
        "To have what is declared: `pulumi refresh`, then `pulumi up`. To keep what is there: change the program."
    )


def test_a_lost_answer_whose_look_up_fails_too(world: World) -> None:
    world.emulator.fault(POST, cut="after")
    world.emulator.fault("GET /connections", status=500, nth=2, times=20)

    with pytest.raises(AdobeError) as failed:
        world.start_process().lifecycle.create(build_inputs())

    first, second, *hint = told(failed).split("\n")
    assert first.startswith("POST /data/foundation/flowservice/connections got no answer: ")
    assert second.startswith("Looking for what it may have made failed too: GET /data/foundation/flowservice/")
    assert hint == ["The next `pulumi up` looks again before it makes anything."]


def test_a_lost_answer_that_made_nothing(world: World) -> None:
    world.emulator.fault(POST, cut="before")

    with pytest.raises(AdobeError) as failed:
        world.start_process().lifecycle.create(build_inputs())

    assert told(failed).split("\n")[1:] == [
        f"No {LAKE} was there afterwards.",
        "Run `pulumi up` again: it looks again before it makes anything.",
    ]


def test_two_new_ones_after_a_lost_answer(world: World) -> None:
    process = world.start_process()
    process.lifecycle.check(build_inputs(), exists=False)
    world.emulator.foreign_create(**build_foreign_connection(client="emulator-client-id"))
    world.emulator.fault(POST, cut="after")

    with pytest.raises(AdobeError) as refused:
        process.lifecycle.create(build_inputs())

    first, second = sorted(world.list_connections(), key=lambda each: refused.value.args[0].index(each["id"]))
    assert told(refused).split("\n")[1:] == [
        f"{LAKE} is there 2 times now, and which one this run made is not to be guessed:",
        f"  {describe_entity(first)}",
        f"  {describe_entity(second)}",
        "Delete what is too much, then: ADOBE_ADOPT=<id> pulumi up",
    ]


def test_a_creation_that_ended_badly(world: World) -> None:
    world.emulator.switch(final_state="failed")

    with pytest.raises(AdobeError) as failed:
        world.start_process().lifecycle.create(build_inputs())

    first, *rest = failed.value.args[0].split("\n")
    assert first.startswith(f"{LAKE} (")
    assert ") was made, but then: " in first
    assert rest == ["It was deleted again."]


@pytest.mark.parametrize(
    ("names", "counted"), [(("orders",), "1 dataflow"), (("orders", "customers"), "2 dataflows")], ids=["one", "two"]
)
def test_dataflows_in_the_way(world: World, names: tuple[str, ...], counted: str) -> None:
    made = world.start_process().lifecycle.create(build_inputs())
    world.emulator.fault("GET /flows", status=200, body=flows_on(*names, base=made.id))

    with pytest.raises(AdobeError) as refused:
        world.start_process().lifecycle.delete(made.id, made.outputs)

    listed = "".join(f'\n  "{name}" (id-{name}, enabled)' for name in names)
    assert told(refused) == (
        f"{LAKE} ({made.id}) is in use by {counted}. Nothing was deleted.{listed}\n"
        "Delete them first. Or set force_destroy=True, run `pulumi up`, and then delete: the dataflows are deleted "
        "with the connection."
    )


def test_dataflows_in_the_way_that_only_flow_service_sees(world: World) -> None:
    made = world.start_process().lifecycle.create(build_inputs())
    answer = {"errorCode": "1418-400", "errorMessage": "in use by flows"}
    world.emulator.fault("DELETE /connections/{id}", status=400, body=answer)

    with pytest.raises(AdobeError) as refused:
        world.start_process().lifecycle.delete(made.id, made.outputs)

    assert refused.value.args[0].startswith(f"{LAKE} ({made.id}) is in use: DELETE /data/foundation/flowservice/")
    assert refused.value.hint == "Dataflows use this connection: delete them first. Nothing was changed."


def test_a_deletion_that_does_not_end(world: World) -> None:
    made = world.start_process().lifecycle.create(build_inputs())
    world.emulator.fault("DELETE /connections/{id}", status=202)

    with pytest.raises(AdobeError) as refused:
        world.start_process(timeout=9.5).lifecycle.delete(made.id, made.outputs)

    assert told(refused) == (
        f'{LAKE} ({made.id}) is still there, in the state "enabled", 9.5 s after its deletion was accepted.\n'
        "Run the same command again: a connection that is gone by then is fine."
    )


@pytest.mark.parametrize(
    ("output", "setting", "was", "now"),
    [
        ("orgId", "adobe:orgId (ADOBE_ORG_ID)", "OTHER@AdobeOrg", "0123456789ABCDEF01234567@AdobeOrg"),
        ("sandboxName", "adobe:sandbox (ADOBE_SANDBOX)", "prod", "dev"),
    ],
)
def test_another_place(world: World, output: str, setting: str, was: str, now: str) -> None:
    made = world.start_process().lifecycle.create(build_inputs())

    with pytest.raises(AdobeError) as refused:
        world.start_process().lifecycle.delete(made.id, {**made.outputs, output: was})

    assert told(refused) == (
        f'{LAKE} was made in "{was}", but {setting} is now "{now}". Nothing was changed.\n'
        f'Restore the value "{was}". To have it in "{now}" instead, destroy it with the old value first, or declare '
        "another one in a stack of its own."
    )


def test_what_is_said_along_the_way(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection())["id"]
    checking, adopting, changing = world.start_process(), world.start_process(Options(test="off", adopt=(there,))), world.start_process()
    entity = world.list_connections()[0]

    checking.lifecycle.check(build_inputs(), exists=False)
    made = adopting.lifecycle.create(build_inputs())
    world.emulator.foreign_edit(there, [{"op": "replace", "path": "/description", "value": "x"}], client="their-app")
    changing.lifecycle.read(there, made.outputs)
    adopting.lifecycle.delete(there, made.outputs)

    now = world.list_connections()[0]
    assert checking.messages == [
        (
            f"warning: {LAKE} is there already: {describe_entity(entity)}. Unless this run deletes it first, a create will "
            f"refuse; to take it over: ADOBE_ADOPT={there} pulumi up"
        )
    ]
    assert changing.messages == [
        (
            f"{LAKE} ({there}) was changed outside of this stack, last by {now['updatedBy']} through their-app at "
            f"{from_epoch_milliseconds(now['updatedAt'])}"
        )
    ]
    assert adopting.messages == [
        f"{LAKE}: adopted {there}",
        f"warning: {LAKE} ({there}) is not deleted: another resource of this program holds it now",
    ]


def test_what_an_owner_is(world: World) -> None:
    made = world.start_process(Options(test="off", ownership="description")).lifecycle.create(build_inputs(description=None))

    assert world.list_connections()[0]["description"] == f"Managed by Pulumi: {OWNER}"
    assert made.outputs.get("description") is None


FAILED = (
    f"{LAKE} ({{id}}): Flow Service's test of the connection failed.",
    (
        "Likely: the access token has expired or was revoked, the cluster does not run, Adobe's addresses are not on "
        "the workspace's IP allow list, or the staging SAS in the cluster's configuration is an old one."
    ),
)


def test_a_failed_test_that_may_stand(world: World) -> None:
    world.emulator.switch(test_result="false")
    process = world.start_process(Options(test="warn"))

    made = process.lifecycle.create(build_inputs())

    assert process.messages == [f"warning: {' '.join(FAILED)}".replace("{id}", made.id)]


def test_a_failed_test_that_must_not_stand(world: World) -> None:
    made = world.start_process().lifecycle.create(build_inputs())
    world.emulator.switch(test_result="false")

    with pytest.raises(AdobeError) as failed:
        world.start_process(Options(test="fail")).lifecycle.update(made.id, made.outputs, build_inputs(clusterId="x"))

    assert told(failed) == "\n".join(FAILED).replace("{id}", made.id)


def test_a_test_that_could_not_be_run(world: World) -> None:
    world.emulator.fault("GET /connections/{id}/test", status=403, body={"error_code": "403027", "message": "no"})
    process = world.start_process(Options(test="fail"))

    made = process.lifecycle.create(build_inputs())

    (said,) = process.messages
    assert said.startswith(f"warning: {LAKE} ({made.id}) could not be tested: GET /data/foundation/flowservice/")


@pytest.mark.parametrize("etag", [{}, {"etag": '"1"'}], ids=["without etag", "with etag"])
def test_what_does_not_get_ready(world: World, etag: dict[str, str]) -> None:
    made = world.start_process().lifecycle.create(build_inputs())
    entity = {"id": made.id, "state": "initializing", **etag}
    world.emulator.fault(GET, status=200, body={"items": [entity]}, times=99)
    process = world.start_process(timeout=6.0)

    with pytest.raises(AdobeError) as failed:
        process.lifecycle.update(made.id, made.outputs, build_inputs(forceDestroy=True))

    assert told(failed) == (
        f'DatabricksSourceConnection {made.id} is still "initializing" after 6 s.\n'
        "`pulumi up` goes on waiting; adobe:timeout sets for how long."
    )
    assert process.clock.slept == [2.0, 2.0]


def test_what_is_made_by_another_thread_right_now(world: World) -> None:
    process = world.start_process()
    scope = f"connections?connectionSpec.id={build_inputs()['connectionSpec']['id']}"

    with process.context.claims.reserve_name(scope, "lake", "project/dev/first"), pytest.raises(AdobeError) as refused:
        process.lifecycle.create(build_inputs(owner="project/dev/second"))

    assert told(refused) == (
        'project/dev/first and project/dev/second both declare the name "lake". Nothing was made for the second.\n'
        "Give each its own name, or declare one of them only."
    )
