"""Random faults below one operation after the other, without an engine: provider processes that come and go."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any, Final

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.lifecycle.errors import Unfinished
from pulumi_adobe.policy import Policy
from tests.chaos.tally import Tally
from tests.provider.lifecycle.world import SECRET, Process, World, inputs

ROUTES: Final = (
    "POST /connections",
    "GET /connections",
    "GET /connections/{id}",
    "PATCH /connections/{id}",
    "DELETE /connections/{id}",
    "GET /connections/{id}/test",
    "GET /flows",
    "POST /ims/token/v3",
)
FAULTS: Final[tuple[dict[str, Any], ...]] = (
    {"cut": "before"},
    {"cut": "after"},
    {"cut": "mid-body"},
    {"staleEtag": True},
    *({"status": status} for status in (400, 401, 403, 409, 412, 422, 500, 502, 503, 504)),
    # Of a proxy; that of Flow Service itself is the truth.
    {"status": 404, "rawBody": "<html>not here</html>"},
    *({"status": status, "afterEffect": True} for status in (500, 502, 503, 504)),
    {"status": 429, "headers": {"Retry-After": "3"}},
    {"status": 429, "headers": {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}},
    {"status": 429},
    {"status": 500, "rawBody": f"<html>{SECRET}</html>"},
    {"status": 400, "body": {"errorMessage": f"bad {SECRET}"}},
    {"status": 200, "rawBody": "<html>welcome</html>", "afterEffect": True},
    {"status": 200, "body": ["a list"], "afterEffect": True},
    {"status": 200, "body": {"errorMessage": "inside"}, "afterEffect": True},
    {"status": 302, "headers": {"Location": "http://127.0.0.1:9/"}},
)


@dataclass
class Stack:
    """The state of one stack: what the engine would hold of each resource."""

    kept: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)


def faulted(world: World, seed: int, tally: Tally, ownership: str) -> None:
    """One case: two sets are declared one after the other, each under faults until an `up` without any heals it.

    A set changes only once it stands: nobody can know of what a failed create made, if the program no longer names it.
    """
    chance = random.Random(seed)
    world.emulator.reset()
    stack, said = Stack(), []
    for _ in range(2):
        declared = _declared(chance)
        for _ in range(chance.randint(1, 2)):
            fault = {**chance.choice(FAULTS), "times": chance.choice((1, 1, 2, 8)), "nth": chance.choice((1, 1, 2))}
            world.emulator.fault(chance.choice(ROUTES), **fault)
            tally.faults += 1
            said += _up(world.process(_policy(ownership)), stack, declared)
        world.emulator.clear_faults()
        said += _heal(world, stack, declared, ownership)
    tally.runs += 1
    case = f"seed {seed}, ownership {ownership}"
    tally.compare(case, set(declared), world.there(), {id_ for id_, _ in stack.kept.values()})
    tally.search(case, "\n".join(said), [SECRET, "emulator-client-secret"])


def _heal(world: World, stack: Stack, declared: dict[str, dict[str, Any]], ownership: str) -> list[str]:
    """An `up` without faults; without ownership also one with the ids that its refusals have named."""
    said = _up(world.process(_policy(ownership)), stack, declared)
    named = re.findall(r"ADOBE_ADOPT=(\S+) pulumi up", "\n".join(said))
    if ownership == "none" and named:
        adopt = tuple(dict.fromkeys(id_ for ids in named for id_ in ids.split(",")))
        said += _up(world.process(Policy(test="auto", adopt=adopt)), stack, declared)
    return [*said, *_up(world.process(_policy(ownership)), stack, declared)]


def _policy(ownership: str) -> Policy:
    return Policy(test="auto", ownership=ownership)


def _declared(chance: random.Random) -> dict[str, dict[str, Any]]:
    names = chance.sample(("a", "b", "c"), chance.randint(1, 3))
    return {
        name: inputs(
            name=name,
            clusterId=chance.choice(("one", "two")),
            accessToken=SECRET,
            owner=f"project/dev/{name}",
        )
        for name in names
    }


def _up(process: Process, stack: Stack, declared: dict[str, dict[str, Any]]) -> list[str]:
    """As the engine does it: refresh, check, diff, then create, update and last delete; what fails stays as it was."""
    errors: list[str] = []
    for name in list(stack.kept):
        errors += _try(lambda name=name: _refresh(process, stack, name))
    for name, wanted in declared.items():
        errors += _try(lambda name=name, wanted=wanted: _bring(process, stack, name, wanted))
    for name in [name for name in stack.kept if name not in declared]:
        errors += _try(lambda name=name: _delete(process, stack, name))
    return [*errors, *process.said]


def _try(step: Any) -> list[str]:
    try:
        step()
    except AdobeError as error:
        return [str(error)]
    return []


def _refresh(process: Process, stack: Stack, name: str) -> None:
    id_, outputs = stack.kept[name]
    found = process.lifecycle.read(id_, outputs)
    if found is None:
        del stack.kept[name]
    else:
        stack.kept[name] = (id_, found.outputs)


def _bring(process: Process, stack: Stack, name: str, wanted: dict[str, Any]) -> None:
    process.lifecycle.checked(wanted, exists=name in stack.kept)
    try:
        if name not in stack.kept:
            created = process.lifecycle.create(wanted)
            stack.kept[name] = (created.id, created.outputs)
            return
        id_, outputs = stack.kept[name]
        if process.lifecycle.diff(id_, outputs, wanted):
            stack.kept[name] = (id_, process.lifecycle.update(id_, outputs, wanted))
    except Unfinished as error:
        stack.kept[name] = (error.id, error.outputs)
        raise


def _delete(process: Process, stack: Stack, name: str) -> None:
    id_, outputs = stack.kept[name]
    process.lifecycle.delete(id_, outputs)
    del stack.kept[name]
