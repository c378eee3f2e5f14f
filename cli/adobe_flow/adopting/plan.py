"""What the program of a stack would make: Pulumi's own plan, with its secrets encrypted.

Pulumi: `pulumi preview --save-plan`; the file is `apitype.DeploymentPlanV1`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from adobe_flow.adopting.said import failed
from adobe_flow.managed import OURS, resource_name
from adobe_flow.problem import Problem
from adobe_flow.stack import Stack
from pulumi_adobe.resource_types.registry import is_base_connection

STACK_TYPE: Final = "pulumi:pulumi:Stack"
PROVIDER_TYPE: Final = "pulumi:providers:pulumi-python"
_HINT: Final = "See: pulumi preview. Where secrets of an export are still to be filled in: sh set-secrets.sh"


@dataclass(frozen=True)
class Planned:
    """One resource of the program. ``provider`` and ``parent`` are URNs; ``inputs`` are as a state holds them."""

    urn: str
    type: str
    custom: bool
    creates: bool
    inputs: Mapping[str, Any] = field(repr=False)
    parent: str | None = None
    provider: str | None = None
    protect: bool = False

    @property
    def name(self) -> str:
        """What the program calls it."""
        return resource_name(self.urn)

    @property
    def adoptable(self) -> bool:
        """Whether it is a base connection that this stack does not have yet."""
        return self.creates and self.type.startswith(OURS) and is_base_connection(self.type.removeprefix(OURS))

    def with_inputs(self, inputs: Mapping[str, Any]) -> Planned:
        """The same with these."""
        return replace(self, inputs=inputs)


def plan_of(stack: Stack) -> list[Planned]:
    """The resources of the stack's program; the stack's own comes first. Changes nothing, in the stack or elsewhere."""
    with TemporaryDirectory(prefix="adobe-flow-") as folder:
        file = Path(folder) / "plan.json"
        done = stack.run("preview", "--save-plan", str(file))
        if done.returncode:
            raise failed(stack, "What the program declares cannot be found out", done, _HINT)
        if not file.exists():
            raise Problem("pulumi preview saved no plan.", "adopt needs Pulumi 3.100 or newer: pulumi version")
        plans = json.loads(file.read_text("utf-8")).get("resourcePlans") or {}
    return sorted(_planned(plans), key=lambda each: each.type != STACK_TYPE)


def _planned(plans: Mapping[str, Any]) -> Iterator[Planned]:
    for urn, each in plans.items():
        goal = each.get("goal")
        if goal is None:  # It is to be deleted.
            continue
        provider = str(goal.get("provider") or "").rpartition("::")[0]
        added = (goal.get("inputDiff") or {}).get("adds") or {}
        # Of a provider that is there already the plan has a difference alone, but the whole as its new state.
        whole = each.get("state") or {} if goal["type"] == PROVIDER_TYPE else added
        yield Planned(
            urn=urn,
            type=goal["type"],
            custom=bool(goal.get("custom")),
            creates="create" in (each.get("steps") or ()),
            inputs=whole or added,
            parent=goal.get("parent") or None,
            provider=provider or None,
            protect=bool(goal.get("protect")),
        )
