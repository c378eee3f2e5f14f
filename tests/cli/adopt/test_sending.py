"""Secrets are sent by an update that is looked at first, of the connections concerned alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adobe_flow.adopting.sending import as_result, planned, send
from adobe_flow.problem import Problem
from adobe_flow.stack import Stack

URN = "urn:pulumi:dev::project::pulumi-python:dynamic/adobe:BaseConnection::"


def has(stack: Stack, *steps: dict[str, Any], **confirmed: bool | None) -> Stack:
    """A state with these connections, and a preview with these steps."""
    resources = [
        {"urn": f"{URN}{name}", "id": f"id-{name}", "outputs": {} if value is None else {"secretConfirmed": value}}
        for name, value in confirmed.items()
    ]
    (stack.folder / "state.json").write_text(json.dumps({"deployment": {"resources": resources}}))
    (stack.folder / "preview.json").write_text(json.dumps({"steps": list(steps)}))
    return stack


def step(name: str, op: str, old: dict[str, Any] | None = None, new: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"urn": f"{URN}{name}", "op": op, "oldState": {"inputs": old or {}}, "newState": {"inputs": new or {}}}


def test_only_those_that_were_never_sent_are_the_targets(stack: Stack) -> None:
    there = has(stack, step("a", "update"), step("a", "same"), a=False, b=True, c=None, d=False)

    sending = planned(there, only=["a"])

    assert [each["id"] for each in as_result(sending)] == ["id-a"]
    asked = json.loads((stack.folder / "asked.json").read_text("utf-8"))
    assert asked["send"] == "id-a"
    assert asked["arguments"][:4] == ["preview", "--json", "--target", f"{URN}a"]


def test_what_would_change_beside_the_secret_is_told(stack: Stack) -> None:
    changed = step("a", "update", {"name": "old", "token": "[secret]"}, {"name": "new", "token": "[secret]"})

    (found,) = as_result(planned(has(stack, changed, a=False)))

    assert found["also"] == ["name"]


@pytest.mark.parametrize("op", ["replace", "delete", "create-replacement", "delete-replaced"])
def test_an_update_that_would_do_more_than_update_is_refused(stack: Stack, op: str) -> None:
    with pytest.raises(Problem, match=rf"a \({op}\)"):
        planned(has(stack, step("a", op), a=False))


def test_with_nothing_to_send_nothing_is_asked(stack: Stack) -> None:
    assert as_result(planned(has(stack, a=True, b=None))) == []
    assert not (stack.folder / "asked.json").exists()


def test_a_failed_update_is_told_with_the_way_on(stack: Stack) -> None:
    with pytest.raises(Problem) as problem:
        send(planned(has(stack, step("a", "update"), a=False)))

    assert "FailedTest: the test of the connection failed" in str(problem.value)
    assert "run this again" in str(problem.value)
