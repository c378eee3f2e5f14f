"""The parameters of a connection spec that the catalogue lacks, validated by what Flow Service says about it."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.lifecycle.cache.connection_specs import ConnectionSpecCache
from tests.provider.lifecycle.world import World

SCHEMA = {"properties": {"host": {}, "password": {}, "port": {}}, "required": ["password", "host"]}
LABELS = {"authSpec": "auth", "params": "auth"}
SPEC_ROUTE = "GET /connectionSpecs/{id}"


def validate(world: World, auth_specs: Any, *parameters: str, auth_spec: str = "Basic") -> list[str]:
    """Return the problems with these parameters if Flow Service answers with these auth specs."""
    world.emulator.fault(SPEC_ROUTE, status=200, body={"items": [{"id": "x", "authSpec": auth_specs}]})
    cache = ConnectionSpecCache(world.start_process().service)
    return list(cache.validate_parameters("x", auth_spec, parameters, LABELS))


def test_missing_and_unknown_parameters_are_problems_that_name_similar_ones(world: World) -> None:
    problems = validate(world, [{"name": "Basic", "spec": SCHEMA}], "pasword", "zzzzzz")

    names = [problem.split(":")[0] for problem in problems]
    assert names == ["auth.host", "auth.password", "auth.pasword", "auth.zzzzzz"]
    assert ["missing" in problem for problem in problems] == [True, True, False, False]
    similar, unlike = problems[2:]
    assert "Basic" in similar
    assert "password?" in similar
    assert "port" not in similar
    assert all(name in unlike for name in ("Basic", "host", "password", "port"))


def test_complete_parameters_are_no_problem(world: World) -> None:
    assert validate(world, [{"name": "Basic", "spec": SCHEMA}], "host", "password", "port") == []


def test_an_unknown_auth_spec_is_a_problem_that_names_a_similar_one_or_all(world: World) -> None:
    auth_specs = [{"name": "Key", "spec": SCHEMA}, None, {"name": "Token", "spec": SCHEMA}]

    (similar,) = validate(world, auth_specs, auth_spec="Tokens")
    (unlike,) = validate(world, auth_specs, auth_spec="zz")

    assert similar.startswith("auth: ")
    assert all(fact in similar for fact in ("Tokens", "Token?"))
    assert "Key" not in similar
    assert all(fact in unlike for fact in ("auth: ", "zz", "Key", "Token"))


@pytest.mark.parametrize("auth_specs", [None, "none", []], ids=str)
def test_a_spec_without_auth_specs_suggests_none(world: World, auth_specs: Any) -> None:
    (problem,) = validate(world, auth_specs)

    assert problem.startswith("auth: ")
    assert problem.endswith("Basic")


@pytest.mark.parametrize("schema", [None, "none", {}, {"properties": None, "required": None}], ids=str)
def test_without_a_schema_every_parameter_is_valid(world: World, schema: Any) -> None:
    assert validate(world, [{"name": "Basic", "spec": schema}], "anything") == []


def test_a_spec_is_requested_once_per_run(world: World) -> None:
    world.emulator.fault(SPEC_ROUTE, status=200, body={"items": [{"authSpec": []}]})
    cache = ConnectionSpecCache(world.start_process().service)

    for _ in range(3):
        list(cache.validate_parameters("x", "Basic", (), LABELS))

    assert sum("connectionSpecs/x" in request["path"] for request in world.emulator.journal()) == 1
