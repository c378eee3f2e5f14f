"""Reads the two sides of a comparison; reads alone, so nothing can be changed."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from adobe_flow.compare.comparison import Side
from adobe_flow.compare.facts import of_entity, of_resource
from adobe_flow.entities import connections, dataflows
from adobe_flow.place import open_place
from adobe_flow.problem import Problem
from adobe_flow.stack import Stack
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import AccessDenied, NotFound
from pulumi_adobe.flow_service.platform_apis import list_sandboxes
from pulumi_adobe.suggestions import find_similar_names

STACK = "stack:"
"""How the name of a side begins that is a stack; no sandbox's name has a colon."""


def stack_name(label: str) -> str | None:
    """The stack that a side names; None for a sandbox."""
    return label.removeprefix(STACK) if label.startswith(STACK) else None


def read_sides(a: str, b: str, stack: str | None, folder: Path) -> tuple[Side, Side]:
    """Both, with the settings of ``stack``, else of the stack that a side names, else of the environment."""
    labels = list(dict.fromkeys((a, b)))
    stacks = {label: name for label in labels if (name := stack_name(label)) is not None}
    sandboxes = [label for label in labels if label not in stacks]
    read = {label: _declared(label, Stack(folder, name, dict(os.environ))) for label, name in stacks.items()}
    if sandboxes:
        settings = stack or next(iter(stacks.values()), None)
        service = open_place(settings, folder, sandboxes[0]).service
        _require(service, sandboxes)
        read.update(
            {name: _shown(service if name == sandboxes[0] else service.for_sandbox(name)) for name in sandboxes}
        )
    return read[a], read[b]


def _declared(label: str, stack: Stack) -> Side:
    declared = [facts for each in stack.resources() if (facts := of_resource(each))]
    places = {each.sandbox for each in declared}
    return Side(label, declared, places.pop() if len(places) == 1 else None, stack.name)


def _shown(service: FlowServiceClient) -> Side:
    flows = dataflows(service)

    def on(id_: str) -> tuple[str, ...]:
        return tuple(str(each.get("name")) for each in flows.on(id_))

    sandbox = service.credentials.sandbox
    found = [of_entity(each, sandbox, on(str(each.get("id")))) for each in connections(service)]
    return Side(sandbox, found, sandbox)


def _require(service: FlowServiceClient, wanted: list[str]) -> None:
    """Whether there are such sandboxes; where the list of them may not be read, the service itself will say so."""
    with suppress(AccessDenied, NotFound):
        names = list_sandboxes(service)
        for name in wanted:
            if name not in names:
                near = find_similar_names(name, names)
                hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(names)}."
                stack = f" For what a stack declares, name it {STACK}NAME."
                raise Problem(f"There is no sandbox {name} that these credentials may use.", hint + stack)
