"""The reading of the two sides of a comparison. It sends reads only, so nothing can be changed."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from adobe_flow.aep.place import open_place
from adobe_flow.compare.comparison import ComparedSide, select_base_connections
from adobe_flow.compare.declared import read_declarations
from adobe_flow.compare.references import EntityNames
from adobe_flow.compare.sandbox import read_base_connections, read_sandbox
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.stack import Stack
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import AccessDenied, NotFound
from pulumi_adobe.flow_service.platform_apis import list_sandboxes
from pulumi_adobe.suggestions import find_similar_names

STACK = "stack:"
"""The beginning of the name of a side that is a stack; no sandbox's name has a colon."""


def get_stack_name(label: str) -> str | None:
    """Return the stack that a side names; None for a sandbox."""
    return label.removeprefix(STACK) if label.startswith(STACK) else None


def read_sides(
    a: str, b: str, stack: str | None, folder: Path, *, base_connections_only: bool = False
) -> tuple[ComparedSide, ComparedSide]:
    """Read both sides, with the settings of ``stack``, else of the stack that a side names, else of the environment.

    Args:
        a: A sandbox, or `stack:NAME`.
        b: The same.
        stack: The stack whose settings are used.
        folder: The project's folder.
        base_connections_only: Whether the base connections alone are read, with the names of their dataflows.
    """
    labels = list(dict.fromkeys((a, b)))
    stacks = {label: name for label in labels if (name := get_stack_name(label)) is not None}
    sandboxes = [label for label in labels if label not in stacks]
    resources = {label: Stack(folder, name, dict(os.environ)).list_resources() for label, name in stacks.items()}
    sides: dict[str, ComparedSide] = {}
    names: dict[str, EntityNames] = {}
    if sandboxes:
        settings = stack or next(iter(stacks.values()), None)
        service = open_place(settings, folder, sandboxes[0]).service
        _require_sandboxes(service, sandboxes)
        for label in sandboxes:
            client = service if label == sandboxes[0] else service.for_sandbox(label)
            if base_connections_only:
                sides[label] = read_base_connections(client)
            else:
                sandbox = read_sandbox(client)
                sides[label], names[label] = sandbox.side, sandbox.names
    for label, name in stacks.items():
        side = read_declarations(label, name, resources[label], names)
        sides[label] = select_base_connections(side) if base_connections_only else side
    return sides[a], sides[b]


def _require_sandboxes(service: FlowServiceClient, required: list[str]) -> None:
    """Raise `Problem` if a compared sandbox does not exist. If the list of sandboxes cannot be read, check nothing."""
    with suppress(AccessDenied, NotFound):
        names = list_sandboxes(service)
        for name in required:
            if name not in names:
                near = find_similar_names(name, names)
                hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(names)}."
                stack = f" For what a stack declares, name it {STACK}NAME."
                raise Problem(f"There is no sandbox {name} that these credentials may use.", hint + stack)
