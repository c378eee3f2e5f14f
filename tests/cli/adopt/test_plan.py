"""Pulumi's plan: what is to be made, by which provider, and below what."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adobe_flow.adopting.plan import PROVIDER_TYPE, plan_of
from adobe_flow.managed import STACK_TYPE
from adobe_flow.problem import Problem
from adobe_flow.stack import Stack

URN = "urn:pulumi:dev::project::"
STACK = f"{URN}{STACK_TYPE}::project-dev"
PROVIDER = f"{URN}{PROVIDER_TYPE}::default"


def plan(kind: str, *steps: str, **goal: Any) -> dict[str, Any]:
    return {"goal": {"type": kind, "custom": True, "inputDiff": {}, "parent": "", **goal}, "steps": list(steps)}


def given(stack: Stack, **plans: dict[str, Any]) -> Stack:
    every = {f"{URN}{each['goal']['type']}::{name}" if each.get("goal") else name: each for name, each in plans.items()}
    (stack.folder / "plan.json").write_text(json.dumps({"resourcePlans": every}))
    return stack


def test_the_stack_comes_first_and_each_has_its_inputs(stack: Stack) -> None:
    lake = plan(
        "pulumi-python:dynamic/adobe:BaseConnection",
        "create",
        inputDiff={"adds": {"name": "Lake"}},
        parent=STACK,
        provider=f"{PROVIDER}::04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        protect=True,
    )
    old = {**plan(PROVIDER_TYPE, "update", inputDiff={"updates": {"b": 2}}), "state": {"a": 1, "b": 2}}
    gone = {"goal": None, "steps": ["delete"]}

    found = plan_of(given(stack, lake=lake, default=old, gone=gone, root=plan(STACK_TYPE, "same", custom=False)))

    assert [each.name for each in found] == ["root", "lake", "default"]
    root, connection, provider = found
    assert (root.parent, root.custom, root.creates) == (None, False, False)
    assert (connection.parent, connection.provider, connection.protect) == (STACK, PROVIDER, True)
    assert connection.inputs == {"name": "Lake"}
    assert provider.inputs == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("kind", "step", "adoptable"),
    [
        ("pulumi-python:dynamic/adobe:DatabricksSourceConnection", "create", True),
        ("pulumi-python:dynamic/adobe:BaseConnection", "create", True),
        ("pulumi-python:dynamic/adobe:BaseConnection", "same", False),
        ("pulumi-python:dynamic/adobe:SourceConnection", "create", False),
        ("pulumi-python:dynamic/adobe:Dataflow", "create", False),
        ("aws:s3:Bucket", "create", False),
    ],
)
def test_adoptable_are_the_base_connections_that_would_be_made(
    stack: Stack,
    kind: str,
    step: str,
    adoptable: bool,  # noqa: FBT001 - a case
) -> None:
    assert [each.adoptable for each in plan_of(given(stack, one=plan(kind, step)))] == [adoptable]


def test_a_program_that_fails_is_told_by_its_reason(stack: Stack) -> None:
    (stack.folder / "preview-fails.txt").write_text("…\nDiagnostics:\n  error: Missing required variable 'lake'\n")

    with pytest.raises(Problem) as problem:
        plan_of(stack)

    assert "cannot be found out: error: Missing required variable 'lake'" in str(problem.value)
