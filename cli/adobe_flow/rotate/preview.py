"""What an update of one resource alone would do, by Pulumi's own preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.managed import resource_name
from adobe_flow.problem import Problem
from adobe_flow.report.digest import read_digest
from adobe_flow.rotate.target import TOKENS, Target
from adobe_flow.stack import Stack
from pulumi_adobe.json_values import get_objects

_QUIET: Final = frozenset({"same", "read", "refresh"})
_UPDATE: Final = "update"


@dataclass(frozen=True)
class Plan:
    """``changes`` are the fields beside the token that the program has changed meanwhile."""

    changes: tuple[str, ...] = ()


def planned(stack: Stack, target: Target) -> Plan:
    """Preview it. Raises Problem where it fails, or is anything but an update in place of that resource."""
    arguments = ("preview", "--json", "--target", target.urn)
    done = stack.run(*arguments)
    try:
        told = read_digest(done.stdout, "The plan of the preview")
    except Problem:
        told = {}
    if done.returncode or not told:
        raise stack.failed(arguments, _errors(told) or done.stderr or done.stdout)
    steps = [each for each in told["steps"] if each["op"] not in _QUIET]
    others = [each for each in steps if each.get("op") != _UPDATE or each.get("urn") != target.urn]
    if others:
        listed = ", ".join(f"{each.get('op')} {resource_name(str(each.get('urn')))}" for each in others)
        raise Problem(
            f"The preview shows more than an update in place of {target.resource}: {listed}.",
            "Bring the program and the stack together first (pulumi preview, pulumi up), then rotate.",
        )
    if not steps:
        raise Problem(
            f"The preview shows no change of {target.resource}: its token does not come from {target.path(TOKENS)}.",
            "Rotate the token where the program takes it from.",
        )
    return Plan(_changed(steps[0]))


def _errors(told: Mapping[str, Any]) -> str:
    found = [
        str(each.get("message", "")) for each in get_objects(told, "diagnostics") if each.get("severity") == "error"
    ]
    return " ".join(" ".join(found).split())


def _changed(step: Mapping[str, Any]) -> tuple[str, ...]:
    """A secret is shown as one word on both sides, so the token itself is none of them."""
    old, new = ((step.get(state) or {}).get("inputs") or {} for state in ("oldState", "newState"))
    return tuple(sorted(name for name in {*old, *new} - {"__provider"} if old.get(name) != new.get(name)))
