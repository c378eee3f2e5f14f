"""Gates: what a plan may not do unless somebody says why. The grammar is in docs/cli/report.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from adobe_flow.problem import Problem
from adobe_flow.report.plan import CREATE, DATAFLOW, DELETE, REPLACE, UPDATE, Plan
from adobe_flow.report.touched_dataflows import Touched, used
from pulumi_adobe.suggestions import find_similar_names


class GateError(ValueError):
    """A gate cannot be understood."""


@dataclass(frozen=True)
class Judged:
    """All that a gate may look at; ``violations`` is None where the plan does not have them."""

    plan: Plan
    touched: Sequence[Touched]
    secrets: Sequence[str]
    violations: Sequence[Mapping[str, Any]] | None


@dataclass(frozen=True)
class Gate:
    """A condition that stops a plan; without ``limit``, any of what it looks for does."""

    name: str
    above: bool = True
    limit: Fraction = Fraction(0)
    percent: bool = False

    def __str__(self) -> str:
        if self.name in CONDITIONS:
            return self.name
        limit = str(self.limit) if self.limit.denominator == 1 else f"{float(self.limit):g}"
        return f"{self.name}{'>' if self.above else '>='}{limit}{'%' if self.percent else ''}"

    def found(self, judged: Judged) -> list[str]:
        """What it looks for, by name. Raises Problem where the plan cannot tell."""
        if (self.percent or self.name in _OF_ALL) and not judged.plan.whole:
            raise Problem(
                f"The gate {self} cannot be judged: what stays unchanged is not in this plan.",
                "Make the plan with --show-sames, or let adobe-flow run the preview (--stack).",
            )
        return (CONDITIONS.get(self.name) or COUNTED[self.name])(judged)

    def stops(self, judged: Judged) -> bool:
        """Whether the plan must not go on."""
        number = Fraction(len(self.found(judged)))
        if self.percent:
            existing = len(judged.plan.existing)
            number = number * 100 / existing if existing else Fraction(0)
        return number > self.limit if self.above else number >= self.limit


def _doing(*operations: str) -> Callable[[Judged], list[str]]:
    return lambda judged: [each.name for each in judged.plan.with_operation(*operations)]


def _in_use(operation: str) -> Callable[[Judged], list[str]]:
    def found(judged: Judged) -> list[str]:
        connections = [each for each in judged.plan.with_operation(operation) if each.layer not in {None, DATAFLOW}]
        by_flows = {each.name: used(each, judged.touched) for each in connections}
        return [f"{name} ({', '.join(flow.name for flow in flows)})" for name, flows in by_flows.items() if flows]

    return found


def _violated(judged: Judged) -> list[str]:
    if judged.violations is None:
        raise Problem(
            "The gate violation cannot be judged: nothing is known of policies.",
            "Let adobe-flow run the preview (--stack, --policy-pack), or hand over its event log with --events.",
        )
    return [f"{each['policy']} ({each['resource'] or 'stack'})" for each in judged.violations]


COUNTED: Final[Mapping[str, Callable[[Judged], list[str]]]] = {
    "create": _doing(CREATE),
    "update": _doing(UPDATE),
    "replace": _doing(REPLACE),
    "delete": _doing(DELETE),
    "change": _doing(UPDATE, REPLACE, DELETE),
    "secret": lambda judged: list(judged.secrets),
    "dataflow": lambda judged: [each.name for each in judged.touched],
    "violation": _violated,
}
CONDITIONS: Final[Mapping[str, Callable[[Judged], list[str]]]] = {
    "replace-in-use": _in_use(REPLACE),
    "delete-in-use": _in_use(DELETE),
}
_OF_ALL: Final = ("dataflow", *CONDITIONS)
"""Gates that must know the resources that stay as they are, too."""

_WITH_PERCENT: Final = ("update", "replace", "delete", "change")
_GATE: Final = re.compile(
    r"(?P<name>[A-Za-z-]*)(?:(?P<sign>>=|>)(?P<limit>[0-9]{1,9}(?:\.[0-9]{1,6})?)(?P<percent>%)?)?"
)


def parse_gates(text: str) -> list[Gate]:
    """The gates of `--fail-on`, with commas between them. Raises GateError."""
    return [_gate("".join(each.split())) for each in text.split(",")]


def _gate(text: str) -> Gate:
    found = _GATE.fullmatch(text)
    name = re.match(r"[A-Za-z-]*", text)
    if name is None or name[0] not in {*COUNTED, *CONDITIONS}:
        raise GateError(f'there is no gate "{text}"{_nearest(name[0] if name else "")}')
    if name[0] in CONDITIONS:
        if text != name[0]:
            raise GateError(f'"{text}": {name[0]} stands alone, without a number')
        return Gate(text)
    if found is None or not found["sign"]:
        raise GateError(f'"{text}": {name[0]} needs a limit, such as {name[0]}>0')
    if found["percent"] and name[0] not in _WITH_PERCENT:
        raise GateError(f'"{text}": a share is only of {", ".join(_WITH_PERCENT)}')
    gate = Gate(name[0], found["sign"] == ">", Fraction(found["limit"]), bool(found["percent"]))
    if not gate.above and not gate.limit:
        raise GateError(f'"{text}" would stop every plan; {name[0]}>0 is meant')
    return gate


def _nearest(name: str) -> str:
    names = [*COUNTED, *CONDITIONS]
    near = find_similar_names(name.lower(), names, limit=2, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else f"; there are {', '.join(names)}"
