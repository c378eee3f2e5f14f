"""A connection is found by what the program, Experience Platform or its id calls it."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.problem import Problem
from adobe_flow.rotate.target import find_rotation_target

TYPE = "pulumi-python:dynamic/adobe:DatabricksSourceConnection"


def resource(name: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "urn": f"urn:pulumi:dev::acme::{TYPE}::{name}",
        "type": TYPE,
        "id": f"id-{name}",
        "inputs": {"name": title},
        "outputs": {"sandboxName": "dev"},
        **more,
    }


STATE = [
    resource("lake", "Lake of Acme"),
    resource("a", "twin"),
    resource("b", "twin"),
    resource("x.y", "lake"),
    resource("eu::lake", "EU"),
]


@pytest.mark.parametrize(
    ("wanted", "found"), [("lake", "lake"), ("id-a", "a"), ("Lake of Acme", "lake"), ("eu::lake", "eu::lake")]
)
def test_the_name_in_the_program_comes_first(wanted: str, found: str) -> None:
    one = find_rotation_target(STATE, wanted, "dev")

    assert (one.resource, one.sandbox, one.key("accessTokens")) == (found, "dev", "acme:accessTokens")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("lak", "Did you mean lake"),
        ("zzz", "There are: lake, a, b, x.y, eu::lake."),
        ("twin", '2 connections of the stack dev are named "twin": a, b.'),
    ],
)
def test_what_is_not_one_is_answered_with_those_there_are(wanted: str, said: str) -> None:
    with pytest.raises(Problem) as problem:
        find_rotation_target(STATE, wanted, "dev")

    assert said in str(problem.value)


@pytest.mark.parametrize("more", [{"external": True}, {"delete": True}, {"id": ""}, {"type": "other"}])
def test_what_the_stack_does_not_manage_is_none(more: dict[str, Any]) -> None:
    with pytest.raises(Problem, match="pulumi up"):
        find_rotation_target([resource("lake", "Lake of Acme", **more)], "lake", "dev")


def test_a_name_with_a_dot_is_one_key_of_the_config() -> None:
    assert find_rotation_target(STATE, "x.y", "dev").path("accessTokens") == 'accessTokens["x.y"]'
