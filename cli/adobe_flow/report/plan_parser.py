"""The parser of Pulumi's preview document: it returns a plan with one entry for each resource."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.resources import get_resource_name
from adobe_flow.report.plan import CREATE, DELETE, REPLACE, UNCHANGED, UPDATE, Diagnostic, Plan, PlannedResource
from pulumi_adobe.json_values import get_object
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
"""The word of the report for each operation of the engine (pkg/resource/deploy/step.go); a new one keeps its name."""

_SUMMARIZED: Final = ("create", "update", "delete", "replace")
"""The operations that gates count. The engine counts each of their steps (pkg/resource/deploy, `Logical`)."""

_ADVICE: Final = "Run the preview again: pulumi preview --json > plan.json"
_WEIGHT: Final = {UNCHANGED: 0, "read": 1, CREATE: 3, UPDATE: 4, DELETE: 5, REPLACE: 6}


def parse_plan(digest: Mapping[str, Any]) -> Plan:
    """Return the plan of a document whose secrets are redacted.

    Raises:
        Problem: The document lacks a step that Pulumi counts, or a step does not say what it is about.
    """
    resources: dict[str, PlannedResource] = {}
    for step in digest.get("steps") or []:
        _require_kind(step)
        resource = _parse_resource(step)
        earlier = resources.get(resource.urn)
        if earlier is None or _get_weight(resource) >= _get_weight(earlier):
            # A refresh comes before the step that follows from it, and keeps the place in the order.
            resources[resource.urn] = resource
    _require_all_steps(digest)
    diagnostics = tuple(_parse_diagnostics(digest.get("diagnostics") or []))
    project, stack = _find_project_and_stack(resources)
    unchanged = sum(resource.operation == UNCHANGED for resource in resources.values())
    return Plan(
        project,
        stack,
        tuple(resource for resource in resources.values() if resource.is_counted),
        diagnostics,
        any(diagnostic.severity == "error" for diagnostic in diagnostics),
        # Without --show-sames Pulumi counts the unchanged resources, and leaves them out.
        unchanged >= int((digest.get("changeSummary") or {}).get("same") or 0),
    )


def _require_kind(step: Mapping[str, Any]) -> None:
    """Raise `Problem` unless the step says whether its resource counts: no gate would see it otherwise."""
    states = [step[name] for name in ("newState", "oldState") if step.get(name)]
    if step["op"] in _SUMMARIZED and not any(isinstance(state.get("custom"), bool) for state in states):
        raise Problem("A step of the plan does not say what it is about, so the report would lack it.", _ADVICE)


def _require_all_steps(digest: Mapping[str, Any]) -> None:
    """Raise `Problem` if Pulumi counts operations for which the plan has no step."""
    steps = Counter(step["op"] for step in digest.get("steps") or [])
    summary = digest.get("changeSummary") or {}
    for operation in _SUMMARIZED:
        number = summary.get(operation) or 0
        if number > steps[operation]:
            raise Problem(
                f"The plan lacks steps: Pulumi counts {number} to {operation}, and the plan has {steps[operation]} of "
                "them.",
                _ADVICE,
            )


def _get_weight(resource: PlannedResource) -> int:
    return _WEIGHT.get(resource.operation, 2)


def _parse_resource(step: Mapping[str, Any]) -> PlannedResource:
    old, new = step.get("oldState") or {}, step.get("newState") or {}
    state = new or old
    return PlannedResource(
        urn=step["urn"],
        type=str(state.get("type") or parse_urn(step["urn"]).type),
        operation=_OPERATIONS.get(step["op"], step["op"]),
        id=old.get("id") or new.get("id") or None,
        old=old.get("inputs") or {} if old else None,
        new=new.get("inputs") or {} if new else None,
        outputs=old.get("outputs") or {},
        reasons=tuple(map(str, step.get("replaceReasons") or ())),
        dependencies=_parse_dependencies(state),
        custom=bool(state.get("custom")),
        external=bool(state.get("external")),
        protected=bool(old.get("protect") or new.get("protect")),
        differences=frozenset(get_object(step, "detailedDiff")),
    )


def _parse_dependencies(state: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    by_property = state.get("propertyDependencies")
    if not isinstance(by_property, dict):
        return {}
    return {name: tuple(map(str, urns)) for name, urns in by_property.items() if isinstance(urns, list)}


def _parse_diagnostics(diagnostics: Iterable[Any]) -> Iterator[Diagnostic]:
    for diagnostic in diagnostics:
        if isinstance(diagnostic, dict) and str(diagnostic.get("message", "")).strip():
            urn = diagnostic.get("urn")
            name = get_resource_name(str(urn)) if urn else None
            severity = str(diagnostic.get("severity", "info"))
            message = str(diagnostic["message"]).strip().removeprefix(f"{severity}: ")
            yield Diagnostic(severity, message, name)


def _find_project_and_stack(resources: Mapping[str, PlannedResource]) -> tuple[str | None, str | None]:
    """Return the project and the stack, which every URN names."""
    for urn in map(parse_urn, resources):
        if urn.stack:
            return urn.project, urn.stack
    return None, None
