"""One stack without an engine: its state, and what the engine would ask of a provider process in an `up`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pulumi_adobe.config.options import Options
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.lifecycle.errors import PartialFailure
from tests.provider.lifecycle.world import Process, World


@dataclass
class Stack:
    """The state of one stack: what the engine would hold of each resource."""

    kept: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)


def heal(world: World, stack: Stack, declared: dict[str, dict[str, Any]], ownership: str) -> list[str]:
    """An `up` without faults; without ownership also one with the ids that its refusals have named."""
    said = up(world.start_process(policy(ownership)), stack, declared)
    named = re.findall(r"ADOBE_ADOPT=(\S+) pulumi up", "\n".join(said))
    if ownership == "none" and named:
        adopt = tuple(dict.fromkeys(id_ for ids in named for id_ in ids.split(",")))
        said += up(world.start_process(Options(test="auto", adopt=adopt)), stack, declared)
    return [*said, *up(world.start_process(policy(ownership)), stack, declared)]


def policy(ownership: str) -> Options:
    return Options(test="auto", ownership=ownership)


def up(process: Process, stack: Stack, declared: dict[str, dict[str, Any]]) -> list[str]:
    """As the engine does it: refresh, check, diff, then create, update and last delete; what fails stays as it was."""
    errors: list[str] = []
    for name in list(stack.kept):
        errors += _try(lambda name=name: _refresh(process, stack, name))
    for name, wanted in declared.items():
        errors += _try(lambda name=name, wanted=wanted: _bring(process, stack, name, wanted))
    for name in [name for name in stack.kept if name not in declared]:
        errors += _try(lambda name=name: _delete(process, stack, name))
    return [*errors, *process.messages]


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
    process.lifecycle.check(wanted if name in stack.kept else {}, wanted)
    try:
        if name not in stack.kept:
            created = process.lifecycle.create(wanted)
            stack.kept[name] = (created.id, created.outputs)
            return
        id_, outputs = stack.kept[name]
        if process.lifecycle.diff(id_, outputs, wanted):
            stack.kept[name] = (id_, process.lifecycle.update(id_, outputs, wanted))
    except PartialFailure as error:
        stack.kept[name] = (error.id, error.outputs)
        raise


def _delete(process: Process, stack: Stack, name: str) -> None:
    id_, outputs = stack.kept[name]
    process.lifecycle.delete(id_, outputs)
    del stack.kept[name]
