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


def test_refresh_of_an_imported_unchanged_resource_changes_nothing(world: World) -> None:
    id_ = world.create().id
    outputs = import_state(world, id_)
    process = world.start_process()

    read_state = process.lifecycle.read(id_, outputs)

    assert read_state is not None
    assert read_state.outputs == outputs
    assert outputs[SECRET_CONFIRMED] is False
    assert process.messages == []


def test_refresh_of_an_import_reports_a_stale_etag_and_stores_the_new_one(world: World) -> None:
    id_ = world.create().id
    outputs = import_state(world, id_)
    etag = world.edit_foreign(id_, "/description", "theirs")
    process = world.start_process()

    read_state = process.lifecycle.read(id_, outputs)

    assert read_state is not None
    assert (read_state.outputs["etag"], read_state.inputs["description"]) == (etag, "theirs")
    assert f"({id_}) was changed outside of this stack" in process.messages[0]


def test_refresh_of_an_import_finds_a_deleted_entity(world: World) -> None:
    id_ = world.create().id
    outputs = import_state(world, id_)
    world.emulator.foreign_delete(id_)

    assert world.start_process().lifecycle.read(id_, outputs) is None


@pytest.mark.parametrize(
    ("place", "named"), [(Place(ORG, "stage"), "stage"), (Place("other@AdobeOrg", "dev"), "other")]
)
def test_refresh_refuses_a_resource_imported_from_another_organization_or_sandbox(
    world: World, place: Place, named: str
) -> None:
    id_ = world.create().id
    outputs = import_state(world, id_, place, sandboxName=None, imsOrgId=None)

    with pytest.raises(WrongPlace, match=named):
        world.start_process().lifecycle.read(id_, outputs)
