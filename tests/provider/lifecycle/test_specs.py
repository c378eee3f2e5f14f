"""Flow Service judges the parameters of a connection spec that the catalogue does not have."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.lifecycle.cache.connection_specs import ConnectionSpecCache
from tests.provider.lifecycle.world import World

SCHEMA = {"properties": {"host": {}, "password": {}, "port": {}}, "required": ["password", "host"]}


def problems(world: World, auth_specs: Any, *parameters: str, auth_spec: str = "Basic") -> list[str]:
    world.emulator.fault("GET /connectionSpecs/{id}", status=200, body={"items": [{"id": "x", "authSpec": auth_specs}]})
    return list(ConnectionSpecCache(world.start_process().service).validate_parameters("x", auth_spec, parameters))


def test_what_is_missing_and_what_there_is_not_is_named_with_the_nearest(world: World) -> None:
    assert problems(world, [{"name": "Basic", "spec": SCHEMA}], "pasword", "zzzzzz") == [
        "params.host: is missing",
        "params.password: is missing",
        "params.pasword: is no parameter of Basic; did you mean password?",
        "params.zzzzzz: is no parameter of Basic (there are host, password, port)",
    ]
    assert problems(world, [{"name": "Basic", "spec": SCHEMA}], "host", "password", "port") == []


def test_an_auth_spec_that_there_is_not_is_named_with_those_that_there_are(world: World) -> None:
    two = [{"name": "Key", "spec": SCHEMA}, None, {"name": "Token", "spec": SCHEMA}]

    assert problems(world, two, auth_spec="Tokens") == [
        "authSpec: Tokens is none of this connection spec; did you mean Token?"
    ]
    assert problems(world, two, auth_spec="zz") == [
        "authSpec: zz is none of this connection spec (there are Key, Token)"
    ]


@pytest.mark.parametrize("auth_specs", [None, "none", []], ids=str)
def test_a_spec_without_auth_specs_has_none_to_offer(world: World, auth_specs: Any) -> None:
    assert problems(world, auth_specs) == ["authSpec: Basic is none of this connection spec"]


@pytest.mark.parametrize("schema", [None, "none", {}, {"properties": None, "required": None}], ids=str)
def test_without_a_schema_nothing_is_judged(world: World, schema: Any) -> None:
    assert problems(world, [{"name": "Basic", "spec": schema}], "anything") == []


def test_a_spec_is_asked_for_once_per_run(world: World) -> None:
    world.emulator.fault("GET /connectionSpecs/{id}", status=200, body={"items": [{"authSpec": []}]})
    specs = ConnectionSpecCache(world.start_process().service)
    for _ in range(3):
        list(specs.validate_parameters("x", "Basic", ()))

    assert sum("connectionSpecs/x" in each["path"] for each in world.emulator.journal()) == 1
