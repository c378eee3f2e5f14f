"""What the program of a stack would make: Pulumi's own plan, with its secrets encrypted.

Pulumi: `pulumi preview --save-plan`; the file is `apitype.DeploymentPlanV1`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from adobe_flow.adopting.said import failed
from adobe_flow.documents import parse_document
from adobe_flow.managed import OURS, STACK_TYPE, find_wrong_member, resource_name
from adobe_flow.private_folder import private_folder
from adobe_flow.problem import Problem
from adobe_flow.stack import Stack
from pulumi_adobe.json_values import get_object
from pulumi_adobe.resource_types.registry import is_base_connection

PROVIDER_TYPE: Final = "pulumi:providers:pulumi-python"
_HINT: Final = "See: pulumi preview. Where secrets of an export are still to be filled in: sh set-secrets.sh"
_NO_PLAN: Final = "The plan that pulumi preview saved is not what Pulumi 3 writes."
_VERSION: Final = "See: pulumi version"


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
    with private_folder() as folder:
        file = folder / "plan.json"
        done = stack.run("preview", "--save-plan", file)
        if done.returncode:
            raise failed(stack, "What the program declares cannot be found out", done, _HINT)
        if not file.exists():
            raise Problem("pulumi preview saved no plan.", "adopt needs Pulumi 3.100 or newer: pulumi version")
        plans = _read(file)
    return sorted(_planned(plans), key=lambda each: each.type != STACK_TYPE)


def _read(file: Path) -> Mapping[str, Any]:
    try:
        plans = get_object(parse_document(file.read_text("utf-8")), "resourcePlans")
    except ValueError:
        plans = {"": None}
    goals = [each.get("goal") for each in plans.values() if isinstance(each, dict)]
    if len(goals) < len(plans) or not all(_is_goal(goal) for goal in goals if goal is not None):
        raise Problem(_NO_PLAN, _VERSION)
    return plans


def _is_goal(goal: Any) -> bool:
    return isinstance(goal, dict) and isinstance(goal.get("type"), str) and find_wrong_member(goal) is None


def require_whole(planned: Sequence[Planned]) -> None:
    """Raise Problem unless the plan has the stack, and the provider of each connection that may be adopted."""
    providers = {each.urn for each in planned if each.type == PROVIDER_TYPE}
    complete = all(each.provider in providers for each in planned if each.adoptable)
    if not complete or not any(each.type == STACK_TYPE for each in planned):
        raise Problem(_NO_PLAN, _VERSION)


def _planned(plans: Mapping[str, Any]) -> Iterator[Planned]:
    for urn, each in plans.items():
        goal = each.get("goal")
        if goal is None:  # It is to be deleted.
            continue
        provider = str(goal.get("provider") or "").rpartition("::")[0]
        added = get_object(goal, "inputDiff", "adds")
        # Of a provider that is there already the plan has a difference alone, but the whole as its new state.
        whole = get_object(each, "state") if goal["type"] == PROVIDER_TYPE else added
        yield Planned(
            urn=urn,
            type=goal["type"],
            custom=bool(goal.get("custom")),
            creates=isinstance(each.get("steps"), list) and "create" in each["steps"],
            inputs=whole or added,
            parent=goal.get("parent") or None,
            provider=provider or None,
            protect=bool(goal.get("protect")),
        )
