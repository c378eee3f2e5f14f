"""A secret that was adopted into the state and never sent is reported until a PATCH has sent it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConflictingChange
from pulumi_adobe.lifecycle.unconfirmed_secrets import diff_with_secrets
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED, ResourceSchema
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.lifecycle.world import SECRET, Process, World, build_inputs

FOREIGN_VALUES = {"clusterId": "foreign", "database": "foreign", "description": None}


@dataclass(frozen=True)
class Adopted:
    """A connection that somebody else created and that a refresh adopted into the state."""

    id: str
    outputs: dict[str, Any]


@pytest.fixture
def adopted(world: World) -> Adopted:
    """The journal has no requests."""
    id_ = world.create_foreign()
    prior_outputs = {**build_inputs(**FOREIGN_VALUES), SECRET_CONFIRMED: False}
    resource = world.start_process().lifecycle.read(id_, prior_outputs)
    assert resource is not None
    assert SECRET_CONFIRMED not in resource.inputs
    world.emulator.clear_journal()
    return Adopted(id_, resource.outputs)


def build_adopted_inputs(**changes: Any) -> dict[str, Any]:
    """Return the inputs that declare the adopted connection as it is."""
    return build_inputs(**{**FOREIGN_VALUES, **changes})


def start_sending_process(world: World, id_: str) -> Process:
    """Start a process that was asked to send the secrets of the resource with this id."""
    return world.start_process(Options(test="off", send_secrets=(id_,)))


def is_current_secret(world: World, secret: str) -> bool:
    sha256: str = world.get_connection()["auth"]["params"]["accessToken"]
    return sha256 == hashlib.sha256(secret.encode()).hexdigest()


def test_an_unconfirmed_secret_is_reported_and_no_difference(world: World, adopted: Adopted) -> None:
    resource_diff = world.start_process().lifecycle.diff(adopted.id, adopted.outputs, build_adopted_inputs())

    assert not resource_diff
    assert resource_diff.unconfirmed_secrets == ("accessToken",)
    assert world.list_writes() == []


@pytest.fixture
def imported(adopted: Adopted) -> Adopted:
    """The same, imported without the secret."""
    return Adopted(adopted.id, {name: value for name, value in adopted.outputs.items() if name != "accessToken"})


@pytest.mark.parametrize("secret", [SECRET, UNKNOWN])
def test_a_secret_that_the_state_lacks_is_reported_and_no_difference(
    world: World, imported: Adopted, secret: object
) -> None:
    new_inputs = build_adopted_inputs(accessToken=secret)

    resource_diff = world.start_process().lifecycle.diff(imported.id, imported.outputs, new_inputs)

    assert not resource_diff
    assert (resource_diff.unconfirmed_secrets, resource_diff.changed_secrets) == (("accessToken",), ())
    assert world.list_writes() == []


def test_a_secret_that_the_state_lacks_is_sent_with_an_auth_parameter(world: World, imported: Adopted) -> None:
    new_inputs = build_adopted_inputs(database="new")

    outputs = world.start_process().lifecycle.update(imported.id, imported.outputs, new_inputs)

    assert (outputs[SECRET_CONFIRMED], outputs["accessToken"]) == (True, SECRET)
    assert is_current_secret(world, SECRET)


@pytest.mark.parametrize("ids", [("all",), ()])
def test_secret_that_the_state_lacks_is_sent_by_an_update_with_adobe_send_secrets(
    world: World, imported: Adopted, ids: tuple[str, ...]
) -> None:
    options = Options(test="off", send_secrets=ids or (imported.id,))

    outputs = world.start_process(options).lifecycle.update(imported.id, imported.outputs, build_adopted_inputs())

    assert outputs[SECRET_CONFIRMED] is True
    assert is_current_secret(world, SECRET)


def test_an_update_of_the_name_stores_the_secret_so_that_another_one_is_a_change(
    world: World, imported: Adopted
) -> None:
    outputs = world.start_process().lifecycle.update(imported.id, imported.outputs, build_adopted_inputs(name="new"))

    same, other = (
        world.start_process().lifecycle.diff(imported.id, outputs, build_adopted_inputs(name="new", accessToken=secret))
        for secret in (SECRET, "dapi-rotated-1")
    )

    assert (outputs[SECRET_CONFIRMED], outputs["accessToken"]) == (False, SECRET)
    assert not same
    assert other.changes_auth_parameters


def test_secret_that_the_state_lacked_is_stored_once_it_was_sent(world: World, imported: Adopted) -> None:
    """Only a note of the import makes the absence of a secret no change."""
    sent = {**imported.outputs, SECRET_CONFIRMED: True}

    assert world.start_process().lifecycle.diff(imported.id, sent, build_adopted_inputs()).changes_auth_parameters


def test_a_read_keeps_the_secret_unconfirmed(world: World, adopted: Adopted) -> None:
    resource = world.start_process().lifecycle.read(adopted.id, adopted.outputs)

    assert resource is not None
    assert resource.outputs[SECRET_CONFIRMED] is False


def test_an_update_of_the_name_keeps_the_secret_unconfirmed(world: World, adopted: Adopted) -> None:
    outputs = world.start_process().lifecycle.update(adopted.id, adopted.outputs, build_adopted_inputs(name="new"))

    assert outputs[SECRET_CONFIRMED] is False
    assert not is_current_secret(world, SECRET)


def test_an_update_of_the_state_alone_keeps_the_secret_unconfirmed(world: World, adopted: Adopted) -> None:
    new_inputs = build_adopted_inputs(forceDestroy=True)

    outputs = world.start_process().lifecycle.update(adopted.id, adopted.outputs, new_inputs)

    assert world.list_writes() == []
    assert outputs[SECRET_CONFIRMED] is False


def test_an_update_of_an_auth_parameter_sends_and_confirms_the_secret(world: World, adopted: Adopted) -> None:
    new_inputs = build_adopted_inputs(database="new")

    outputs = world.start_process().lifecycle.update(adopted.id, adopted.outputs, new_inputs)

    assert outputs[SECRET_CONFIRMED] is True
    assert is_current_secret(world, SECRET)
    assert world.start_process().lifecycle.diff(adopted.id, outputs, new_inputs).unconfirmed_secrets == ()


def test_update_with_the_send_request_sends_the_secret_with_all_parameters_and_the_etag(
    world: World, adopted: Adopted
) -> None:
    world.edit_foreign(adopted.id, "/auth/params/region", "foreign")
    resource = world.start_process().lifecycle.read(adopted.id, adopted.outputs)
    assert resource is not None
    lifecycle = start_sending_process(world, adopted.id).lifecycle

    resource_diff = lifecycle.diff(adopted.id, resource.outputs, build_adopted_inputs())
    outputs = lifecycle.update(adopted.id, resource.outputs, build_adopted_inputs())

    assert resource_diff.changed_secrets == ("accessToken",)
    assert resource_diff.unconfirmed_secrets == resource_diff.replaces == ()
    assert outputs[SECRET_CONFIRMED] is True
    assert is_current_secret(world, SECRET)
    assert world.get_connection()["auth"]["params"]["region"] == "foreign"
    patch = world.get_patch()
    assert patch["headers"]["if-match"] == resource.outputs["etag"]
    assert [(operation["op"], operation["path"]) for operation in patch["body"]] == [("replace", "/auth/params")]


def test_send_request_for_another_id_sends_nothing(world: World, adopted: Adopted) -> None:
    lifecycle = start_sending_process(world, "another").lifecycle

    assert not lifecycle.diff(adopted.id, adopted.outputs, build_adopted_inputs())


def test_a_replacement_has_no_unconfirmed_secret(world: World, adopted: Adopted) -> None:
    new_inputs = build_adopted_inputs(authSpec="Another")

    resource_diff = world.start_process().lifecycle.diff(adopted.id, adopted.outputs, new_inputs)

    assert (resource_diff.replaces, resource_diff.unconfirmed_secrets) == (("authSpec",), ())


def test_a_resource_without_secrets_has_none_to_send() -> None:
    schema = ResourceSchema("Any", "connections", (Field("name", ("name",), "name"),))

    assert not diff_with_secrets(schema, {"name": "lake", SECRET_CONFIRMED: False}, {"name": "lake"}, send=True)


def test_the_secret_is_never_sent_over_a_foreign_change(world: World, adopted: Adopted) -> None:
    world.edit_foreign(adopted.id, "/auth/params/accessToken", "dapi-rotated-9")

    with pytest.raises(ConflictingChange):
        start_sending_process(world, adopted.id).lifecycle.update(adopted.id, adopted.outputs, build_adopted_inputs())

    assert is_current_secret(world, "dapi-rotated-9")


def test_the_same_change_by_somebody_else_does_not_confirm_a_secret_that_was_not_sent(
    world: World, adopted: Adopted
) -> None:
    world.edit_foreign(adopted.id, "/auth/params/database", "new")

    with pytest.raises(ConflictingChange):
        world.start_process().lifecycle.update(adopted.id, adopted.outputs, build_adopted_inputs(database="new"))

    assert world.list_writes() == []


def test_a_created_resource_never_has_the_output(world: World, created: CreatedResource) -> None:
    lifecycle = start_sending_process(world, created.id).lifecycle

    resource_diff = lifecycle.diff(created.id, created.outputs, build_inputs())
    outputs = lifecycle.update(created.id, created.outputs, build_inputs(name="new"))

    assert not resource_diff
    assert resource_diff.unconfirmed_secrets == ()
    assert SECRET_CONFIRMED not in created.outputs
    assert SECRET_CONFIRMED not in outputs


def test_a_resource_with_an_unconfirmed_secret_can_be_deleted(world: World, adopted: Adopted) -> None:
    world.start_process().lifecycle.delete(adopted.id, adopted.outputs)

    assert world.list_connections() == []
