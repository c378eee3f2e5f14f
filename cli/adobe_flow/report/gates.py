"""Gates: what a plan must not do unless a person overrides the gate. docs/cli/report.md has the grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from adobe_flow.problem import Problem
from adobe_flow.report.plan import CREATE, DATAFLOW, DELETE, REPLACE, UPDATE, Plan
from adobe_flow.report.touched_dataflows import TouchedDataflow, select_dataflows_using
from pulumi_adobe.suggestions import find_similar_names


class GateError(ValueError):
    """The text of a gate or an override is malformed, or names an unknown gate."""


@dataclass(frozen=True)
class GateEvidence:
    """The facts that gates are judged by; ``violations`` is `None` if no policy pack has run."""

    plan: Plan
    dataflows: Sequence[TouchedDataflow]
    changed_secrets: Sequence[str]
    violations: Sequence[Mapping[str, Any]] | None


@dataclass(frozen=True)
class Gate:
    """A condition that stops a plan; without ``limit``, a single match does."""

    name: str
    above: bool = True
    limit: Fraction = Fraction(0)
    percent: bool = False

    def __str__(self) -> str:
        if self.name in CONDITIONS:
            return self.name
        limit = str(self.limit) if self.limit.denominator == 1 else f"{float(self.limit):g}"
        return f"{self.name}{'>' if self.above else '>='}{limit}{'%' if self.percent else ''}"

    def list_matches(self, evidence: GateEvidence) -> list[str]:
        """Return the names of what the gate counts. Raises `Problem` if the plan does not tell."""
        if (self.percent or self.name in _NEED_WHOLE_PLAN) and not evidence.plan.whole:
            raise Problem(
                f"The gate {self} cannot be judged: the unchanged resources are not in this plan.",
                "Make the plan with --show-sames, or let adobe-flow run the preview (--stack).",
            )
        return (CONDITIONS.get(self.name) or COUNTED[self.name])(evidence)

    def fails(self, evidence: GateEvidence) -> bool:
        """Return whether the gate fails the plan."""
        number = Fraction(len(self.list_matches(evidence)))
        if self.percent:
            existing = len(evidence.plan.existing_resources)
            number = number * 100 / existing if existing else Fraction(0)
        return number > self.limit if self.above else number >= self.limit


def _match_operations(*operations: str) -> Callable[[GateEvidence], list[str]]:
    return lambda evidence: [resource.name for resource in evidence.plan.list_by_operation(*operations)]


def _match_used_connections(operation: str) -> Callable[[GateEvidence], list[str]]:
    def list_matches(evidence: GateEvidence) -> list[str]:
        connections = [
            resource
            for resource in evidence.plan.list_by_operation(operation)
            if resource.layer not in {None, DATAFLOW}
        ]
        users = {connection.name: select_dataflows_using(evidence.dataflows, connection) for connection in connections}
        return [
            f"{name} ({', '.join(dataflow.name for dataflow in dataflows)})"
            for name, dataflows in users.items()
            if dataflows
        ]

    return list_matches


def _match_violations(evidence: GateEvidence) -> list[str]:
    if evidence.violations is None:
        raise Problem(
            "The gate violation cannot be judged: nothing is known of policies.",
            "Let adobe-flow run the preview (--stack, --policy-pack), or pass its event log with --events.",
        )
    return [f"{violation['policy']} ({violation['resource'] or 'stack'})" for violation in evidence.violations]


COUNTED: Final[Mapping[str, Callable[[GateEvidence], list[str]]]] = {
    "create": _match_operations(CREATE),
    "update": _match_operations(UPDATE),
    "replace": _match_operations(REPLACE),
    # A replacement deletes the old entity, before or after the creation of the new one.
    "delete": _match_operations(DELETE, REPLACE),
    "delete-only": _match_operations(DELETE),
    "change": _match_operations(UPDATE, REPLACE, DELETE),
    "secret": lambda evidence: list(evidence.changed_secrets),
    "dataflow": lambda evidence: [dataflow.name for dataflow in evidence.dataflows],
    "violation": _match_violations,
}
"""The gates with a limit, each with the names that it counts."""

CONDITIONS: Final[Mapping[str, Callable[[GateEvidence], list[str]]]] = {
    "replace-in-use": _match_used_connections(REPLACE),
    "delete-in-use": _match_used_connections(DELETE),
}
_NEED_WHOLE_PLAN: Final = ("dataflow", *CONDITIONS)
"""The gates that need the unchanged resources too."""

_WITH_PERCENT: Final = ("update", "replace", "delete", "delete-only", "change")
_GATE: Final = re.compile(
    r"(?P<name>[A-Za-z-]*)(?:(?P<sign>>=|>)(?P<limit>[0-9]{1,9}(?:\.[0-9]{1,6})?)(?P<percent>%)?)?"
)


def parse_gates(text: str) -> list[Gate]:
    """Return the gates of `--fail-on`, which commas separate. Raises `GateError`."""
    return [_parse_gate("".join(part.split())) for part in text.split(",")]


def _parse_gate(text: str) -> Gate:
    match = _GATE.fullmatch(text)
    name_match = re.match(r"[A-Za-z-]*", text)
    name = name_match[0] if name_match else ""
    if name not in {*COUNTED, *CONDITIONS}:
        raise GateError(f'there is no gate "{text}"{_suggest_names(name)}')
    if name in CONDITIONS:
        if text != name:
            raise GateError(f'"{text}": {name} takes no number')
        return Gate(text)
    if match is None or not match["sign"]:
        raise GateError(f'"{text}": {name} needs a limit, such as {name}>0')
    if match["percent"] and name not in _WITH_PERCENT:
        raise GateError(f'"{text}": only {", ".join(_WITH_PERCENT)} take a share (%)')
    gate = Gate(name, match["sign"] == ">", Fraction(match["limit"]), bool(match["percent"]))
    if not gate.above and not gate.limit:
        raise GateError(f'"{text}" would stop every plan; did you mean {name}>0?')
    return gate


def _suggest_names(name: str) -> str:
    names = [*COUNTED, *CONDITIONS]
    similar = find_similar_names(name.lower(), names, limit=2, cutoff=0.6)
    return f"; did you mean {' or '.join(similar)}?" if similar else f"; there are {', '.join(names)}"
