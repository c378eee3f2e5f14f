"""The refresh after an import finds what the import could not know: a stale etag, a deleted entity, another sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.lifecycle.errors import WrongPlace
from pulumi_adobe.lifecycle.imported_state import Place, build_imported_state
from pulumi_adobe.resource_types.databricks import SCHEMA
from pulumi_adobe.resource_types.databricks_hooks import DatabricksHooks
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED
from tests.provider.lifecycle.world import ORG, World, build_inputs


def import_state(world: World, id_: str, place: Place = Place(ORG, "dev"), **shown: Any) -> dict[str, Any]:  # noqa: B008 - it is immutable
    """Return the outputs of an import that found the entity with these members, and has no secret."""
    entity = {**world.start_process().service.get("connections", id_), **shown}
    return build_imported_state(SCHEMA, DatabricksHooks(), build_inputs(accessToken=None), entity, place).outputs


def test_a_refresh_changes_nothing_of_what_is_as_it_was_imported(world: World) -> None:
    id_ = world.create().id
    outputs = import_state(world, id_)
    process = world.start_process()

    read_state = process.lifecycle.read(id_, outputs)

    assert read_state is not None
    assert read_state.outputs == outputs
    assert outputs[SECRET_CONFIRMED] is False
    assert process.messages == []


def test_a_refresh_says_that_the_etag_is_stale_and_takes_the_new_one(world: World) -> None:
    id_ = world.create().id
    outputs = import_state(world, id_)
    etag = world.edit_foreign(id_, "/description", "theirs")
    process = world.start_process()

    read_state = process.lifecycle.read(id_, outputs)

    assert read_state is not None
    assert (read_state.outputs["etag"], read_state.inputs["description"]) == (etag, "theirs")
    assert f"({id_}) was changed outside of this stack" in process.messages[0]


def test_a_refresh_finds_that_the_entity_is_gone(world: World) -> None:
    id_ = world.create().id
    outputs = import_state(world, id_)
    world.emulator.foreign_delete(id_)

    assert world.start_process().lifecycle.read(id_, outputs) is None


@pytest.mark.parametrize(
    ("place", "named"), [(Place(ORG, "stage"), "stage"), (Place("other@AdobeOrg", "dev"), "other")]
)
def test_a_refresh_refuses_what_was_read_elsewhere(world: World, place: Place, named: str) -> None:
    id_ = world.create().id
    outputs = import_state(world, id_, place, sandboxName=None, imsOrgId=None)

    with pytest.raises(WrongPlace, match=named):
        world.start_process().lifecycle.read(id_, outputs)
