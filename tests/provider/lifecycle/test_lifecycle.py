"""The entry points of the life cycle: what holds for each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import WrongPlace
from tests.provider.lifecycle.world import (
    CREATE_ROUTE,
    DELETE_ROUTE,
    READ_ROUTE,
    UPDATE_ROUTE,
    Process,
    World,
    build_inputs,
)

OLD_SECRET, NEW_SECRET = "dapi-first-0001", "dapi-second-0002"
OTHER_PLACES: list[dict[str, Any]] = [{"sandbox": "stage"}, {"org_id": "89ABCDEF0123456789ABCDEF@AdobeOrg"}]


def build_calls(process: Process, created: CreatedResource) -> dict[str, Callable[[], object]]:
    """Return the entry points that take a resource of the state, or send a secret, by name."""
    lifecycle = process.lifecycle
    new_inputs = build_inputs(accessToken=NEW_SECRET)
    return {
        "create": lambda: lifecycle.create(build_inputs(name="other", accessToken=OLD_SECRET)),
        "diff": lambda: lifecycle.diff(created.id, created.outputs, new_inputs),
        "read": lambda: lifecycle.read(created.id, created.outputs),
        "update": lambda: lifecycle.update(created.id, created.outputs, new_inputs),
        "delete": lambda: lifecycle.delete(created.id, created.outputs),
    }


@pytest.mark.parametrize("call", ["diff", "read", "update", "delete"])
@pytest.mark.parametrize("place", OTHER_PLACES, ids=str)
def test_another_place_is_refused_before_any_request(
    world: World, created: CreatedResource, place: dict[str, Any], call: str
) -> None:
    process = world.start_process(None, **place)

    with pytest.raises(WrongPlace):
        build_calls(process, created)[call]()

    assert world.emulator.journal() == []


@pytest.mark.parametrize(
    ("call", "echoed_secret"),
    [
        ("create", OLD_SECRET),
        ("read", OLD_SECRET),
        ("update", OLD_SECRET),
        ("update", NEW_SECRET),
        ("delete", OLD_SECRET),
    ],
)
def test_each_call_redacts_its_own_secrets_without_a_check_before_it(
    world: World, call: str, echoed_secret: str
) -> None:
    """Each call learns the secrets itself, because a refresh or a destroy checks nothing."""
    created = world.create(accessToken=OLD_SECRET)
    for route in (CREATE_ROUTE, READ_ROUTE, UPDATE_ROUTE, DELETE_ROUTE):
        world.emulator.fault(route, status=400, body={"errorMessage": f"bad {echoed_secret}"})

    with pytest.raises(AdobeError, match=r"bad \[secret\]") as error:
        build_calls(world.start_process(), created)[call]()

    assert OLD_SECRET not in str(error.value)
    assert NEW_SECRET not in str(error.value)
