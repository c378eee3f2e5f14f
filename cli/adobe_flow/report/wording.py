"""The words and signs that all forms of a report share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

SIGNS: Final[Mapping[str, str]] = {
    "create": "+",
    "update": "~",
    "replace": "±",
    "delete": "-",
    "unchanged": "=",
    "outside": "",
}
"""A sign for each operation, so that no form depends on colour alone."""

SECRETS: Final[Mapping[str, str]] = {
    "set": "a secret, set",
    "removed": "a secret, removed",
    "changed": "a secret, changed",
    "unchanged": "a secret, unchanged",
    "not told": "a secret; the plan does not tell whether it changes",
}

VERDICTS: Final[Mapping[str, str]] = {
    "passes": "No gate stops this plan",
    "stopped": "A gate stops this plan",
    "failed": "The preview failed: this plan may not be whole",
}

_LONGEST: Final = 300
_COUNTED: Final = ("create", "update", "replace", "delete")


def headline(result: Mapping[str, Any]) -> str:
    """How many of what."""
    summary = result["summary"]
    told = [f"{summary[name]} to {name}" for name in _COUNTED if summary[name]]
    told += [f"{summary['other']} other"] if summary["other"] else []
    unchanged = f"; {summary['unchanged']} unchanged" if result["whole"] else ""
    return f"{', '.join(told) or 'nothing changes'}{unchanged}"


def verdict(result: Mapping[str, Any]) -> str:
    """The verdict as a sentence."""
    if result["verdict"] == "passes" and not result["gates"]:
        return "No gates were set"
    if result["verdict"] == "passes" and any(gate["stops"] for gate in result["gates"]):
        return "A gate would stop this plan; it was overridden"
    return VERDICTS[result["verdict"]]


def cut(text: str) -> str:
    """A text that nobody has to scroll through."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"


def gate_said(gate: Mapping[str, Any]) -> str:
    """What a gate says to the plan."""
    if not gate["stops"]:
        return "passes"
    return "overridden" if gate["override"] else "stops it"


def overridden(gate: Mapping[str, Any]) -> str:
    """The trace that an override leaves."""
    override = gate["override"]
    needed = "" if gate["stops"] else " (it was not needed)"
    return f"{override['by']} ({override['byWordOf']}), {override['at']}: {override['reason']}{needed}"


def dataflow_said(flow: Mapping[str, Any]) -> str:
    """What happens to a dataflow, and by what."""
    whose = f"{flow['operation']} here" if flow["managedAs"] else "not of this stack"
    through = ", ".join(f"{each['name']} ({each['operation']})" for each in flow["through"])
    return f"{whose}; through {through}" if through else whose


def known_dataflows(result: Mapping[str, Any]) -> str:
    """How far the list of dataflows goes."""
    if not result["whole"]:
        return "Some may be missing: what stays unchanged is not in this plan (pulumi preview --show-sames)."
    if result["live"]:
        return "Those of this stack, and those that Flow Service has besides."
    return "Those of this stack; Flow Service was not asked for others (--live)."


def policies_said(result: Mapping[str, Any]) -> str:
    """What is known of policies where there is no violation to list."""
    if result["policies"] is None:
        return "Not known: no policy pack judged this plan, or what it said was not given (--events)."
    return "No violation."
