"""An adoption takes over the one that is meant, sends what differs, and refuses what cannot become it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.errors import CannotAdopt, DuplicateDeclaration
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.lifecycle.operation import LifecycleHooks
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.resource_types.databricks_hooks import DatabricksHooks
from pulumi_adobe.resource_types.fields import build_base_connection_schema, build_fixed_inputs
from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.sources import connection_specs
from tests.provider.lifecycle.world import OWNER, World, build_foreign_connection, build_inputs

GET = "GET /connections/{id}"


def test_an_adoption_whose_etag_moved_meanwhile_is_done_on_the_new_one(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection())["id"]
    world.emulator.fault("PATCH /connections/{id}", staleEtag=True)

    created = world.start_process(Options(test="off", adopt=(there,))).lifecycle.create(build_inputs())

    assert created.outputs["etag"] == world.list_connections()[0]["etag"]
    assert created.outputs["clusterId"] == world.list_connections()[0]["auth"]["params"]["clusterId"]


def test_one_connection_is_not_adopted_by_two_resources(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection())["id"]
    lifecycle = world.start_process().lifecycle
    lifecycle.create(build_inputs(adoptId=there))

    with pytest.raises(DuplicateDeclaration, match=f"The resource that holds {there}") as refused:
        lifecycle.create(build_inputs(name="other", adoptId=there, owner="project/dev/other"))

    assert "Nothing was made for the second" in refused.value.message
    assert refused.value.hint


def test_a_check_is_silent_about_what_the_run_deletes_adopts_or_may_double(world: World) -> None:
    made = world.start_process().lifecycle.create(build_inputs())
    replaced = build_inputs(connectionSpec={"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "0.9"})
    replacing = world.start_process()
    replacing.lifecycle.diff(made.id, made.outputs, replaced)
    doubling = world.start_process(Options(test="off", on_existing="duplicate"))
    adopting = world.start_process()

    replacing.lifecycle.check(build_inputs(owner="project/dev/second"), exists=False)
    doubling.lifecycle.check(build_inputs(), exists=False)
    adopting.lifecycle.check(build_inputs(adoptId=made.id), exists=False)
    adopting.lifecycle.check(build_inputs(name=UNKNOWN), exists=False)
    adopting.lifecycle.check(build_inputs(connectionSpec=UNKNOWN), exists=False)

    assert replacing.messages == doubling.messages == adopting.messages == []


@pytest.mark.parametrize("ownership", ["none", "description"])
def test_an_adoption_sends_the_parameters_of_a_source_without_secrets_too(world: World, ownership: str) -> None:
    spec = connection_specs()["apache-hdfs"]
    declaration = build_base_connection_schema("Hdfs", spec, "Anonymous Authentication")
    wanted = {
        "name": "files",
        "url": "hdfs://x",
        "owner": OWNER,
        **build_fixed_inputs(spec, "Anonymous Authentication"),
    }
    body = {"auth": {"specName": "Anonymous Authentication", "params": {"url": "hdfs://x"}}, "name": "files"}
    there = world.emulator.foreign_create(**build_foreign_connection(**body, connectionSpec=wanted["connectionSpec"]))["id"]
    process = world.start_process(Options(test="off", adopt=(there,), ownership=ownership))

    created = Lifecycle(declaration, LifecycleHooks(), process.context).create(wanted)

    (patch,) = [each for each in world.emulator.journal() if each["method"] == "PATCH"]
    line = [{"op": "add", "path": "/description", "value": f"Managed by Pulumi: {OWNER}"}]
    assert patch["body"] == [
        {"op": "replace", "path": "/auth/params", "value": {"url": "hdfs://x"}},
        *(line if ownership == "description" else []),
    ]
    assert created.outputs["etag"] == world.list_connections()[0]["etag"]


def test_what_is_not_adopted_is_told_with_both_sides(world: World) -> None:
    other = {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"}
    there = world.emulator.foreign_create(**build_foreign_connection(connectionSpec=other))["id"]

    with pytest.raises(CannotAdopt) as refused:
        world.start_process().lifecycle.create(build_inputs(adoptId=there))

    assert f"cannot adopt {there}: its connectionSpec is {other}, not" in refused.value.message
    assert "Nothing was changed" in refused.value.message
    assert "Name another one" in refused.value.hint


def test_a_connection_of_another_organization_is_not_adopted(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection())["id"]
    entity = {**world.list_connections()[0], "imsOrgId": "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg", "auth": build_foreign_connection()["auth"]}
    world.emulator.fault(GET, status=200, body={"items": [entity]}, times=2)

    with pytest.raises(CannotAdopt, match='its imsOrgId is "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg"'):
        world.start_process().lifecycle.create(build_inputs(adoptId=there))
    assert "PATCH" not in world.list_writes()


def test_an_adoption_with_the_line_keeps_the_description(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection(description="the lake"))["id"]

    world.start_process(Options(test="off", adopt=(there,), ownership="description")).lifecycle.create(build_inputs())

    assert world.list_connections()[0]["description"] == f"the lake\nManaged by Pulumi: {OWNER}"


@pytest.mark.parametrize("order", [1, -1], ids=["as declared", "turned round"])
def test_whatever_the_order_of_the_fields_what_cannot_change_is_not_adopted(world: World, order: int) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection())["id"]
    declared = DATABRICKS
    lifecycle = Lifecycle(replace(declared, fields=declared.fields[::order]), DatabricksHooks(), world.start_process().context)

    with pytest.raises(CannotAdopt, match="its authSpec is Access Token Authentication, not Another"):
        lifecycle.create(build_inputs(adoptId=there, authSpec="Another"))
    with pytest.raises(CannotAdopt, match="its authSpec is Access Token Authentication, not None"):
        lifecycle.create(build_inputs(adoptId=there, authSpec=None))
