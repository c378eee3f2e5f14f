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
    "failed": "The preview failed: this plan may not be complete",
}

_SECRET_SIGNS: Final[Mapping[str, str]] = {"set": "+", "removed": "-", "changed": "~"}
_MAX_LENGTH: Final = 300
_COUNTED: Final = ("create", "update", "replace", "delete")


def format_headline(result: Mapping[str, Any]) -> str:
    """Return the number of resources for each operation. It says that a replacement deletes an entity, too."""
    summary = result["summary"]
    parts = [f"{summary[name]} to {name}" for name in _COUNTED if summary[name]]
    parts += [f"{summary['other']} other"] if summary["other"] else []
    deletions = f" ({describe_deletions(summary)})" if summary["replace"] else ""
    unchanged = f"; {summary['unchanged']} unchanged" if result["whole"] else ""
    return f"{', '.join(parts) or 'nothing changes'}{deletions}{unchanged}"


def describe_deletions(summary: Mapping[str, int]) -> str:
    """Return how many entities are deleted, and how many of them by a replacement."""
    count = summary["deletions"]
    share = "all" if count == summary["replace"] else str(summary["replace"])
    by_replacement = "by replacement" if share == "all" else f"{share} by replacement"
    return f"{count} deletion{'' if count == 1 else 's'}, {by_replacement}"


def get_field_sign(field: Mapping[str, Any]) -> str:
    """Return `+` for a field that is added, `-` for one that is removed, `~` for one that changes, else a blank."""
    if field["secret"]:
        return _SECRET_SIGNS.get(field["secret"], " ")
    return "+" if field["old"] is None else "-" if field["new"] is None else "~"


def describe_verdict(result: Mapping[str, Any]) -> str:
    """Return the verdict as a sentence without its full stop."""
    if result["verdict"] == "passes" and not result["gates"]:
        return "No gates were set"
    if result["verdict"] == "passes" and any(gate["stops"] for gate in result["gates"]):
        return "A gate would stop this plan; it was overridden"
    return VERDICTS[result["verdict"]]


def truncate_text(text: str) -> str:
    """Return the beginning of a long text, with its length."""
    return text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]}… ({len(text)} characters)"


def describe_gate(gate: Mapping[str, Any]) -> str:
    """Return the judgement of a gate about the plan, as a predicate."""
    if not gate["stops"]:
        return "passes"
    return "overridden" if gate["override"] else "stops it"


def describe_override(gate: Mapping[str, Any]) -> str:
    """Return the name, time and reason of the override of a gate."""
    override = gate["override"]
    needed = "" if gate["stops"] else " (it was not needed)"
    return f"{override['by']} ({override['byWordOf']}), {override['at']}: {override['reason']}{needed}"


def describe_dataflow(dataflow: Mapping[str, Any]) -> str:
    """Return what happens to a dataflow, and through which resources."""
    state = f"{dataflow['operation']} here" if dataflow["managedAs"] else "not of this stack"
    through = ", ".join(f"{resource['name']} ({resource['operation']})" for resource in dataflow["through"])
    return f"{state}; through {through}" if through else state


def describe_listed_dataflows(result: Mapping[str, Any]) -> str:
    """Return which dataflows the report can list."""
    if not result["whole"]:
        return "Some may be missing: the unchanged resources are not in this plan (pulumi preview --show-sames)."
    if result["live"]:
        return "Those of this stack, and others that Flow Service has."
    return "Those of this stack; Flow Service was not asked for others (--live)."


def describe_missing_violations(result: Mapping[str, Any]) -> str:
    """Return what is known of policies if there is no violation to list."""
    if result["policies"] is None:
        return "Not known: no policy pack analyzed this plan, or its event log was not passed (--events)."
    return "No violation."
