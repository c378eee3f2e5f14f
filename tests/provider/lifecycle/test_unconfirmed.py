"""A secret that was adopted and never sent is told of, until a PATCH of the auth parameters has sent it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.errors import ConflictingChange
from pulumi_adobe.lifecycle.unconfirmed_secrets import diff_with_secrets
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED, ResourceSchema
from tests.provider.lifecycle.world import SECRET, Process, World, build_foreign_connection, build_inputs

PATCH = "PATCH /connections/{id}"
THEIRS = {"clusterId": "theirs", "database": "theirs", "description": None}
Adopted = tuple[str, dict[str, Any]]


@pytest.fixture
def adopted(world: World) -> Adopted:
    """One made by hand, as a stub in the state and a refresh adopt it."""
    id_ = world.emulator.foreign_create(**build_foreign_connection())["id"]
    kept = {**build_inputs(**THEIRS), "secretConfirmed": False}
    found = world.start_process().lifecycle.read(id_, kept)
    assert found is not None
    assert "secretConfirmed" not in found.inputs
    world.emulator.clear_journal()
    return id_, found.outputs


def sending(world: World, id_: str) -> Process:
    return world.start_process(Options(test="off", send_secrets=(id_,)))


def secret_there(world: World) -> Any:
    (connection,) = world.list_connections()
    return connection["auth"]["params"]["accessToken"]


def test_it_is_no_change_but_is_told(world: World, adopted: Adopted) -> None:
    id_, olds = adopted

    found = world.start_process().lifecycle.diff(id_, olds, build_inputs(**THEIRS))

    assert not found
    assert found.unconfirmed_secrets == ("accessToken",)
    assert world.list_writes() == []


def test_a_read_keeps_it(world: World, adopted: Adopted) -> None:
    id_, olds = adopted

    found = world.start_process().lifecycle.read(id_, olds)

    assert found is not None
    assert found.outputs["secretConfirmed"] is False


def test_a_change_of_the_name_keeps_it(world: World, adopted: Adopted) -> None:
    id_, olds = adopted

    after = world.start_process().lifecycle.update(id_, olds, build_inputs(**THEIRS, name="new"))

    assert after["secretConfirmed"] is False
    assert secret_there(world) != hashlib.sha256(SECRET.encode()).hexdigest()


def test_a_change_that_the_state_alone_takes_keeps_it(world: World, adopted: Adopted) -> None:
    id_, olds = adopted

    after = world.start_process().lifecycle.update(id_, olds, build_inputs(**THEIRS, forceDestroy=True))

    assert world.list_writes() == []
    assert after["secretConfirmed"] is False


def test_a_change_of_a_parameter_sends_it_and_confirms(world: World, adopted: Adopted) -> None:
    id_, olds = adopted
    news = build_inputs(**{**THEIRS, "database": "new"})

    after = world.start_process().lifecycle.update(id_, olds, news)

    assert after["secretConfirmed"] is True
    assert secret_there(world) == hashlib.sha256(SECRET.encode()).hexdigest()
    assert world.start_process().lifecycle.diff(id_, after, news).unconfirmed_secrets == ()


def test_the_run_that_is_asked_to_sends_it_with_all_parameters_and_the_etag(world: World, adopted: Adopted) -> None:
    id_, olds = adopted
    world.emulator.foreign_edit(id_, [{"op": "add", "path": "/auth/params/region", "value": "theirs"}])
    refreshed = world.start_process().lifecycle.read(id_, olds)
    assert refreshed is not None

    found = sending(world, id_).lifecycle.diff(id_, refreshed.outputs, build_inputs(**THEIRS))
    after = sending(world, id_).lifecycle.update(id_, refreshed.outputs, build_inputs(**THEIRS))

    assert (found.changed_secrets, found.unconfirmed_secrets, found.replaces) == (("accessToken",), (), ())
    assert after["secretConfirmed"] is True
    assert secret_there(world) == hashlib.sha256(SECRET.encode()).hexdigest()
    assert world.list_connections()[0]["auth"]["params"]["region"] == "theirs"
    (sent,) = [each for each in world.emulator.journal() if each["method"] == "PATCH"]
    assert sent["headers"]["if-match"] == refreshed.outputs["etag"]
    assert [(each["op"], each["path"]) for each in sent["body"]] == [("replace", "/auth/params")]


def test_what_is_replaced_is_made_with_its_secrets_and_a_source_without_secrets_has_none_to_send(
    world: World, adopted: Adopted
) -> None:
    id_, olds = adopted
    declaration = ResourceSchema("Any", "connections", (Field("name", ("name",), "name"),))

    replaced = world.start_process().lifecycle.diff(id_, olds, build_inputs(**{**THEIRS, "authSpec": "Another"}))
    plain = diff_with_secrets(declaration, {"name": "lake", SECRET_CONFIRMED: False}, {"name": "lake"}, send=True)

    assert (replaced.replaces, replaced.unconfirmed_secrets) == (("authSpec",), ())
    assert not plain


def test_it_is_never_sent_over_what_somebody_else_wrote_since(world: World, adopted: Adopted) -> None:
    id_, olds = adopted
    world.emulator.foreign_edit(id_, [{"op": "replace", "path": "/auth/params/accessToken", "value": "dapi-rotated-9"}])

    with pytest.raises(ConflictingChange):
        sending(world, id_).lifecycle.update(id_, olds, build_inputs(**THEIRS))

    assert secret_there(world) == hashlib.sha256(b"dapi-rotated-9").hexdigest()


def test_a_change_that_somebody_else_made_too_does_not_confirm_what_was_not_sent(
    world: World, adopted: Adopted
) -> None:
    id_, olds = adopted
    world.emulator.foreign_edit(id_, [{"op": "replace", "path": "/auth/params/database", "value": "new"}])

    with pytest.raises(ConflictingChange):
        world.start_process().lifecycle.update(id_, olds, build_inputs(**{**THEIRS, "database": "new"}))

    assert world.list_writes() == []


def test_another_id_is_not_sent(world: World, adopted: Adopted) -> None:
    id_, olds = adopted

    assert not sending(world, "another").lifecycle.diff(id_, olds, build_inputs(**THEIRS))


def test_a_state_that_does_not_have_it_is_untouched(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    process = sending(world, created.id)

    assert "secretConfirmed" not in created.outputs
    assert not process.lifecycle.diff(created.id, created.outputs, build_inputs())
    assert process.lifecycle.diff(created.id, created.outputs, build_inputs()).unconfirmed_secrets == ()
    assert "secretConfirmed" not in process.lifecycle.update(created.id, created.outputs, build_inputs(name="new"))


def test_it_can_be_deleted_as_any_other(world: World, adopted: Adopted) -> None:
    id_, olds = adopted

    world.start_process().lifecycle.delete(id_, olds)

    assert world.list_connections() == []
