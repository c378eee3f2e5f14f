"""From Pulumi's document to a plan: one entry per resource, in the order of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from adobe_flow.managed import resource_name
from adobe_flow.problem import Problem
from adobe_flow.report.plan import CREATE, DELETE, REPLACE, UNCHANGED, UPDATE, Diagnostic, Plan, Resource
from pulumi_adobe.resource_names import parse_urn

_OPERATIONS: Final = {
    "same": UNCHANGED,
    "refresh": UNCHANGED,
    "create": CREATE,
    "update": UPDATE,
    "delete": DELETE,
    "replace": REPLACE,
    "create-replacement": REPLACE,
    "delete-replaced": REPLACE,
    "discard-replaced": REPLACE,
    "read": "read",
    "read-discard": "read",
    "read-replacement": "read",
    "discard": "read",
    "import": "import",
    "import-replacement": REPLACE,
    "remove-pending-replace": REPLACE,
}
"""What each operation of the engine (pkg/resource/deploy/step.go) is to a reader; one that is new keeps its name."""

_SUMMED: Final = ("create", "update", "delete", "replace")
"""Operations that gates look for. The engine counts each of their steps (pkg/resource/deploy, `Logical`)."""

_AGAIN: Final = "Make it anew: pulumi preview --json > plan.json"
_WEIGHT: Final = {UNCHANGED: 0, "read": 1, CREATE: 3, UPDATE: 4, DELETE: 5, REPLACE: 6}


def parse(digest: Mapping[str, Any]) -> Plan:
    """The plan in a document that has no secret any more."""
    found: dict[str, Resource] = {}
    for step in digest.get("steps") or []:
        _require_known(step)
        resource = _resource(step)
        before = found.get(resource.urn)
        if before is None or _weight(resource) >= _weight(before):
            # A refresh comes before the step that follows from it, and keeps the place in the order.
            found[resource.urn] = resource
    _require_all(digest)
    diagnostics = tuple(_diagnostics(digest.get("diagnostics") or []))
    project, stack = _home(found)
    unchanged = sum(each.operation == UNCHANGED for each in found.values())
    return Plan(
        project,
        stack,
        tuple(each for each in found.values() if each.counted),
        diagnostics,
        any(each.severity == "error" for each in diagnostics),
        # Without --show-sames Pulumi counts what stays unchanged, and leaves it out.
        unchanged >= int((digest.get("changeSummary") or {}).get("same") or 0),
    )


def _require_known(step: Mapping[str, Any]) -> None:
    """Raise Problem unless the step says whether its resource counts: one without would be left out of every gate."""
    states = [step[name] for name in ("newState", "oldState") if step.get(name)]
    if step["op"] in _SUMMED and not any(isinstance(state.get("custom"), bool) for state in states):
        raise Problem("A step of the plan does not say what it is about, so the report would lack it.", _AGAIN)


def _require_all(digest: Mapping[str, Any]) -> None:
    """Raise Problem where Pulumi counts operations of which the plan has no step."""
    steps = Counter(step["op"] for step in digest.get("steps") or [])
    summary = digest.get("changeSummary") or {}
    for operation in _SUMMED:
        number = summary.get(operation) or 0
        if number > steps[operation]:
            raise Problem(
                f"The plan cannot be accounted for: Pulumi counts {number} to {operation}, and the plan has "
                f"{steps[operation]} of them.",
                _AGAIN,
            )


def _weight(resource: Resource) -> int:
    return _WEIGHT.get(resource.operation, 2)


def _resource(step: Mapping[str, Any]) -> Resource:
    old, new = step.get("oldState") or {}, step.get("newState") or {}
    state = new or old
    return Resource(
        urn=step["urn"],
        type=str(state.get("type") or parse_urn(step["urn"]).type),
        operation=_OPERATIONS.get(step["op"], step["op"]),
        id=old.get("id") or new.get("id") or None,
        old=old.get("inputs") or {} if old else None,
        new=new.get("inputs") or {} if new else None,
        outputs=old.get("outputs") or {},
        reasons=tuple(map(str, step.get("replaceReasons") or ())),
        dependencies=_dependencies(state),
        custom=bool(state.get("custom")),
        external=bool(state.get("external")),
        protected=bool(old.get("protect") or new.get("protect")),
    )


def _dependencies(state: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    by_property = state.get("propertyDependencies")
    if not isinstance(by_property, dict):
        return {}
    return {name: tuple(map(str, urns)) for name, urns in by_property.items() if isinstance(urns, list)}


def _diagnostics(found: Iterable[Any]) -> Iterable[Diagnostic]:
    for each in found:
        if isinstance(each, dict) and str(each.get("message", "")).strip():
            urn = each.get("urn")
            name = resource_name(str(urn)) if urn else None
            severity = str(each.get("severity", "info"))
            yield Diagnostic(severity, str(each["message"]).strip().removeprefix(f"{severity}: "), name)


def _home(found: Mapping[str, Resource]) -> tuple[str | None, str | None]:
    """Project and stack, as every URN names them."""
    for urn in map(parse_urn, found):
        if urn.stack:
            return urn.project, urn.stack
    return None, None
