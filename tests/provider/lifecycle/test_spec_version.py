"""Flow Service moves the version of a connection spec: no change, unless the program declares a version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.lifecycle.spec_version import keep_spec_version
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.lifecycle.world import World, build_inputs
from tests.provider.resources.flow_world import (
    SOURCE_CONNECTION,
    TARGET_CONNECTION,
    FlowWorld,
    build_source_inputs,
    build_target_inputs,
)

SPEC = {"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "1.0"}


def move_version(world: World, id_: str) -> None:
    world.edit_foreign(id_, "/connectionSpec/version", "1.1")


def refresh(lifecycle: Lifecycle, created: CreatedResource) -> Mapping[str, Any]:
    resource = lifecycle.read(created.id, created.outputs)
    assert resource is not None
    assert resource.outputs["connectionSpec"]["version"] == "1.1"
    return resource.outputs


def test_changed_default_version_of_a_spec_is_no_change_after_a_refresh(world: World, created: CreatedResource) -> None:
    move_version(world, created.id)
    lifecycle = world.start_process().lifecycle

    outputs = refresh(lifecycle, created)

    assert not lifecycle.diff(created.id, outputs, build_inputs())
    assert lifecycle.diff(created.id, outputs, build_inputs(connectionSpec={**SPEC, "id": "other"})).replaces


def test_update_keeps_the_spec_version_of_the_entity(world: World, created: CreatedResource) -> None:
    move_version(world, created.id)
    lifecycle = world.start_process().lifecycle
    outputs = refresh(lifecycle, created)

    updated = lifecycle.update(created.id, outputs, build_inputs(name="pond"))

    assert updated["connectionSpec"] == {**SPEC, "version": "1.1"}
    assert [operation["path"] for operation in world.get_patch()["body"]] == ["/name"]
    assert not lifecycle.diff(created.id, updated, build_inputs(name="pond"))


def test_entity_with_another_spec_version_can_be_adopted(world: World) -> None:
    id_ = world.create_foreign(connectionSpec={**SPEC, "version": "1.1"})

    adopted = world.create(Options(test="off", adopt=(id_,)))

    assert adopted.id == id_
    assert adopted.outputs["connectionSpec"]["version"] == "1.1"


def test_changed_spec_version_replaces_no_source_or_target_connection(world: World) -> None:
    flow_world = FlowWorld(world)
    for schema, inputs, created in (
        (SOURCE_CONNECTION, build_source_inputs(flow_world.base_connection_id), flow_world.source_connection),
        (TARGET_CONNECTION, build_target_inputs(), flow_world.target_connection),
    ):
        move_version(world, created.id)
        lifecycle = flow_world.create_lifecycle(schema)

        outputs = refresh(lifecycle, created)

        assert not lifecycle.diff(created.id, outputs, inputs)


@pytest.mark.parametrize(("more", "replaces"), [({}, ()), ({"specVersionDeclared": True}, ("connectionSpec",))])
def test_declared_version_of_a_base_connection_is_compared(
    world: World, more: dict[str, bool], replaces: tuple[str, ...]
) -> None:
    process = world.start_process()
    resource_type = get_resource_type("BaseConnection")
    inputs = {
        "name": "warehouse",
        "authSpec": "Access Token Authentication",
        "connectionSpec": SPEC,
        "owner": "project/dev/warehouse",
        **{f"params.{name}": "x-value" for name in ("clusterId", "accessToken", "database")},
        "params.domain": "https://adb-1.7.azuredatabricks.net",
        **more,
    }
    lifecycle = Lifecycle(resource_type.schema.for_properties(inputs), resource_type.load_hooks(), process.context)
    created = lifecycle.create(inputs)
    move_version(world, created.id)

    outputs = refresh(lifecycle, created)

    assert lifecycle.diff(created.id, outputs, inputs).replaces == replaces


def test_spec_that_is_not_known_yet_stays_unknown() -> None:
    assert keep_spec_version({"connectionSpec": SPEC}, {"connectionSpec": UNKNOWN}) == {"connectionSpec": UNKNOWN}
    assert keep_spec_version({}, {"connectionSpec": SPEC}) == {"connectionSpec": SPEC}
