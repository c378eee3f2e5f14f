"""Secrets that an operation has met are taken out of what it says, whatever came before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema
from tests.provider.lifecycle.world import World, build_inputs

GET = "GET /connections/{id}"
WHOLE = ResourceSchema("Any", "connections", (Field("params", ("auth", "params"), secret=True, type=dict),))


def _echo(secret: str) -> dict[str, Any]:
    return {"status": 400, "body": {"errorMessage": f"bad {secret}"}}


@pytest.mark.parametrize("operation", ["create", "read", "old", "new", "delete"])
def test_an_operation_hides_its_own_secrets_whatever_came_before_it(world: World, operation: str) -> None:
    """Each learns of them itself: a refresh or a destroy checks nothing before."""
    secret, rotated = "dapi-first-0001", "dapi-second-0002"
    created = world.start_process().lifecycle.create(build_inputs(accessToken=secret))
    process = world.start_process()
    for route in ("POST /connections", GET, "PATCH /connections/{id}", "DELETE /connections/{id}"):
        world.emulator.fault(route, **_echo(rotated if operation == "new" else secret))
    steps: dict[str, Callable[[], object]] = {
        "create": lambda: process.lifecycle.create(build_inputs(name="other", accessToken=secret)),
        "read": lambda: process.lifecycle.read(created.id, created.outputs),
        "old": lambda: process.lifecycle.update(created.id, created.outputs, build_inputs(accessToken=rotated)),
        "new": lambda: process.lifecycle.update(created.id, created.outputs, build_inputs(accessToken=rotated)),
        "delete": lambda: process.lifecycle.delete(created.id, created.outputs),
    }

    with pytest.raises(AdobeError, match=r"bad \[secret\]") as failed:
        steps[operation]()

    assert secret not in str(failed.value)
    assert rotated not in str(failed.value)


def test_members_of_a_secret_object_are_hidden_too(world: World) -> None:
    process = world.start_process()
    secret_object = {"params": {"a": {"b": "nested-secret-value"}}}

    process.context.learn_secrets(WHOLE, secret_object)

    assert process.service.redactor.redact("x nested-secret-value x") == "x [secret] x"
