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
def test_rotation_target_is_searched_by_program_name_first(wanted: str, found: str) -> None:
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
def test_unknown_rotation_target_is_an_error_that_lists_all_targets(wanted: str, said: str) -> None:
    with pytest.raises(Problem) as problem:
        find_rotation_target(STATE, wanted, "dev")

    assert said in str(problem.value)


@pytest.mark.parametrize("more", [{"external": True}, {"delete": True}, {"id": ""}, {"type": "other"}])
def test_connection_that_the_stack_does_not_manage_is_no_rotation_target(more: dict[str, Any]) -> None:
    with pytest.raises(Problem, match="pulumi up"):
        find_rotation_target([resource("lake", "Lake of Acme", **more)], "lake", "dev")


def test_connection_name_with_a_dot_is_quoted_as_one_config_key() -> None:
    assert find_rotation_target(STATE, "x.y", "dev").path("accessTokens") == 'accessTokens["x.y"]'
