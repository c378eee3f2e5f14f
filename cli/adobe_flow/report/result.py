"""The report as plain data, which every form of it is made from; its JSON schema is schemas/report.schema.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from adobe_flow.report.drawing import drawing
from adobe_flow.report.fields import changed_secrets, fields
from adobe_flow.report.gates import Gate, Judged
from adobe_flow.report.graph import Chain
from adobe_flow.report.overrides import Override
from adobe_flow.report.plan import CREATE, DELETE, REPLACE, UNCHANGED, UPDATE, Plan, Resource
from adobe_flow.report.touched_dataflows import Ask, Touched, touched

PASSES, STOPPED, FAILED = "passes", "stopped", "failed"


def result(  # noqa: PLR0913 - a report is made of so much
    plan: Plan,
    *,
    gates: Sequence[Gate] = (),
    overrides: Sequence[Override] = (),
    violations: Sequence[Mapping[str, Any]] | None = None,
    ask: Ask | None = None,
    made: str,
) -> dict[str, Any]:
    """What the plan does, what it touches, and what each gate says to it. Raises Problem where a gate cannot say."""
    chain = Chain(plan)
    flows = touched(chain, ask)
    secrets = changed_secrets(plan.diagnostics)
    changes = [_change(each, secrets, flows) for each in sorted(plan.changed, key=_harm)]
    changing = [
        f"{change['name']}.{each['name']}"
        for change in changes
        for each in change["fields"]
        if each["secret"] == "changed"  # noqa: S105 - a word, no secret
    ]
    judged = [_gate(each, Judged(plan, flows, changing, violations), overrides) for each in gates]
    return {
        "project": plan.project,
        "stack": plan.stack,
        "made": made,
        "verdict": _verdict(plan, judged),
        "summary": _summary(plan),
        "changes": changes,
        "dataflows": [_flow(each) for each in flows],
        "live": ask is not None,
        "whole": plan.whole,
        "policies": None if violations is None else list(violations),
        "diagnostics": [asdict(each) for each in plan.diagnostics],
        "gates": judged,
        "drawing": drawing(chain),
    }


def _harm(resource: Resource) -> tuple[int, str]:
    """What takes most away comes first; the engine's own order differs from run to run."""
    order = {DELETE: 0, REPLACE: 1, UPDATE: 2, CREATE: 3}
    return (order.get(resource.operation, 4), resource.urn)


def _verdict(plan: Plan, gates: Sequence[Mapping[str, Any]]) -> str:
    if plan.failed:
        return FAILED
    return STOPPED if any(each["stops"] and each["override"] is None for each in gates) else PASSES


def _summary(plan: Plan) -> dict[str, int]:
    counts = Counter(each.operation for each in plan.resources)
    named = {name: counts.pop(name, 0) for name in (CREATE, UPDATE, REPLACE, DELETE, UNCHANGED)}
    return {**named, "other": counts.total(), "existing": len(plan.existing)}


def _change(resource: Resource, secrets: frozenset[tuple[str, str]], flows: Sequence[Touched]) -> dict[str, Any]:
    sandbox = resource.outputs.get("sandboxName")
    return {
        "operation": resource.operation,
        "kind": resource.kind,
        "name": resource.name,
        "title": resource.title,
        "id": resource.id,
        "sandbox": sandbox if isinstance(sandbox, str) else None,
        "protected": resource.protected,
        "reasons": list(resource.reasons),
        "fields": fields(resource, secrets),
        "dataflows": [each.name for each in flows if any(on.urn == resource.urn for on in each.through)],
    }


def _flow(flow: Touched) -> dict[str, Any]:
    return {
        "name": flow.name,
        "id": flow.id,
        "sandbox": flow.sandbox,
        "managedAs": flow.flow.name if flow.flow else None,
        "operation": flow.flow.operation if flow.flow else UNCHANGED,
        "through": [{"name": each.name, "operation": each.operation} for each in flow.through],
    }


def _gate(gate: Gate, judged: Judged, overrides: Sequence[Override]) -> dict[str, Any]:
    given = next((each for each in overrides if each.gate == str(gate)), None)
    return {
        "gate": str(gate),
        "found": gate.found(judged),
        "stops": gate.stops(judged),
        "override": _told(given) if given else None,
    }


def _told(override: Override) -> dict[str, Any]:
    return {
        "reason": override.reason,
        "by": override.by,
        "byWordOf": override.by_word_of,
        "run": override.run,
        "at": override.at,
    }
