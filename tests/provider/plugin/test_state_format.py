"""What an import stores is what a read finds, in the form in which the states of the dynamic adapter hold it."""

from __future__ import annotations

import subprocess
import sys
from pickle import DEFAULT_PROTOCOL
from typing import Any

import pytest
from pulumi.dynamic.dynamic import serialize_provider

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.imported_state import Place
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.plugin.dynamic.state_format import pickle_provider
from pulumi_adobe.plugin.state_format import StateProperties, build_imported_properties, find_state_format
from pulumi_adobe.resource_types.registry import RESOURCE_TYPE_NAMES, get_resource_type
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG, World, build_inputs
from tests.provider.resources.flow_world import FlowWorld, build_source_inputs, build_target_inputs
from tests.provider.test_frozen_names import FROZEN, set_protocol

TOKEN = "pulumi-python:dynamic/adobe:{}"
LAKE, BASE, FLOW = (TOKEN.format(name) for name in ("DatabricksSourceConnection", "BaseConnection", "Dataflow"))
ENCRYPTED = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}
MYSQL = {
    "name": "shop",
    "connectionSpec": {"id": "26d738e0-8963-47ea-aadf-c60de735468a", "version": "1.0"},
    "authSpec": "Basic Authentication",
    "params": {"server": "db.acme.example", "database": "shop", "username": "loader", "password": ENCRYPTED},
    "owner": "project/dev/shop",
}


@pytest.fixture
def world(emulator: EmulatorProcess) -> World:
    return World(emulator)


@pytest.fixture
def flow_world(world: World) -> FlowWorld:
    return FlowWorld(world)


def build(type_token: str, inputs: dict[str, Any], entity: dict[str, Any]) -> StateProperties:
    return build_imported_properties(type_token, inputs, entity, Place(ORG, "dev"))


def read_entity(world: World, collection: str, id_: str) -> dict[str, Any]:
    return dict(world.start_process().service.get(collection, id_))


@pytest.mark.parametrize(("provider", "pickled", "token"), [(each[0], each[2], each[3]) for each in FROZEN])
def test_the_pickled_provider_is_what_the_sdk_writes(provider: type, pickled: str, token: str) -> None:
    written = find_state_format(token).write_inputs(token, {})

    assert written == {"__provider": pickled}
    by_the_sdk = serialize_provider(provider())
    assert set_protocol(pickle_provider(provider.__module__, provider.__qualname__), DEFAULT_PROTOCOL) == by_the_sdk


def test_every_resource_type_has_its_token() -> None:
    found = {
        find_state_format(TOKEN.format(name)).find_resource_type(TOKEN.format(name)) for name in RESOURCE_TYPE_NAMES
    }

    assert found == {get_resource_type(name) for name in RESOURCE_TYPE_NAMES}


def test_unknown_adapter_and_unknown_resource_type_are_refused() -> None:
    for token in ("aws:s3:Bucket", TOKEN.format("Bucket"), TOKEN.format("LandingZoneCredentials")):
        with pytest.raises(ValueError, match=token):
            build(token, {}, {})


def test_state_of_a_connection_equals_the_state_after_a_read(world: World) -> None:
    id_ = world.create(None).id
    entity = read_entity(world, "connections", id_)
    read_state = world.start_process().lifecycle.read(id_, build_inputs())
    assert read_state is not None

    inputs, outputs = build(LAKE, {**build_inputs(), "accessToken": ENCRYPTED}, entity)

    assert inputs.pop("__provider") == outputs.pop("__provider") == FROZEN[0][2]
    assert inputs == {**build_inputs(), "accessToken": ENCRYPTED}
    assert outputs == {**read_state.outputs, "accessToken": ENCRYPTED, SECRET_CONFIRMED: False}
    assert outputs["etag"] == entity["etag"]


@pytest.mark.parametrize("kind", ["SourceConnection", "TargetConnection", "Dataflow"])
def test_state_of_the_other_kinds_equals_the_state_after_a_read(flow_world: FlowWorld, kind: str) -> None:
    schema = get_resource_type(kind).schema
    inputs: dict[str, Any] = {
        "SourceConnection": build_source_inputs(flow_world.base_connection_id),
        "TargetConnection": build_target_inputs(),
        "Dataflow": flow_world.build_dataflow_inputs(startTime="2126-01-01T03:00:00Z"),
    }[kind]
    if kind != "Dataflow":
        created = {"SourceConnection": flow_world.source_connection, "TargetConnection": flow_world.target_connection}[
            kind
        ]
    else:
        created = flow_world.create(schema, inputs)
    entity = read_entity(flow_world.world, schema.collection, created.id)

    imported = build(TOKEN.format(kind), inputs, entity)

    outputs = {name: value for name, value in imported.outputs.items() if name != "__provider"}
    assert outputs == created.outputs
    lifecycle: Lifecycle = flow_world.create_lifecycle(schema)
    assert not lifecycle.diff(created.id, outputs, inputs)


def test_secret_may_be_absent_and_an_undocumented_parameter_is_omitted() -> None:
    parameters = {**MYSQL["params"], "region": "eu"}  # type: ignore[dict-item]  # the parameters
    entity = {"id": "1", "etag": '"1"', "name": "shop", "auth": {"params": {**parameters, "password": "*****"}}}
    params = {name: value for name, value in parameters.items() if name not in {"password", "region"}}

    inputs, outputs = build(BASE, {**MYSQL, "params": params}, entity)

    assert inputs["params"] == outputs["params"] == params
    assert outputs[SECRET_CONFIRMED] is False
    assert "serverParams" not in outputs


def test_declared_secret_is_no_change_of_a_state_without_it(world: World) -> None:
    id_ = world.create(Options(test="off")).id
    state = build(LAKE, build_inputs(accessToken=None), read_entity(world, "connections", id_))
    outputs = find_state_format(LAKE).read_outputs(LAKE, state.outputs)

    resource_diff = world.start_process().lifecycle.diff(id_, outputs, build_inputs())

    assert not resource_diff
    assert resource_diff.unconfirmed_secrets == ("accessToken",)


def test_state_formats_do_not_import_pulumi() -> None:
    code = "import sys, pulumi_adobe.plugin.state_format; print('pulumi' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
