"""Adopt: the PATCH that turns an existing entity into what is declared, and what cannot be adopted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.errors import CannotAdopt, OwnedByAnotherStack, PartialFailure
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.lifecycle.operation import LifecycleHooks
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.resource_types.databricks_hooks import DatabricksHooks
from pulumi_adobe.resource_types.fields import build_base_connection_schema
from pulumi_adobe.sources import connection_specs
from tests.provider.lifecycle.world import (
    LAKE,
    ORG,
    OTHER_SPEC,
    OWNER,
    READ_ROUTE,
    UPDATE_ROUTE,
    World,
    build_foreign_connection,
    build_inputs,
)

OTHER_ORG = "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg"
OWNED_BY_PROD = "x\nManaged by Pulumi: project/prod/lake"


def adopting(id_: str, ownership: str = "none") -> Options:
    return Options(test="off", adopt=(id_,), ownership=ownership)


def test_adopt_sends_what_differs_and_always_the_secret(world: World) -> None:
    id_ = world.create_foreign(description="foreign")

    created = world.create(Options(test="off", adopt=(id_, "not-needed")))

    connection = world.get_connection()
    assert created.id == id_
    assert connection["description"] == "the lake"
    assert connection["auth"]["params"]["clusterId"] == "0612-200003-abc123"
    assert created.outputs["etag"] == connection["etag"]
    assert world.list_writes() == ["PATCH"]


def test_adopt_of_an_equal_entity_sends_only_the_auth_parameters(world: World) -> None:
    id_ = world.create().id

    world.create(adopting(id_))

    assert [patch_operation["path"] for patch_operation in world.get_patch()["body"]] == ["/auth/params"]


@pytest.mark.parametrize("ownership", ["none", "description"])
def test_adopt_sends_the_auth_parameters_of_a_source_without_secrets_too(world: World, ownership: str) -> None:
    spec = connection_specs()["apache-hdfs"]
    schema = build_base_connection_schema("Hdfs", spec, "Anonymous Authentication")
    inputs = {"name": "files", "url": "hdfs://x", "owner": OWNER, **schema.fixed_inputs}
    auth = {"specName": "Anonymous Authentication", "params": {"url": "hdfs://x"}}
    id_ = world.create_foreign(name="files", auth=auth, connectionSpec=schema.fixed_inputs["connectionSpec"])
    context = world.start_process(adopting(id_, ownership)).context

    created = Lifecycle(schema, LifecycleHooks(), context).create(inputs)

    ownership_operation = {"op": "add", "path": "/description", "value": f"Managed by Pulumi: {OWNER}"}
    assert world.get_patch()["body"] == [
        {"op": "replace", "path": "/auth/params", "value": {"url": "hdfs://x"}},
        *([ownership_operation] if ownership == "description" else []),
    ]
    assert created.outputs["etag"] == world.get_connection()["etag"]


def test_adopt_sends_the_auth_parameters_of_a_source_with_secrets_only(world: World) -> None:
    spec, auth_spec = connection_specs()["mysql"], "Connection String Based Authentication"
    schema = build_base_connection_schema("MySql", spec, auth_spec)
    auth = {"specName": auth_spec, "params": {"connectionString": "server=old"}}
    id_ = world.create_foreign(name="shop", auth=auth, connectionSpec=schema.fixed_inputs["connectionSpec"])
    inputs = {"name": "shop", "connectionString": "server=new", "owner": OWNER, **schema.fixed_inputs}

    Lifecycle(schema, LifecycleHooks(), world.start_process(adopting(id_)).context).create(inputs)

    assert [operation["path"] for operation in world.get_patch()["body"]] == ["/auth/params"]


def test_adopt_with_ownership_keeps_an_equal_description(world: World) -> None:
    id_ = world.create_foreign(description="the lake")

    world.create(adopting(id_, ownership="description"))

    assert world.get_connection()["description"] == f"the lake\nManaged by Pulumi: {OWNER}"


def test_adopt_sends_the_description_once(world: World) -> None:
    id_ = world.create_foreign(description="foreign")

    world.create(adopting(id_, ownership="description"))

    operations = [operation for operation in world.get_patch()["body"] if operation["path"] == "/description"]
    assert operations == [{"op": "add", "path": "/description", "value": f"the lake\nManaged by Pulumi: {OWNER}"}]


def test_adopt_sends_the_patch_again_if_the_etag_was_refused(world: World) -> None:
    id_ = world.create_foreign()
    world.emulator.fault(UPDATE_ROUTE, staleEtag=True)

    created = world.create(adopting(id_))

    connection = world.get_connection()
    assert created.outputs["etag"] == connection["etag"]
    assert created.outputs["clusterId"] == connection["auth"]["params"]["clusterId"]


def test_adopt_id_adopts_an_entity_of_another_name(world: World) -> None:
    id_ = world.create_foreign(name="foreign")

    created = world.create(adoptId=id_)

    assert created.id == id_
    assert world.get_connection()["name"] == "lake"


def test_adopt_never_rolls_back(world: World) -> None:
    id_ = world.create_foreign()
    world.emulator.switch(test_result="false")

    with pytest.raises(PartialFailure) as failure:
        world.create(Options(test="fail", adopt=(id_,)))

    assert type(failure.value.cause).__name__ == "ConnectionTestFailed"
    assert failure.value.id == id_
    assert len(world.list_connections()) == 1


def test_adopt_shows_which_entity_it_adopted(world: World) -> None:
    id_ = world.create_foreign()
    process = world.start_process(adopting(id_))

    process.lifecycle.create(build_inputs())

    (message,) = process.messages
    assert all(fact in message for fact in (LAKE, "adopted", id_))


def test_adopt_refuses_an_entity_whose_spec_differs_and_shows_both_specs(world: World) -> None:
    id_ = world.create_foreign(connectionSpec=OTHER_SPEC)

    with pytest.raises(CannotAdopt) as error:
        world.create(adoptId=id_)

    facts = (LAKE, id_, "connectionSpec", str(OTHER_SPEC), str(build_inputs()["connectionSpec"]), "It was not changed")
    assert all(fact in error.value.message for fact in facts)
    assert "another entity" in error.value.hint
    assert "another name" in error.value.hint
    assert world.list_writes() == []


@pytest.mark.parametrize("order", [1, -1], ids=["declared order", "reversed order"])
@pytest.mark.parametrize("auth_spec", ["Another", None])
def test_adopt_refuses_a_difference_that_cannot_change_in_any_order_of_fields(
    world: World, order: int, auth_spec: str | None
) -> None:
    id_ = world.create_foreign()
    schema = replace(DATABRICKS, fields=DATABRICKS.fields[::order])
    lifecycle = Lifecycle(schema, DatabricksHooks(), world.start_process().context)

    with pytest.raises(CannotAdopt, match=f"authSpec is Access Token Authentication, not {auth_spec}"):
        lifecycle.create(build_inputs(adoptId=id_, authSpec=auth_spec))


@pytest.mark.parametrize(
    ("member", "foreign_value", "own_value"), [("imsOrgId", OTHER_ORG, ORG), ("sandboxName", "prod", "dev")]
)
def test_adopt_refuses_an_entity_of_another_organization_or_sandbox(
    world: World, member: str, foreign_value: str, own_value: str
) -> None:
    id_ = world.create_foreign()
    entity: dict[str, Any] = {
        **world.get_connection(),
        member: foreign_value,
        "auth": build_foreign_connection()["auth"],
    }
    world.emulator.fault(READ_ROUTE, status=200, body={"items": [entity]}, times=2)

    with pytest.raises(CannotAdopt) as error:
        world.create(adoptId=id_)

    facts = (LAKE, id_, f'{member} is "{foreign_value}", not "{own_value}"', "It was not changed")
    assert all(fact in error.value.message for fact in facts)
    assert world.list_writes() == []


@pytest.mark.parametrize("ownership", ["none", "description"])
def test_adopt_refuses_an_entity_that_another_stack_owns(world: World, ownership: str) -> None:
    id_ = world.create_foreign(description=OWNED_BY_PROD)

    with pytest.raises(OwnedByAnotherStack) as error:
        world.create(adopting(id_, ownership))

    assert all(fact in error.value.message for fact in (LAKE, id_, "project/prod/lake", "cannot adopt"))
    assert "`pulumi state delete`" in error.value.hint
    assert "Managed by Pulumi: " in error.value.hint
    assert world.list_writes() == []
