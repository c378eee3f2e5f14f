"""The report as plain data, from which every form is made; schemas/report.schema.json describes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from adobe_flow.report.drawing import draw_changed_resources
from adobe_flow.report.fields import compare_fields, find_changed_secrets
from adobe_flow.report.gates import Gate, GateEvidence
from adobe_flow.report.graph import ResourceGraph
from adobe_flow.report.overrides import Override
from adobe_flow.report.plan import CREATE, DELETE, REPLACE, UNCHANGED, UPDATE, Plan, PlannedResource
from adobe_flow.report.touched_dataflows import DataflowLookup, TouchedDataflow, find_touched_dataflows

PASSES, STOPPED, FAILED = "passes", "stopped", "failed"


def build_result(  # noqa: PLR0913 - the parts of a report
    plan: Plan,
    *,
    gates: Sequence[Gate] = (),
    overrides: Sequence[Override] = (),
    violations: Sequence[Mapping[str, Any]] | None = None,
    look_up: DataflowLookup | None = None,
    made: str,
) -> dict[str, Any]:
    """Return what the plan does, which dataflows it touches, and how each gate judges it.

    Args:
        plan: The plan.
        gates: The gates of `--fail-on`.
        overrides: The overrides of these gates.
        violations: The policy violations; `None` if nothing is known of them.
        look_up: Asks Flow Service for the dataflows that the stack does not manage; `None` asks nobody.
        made: The time of the report as ISO 8601, UTC.

    Raises:
        Problem: A gate cannot be judged.
    """
    graph = ResourceGraph(plan)
    dataflows = find_touched_dataflows(graph, look_up)
    secrets = find_changed_secrets(plan.diagnostics)
    changes = [
        _change_to_json(resource, secrets, dataflows) for resource in sorted(plan.changed_resources, key=_get_severity)
    ]
    changed_secrets = [
        f"{change['name']}.{field['name']}"
        for change in changes
        for field in change["fields"]
        if field["secret"] == "changed"  # noqa: S105 - a word, no secret
    ]
    evidence = GateEvidence(plan, dataflows, changed_secrets, violations)
    judgements = [_judge_gate(gate, evidence, overrides) for gate in gates]
    return {
        "project": plan.project,
        "stack": plan.stack,
        "made": made,
        "verdict": _get_verdict(plan, judgements),
        "summary": _count_operations(plan),
        "changes": changes,
        "dataflows": [_dataflow_to_json(dataflow) for dataflow in dataflows],
        "live": look_up is not None,
        "whole": plan.whole,
        "policies": None if violations is None else list(violations),
        "diagnostics": [asdict(diagnostic) for diagnostic in plan.diagnostics],
        "gates": judgements,
        "drawing": draw_changed_resources(graph),
    }


def _get_severity(resource: PlannedResource) -> tuple[int, str]:
    """Return a sort key: deletions come first. The engine's own order differs from run to run."""
    order = {DELETE: 0, REPLACE: 1, UPDATE: 2, CREATE: 3}
    return (order.get(resource.operation, 4), resource.urn)


def _get_verdict(plan: Plan, judgements: Sequence[Mapping[str, Any]]) -> str:
    if plan.failed:
        return FAILED
    stopped = any(judgement["stops"] and judgement["override"] is None for judgement in judgements)
    return STOPPED if stopped else PASSES


def _count_operations(plan: Plan) -> dict[str, int]:
    counts = Counter(resource.operation for resource in plan.resources)
    by_operation = {name: counts.pop(name, 0) for name in (CREATE, UPDATE, REPLACE, DELETE, UNCHANGED)}
    deletions = by_operation[DELETE] + by_operation[REPLACE]
    return {**by_operation, "other": counts.total(), "existing": len(plan.existing_resources), "deletions": deletions}


def _change_to_json(
    resource: PlannedResource, secrets: frozenset[tuple[str, str]], dataflows: Sequence[TouchedDataflow]
) -> dict[str, Any]:
    sandbox = resource.outputs.get("sandboxName")
    users = [dataflow.name for dataflow in dataflows if any(used.urn == resource.urn for used in dataflow.through)]
    return {
        "operation": resource.operation,
        "kind": resource.kind,
        "name": resource.name,
        "title": resource.title,
        "id": resource.id,
        "sandbox": sandbox if isinstance(sandbox, str) else None,
        "protected": resource.protected,
        "reasons": list(resource.reasons),
        "fields": compare_fields(resource, secrets),
        "dataflows": users,
    }


def _dataflow_to_json(dataflow: TouchedDataflow) -> dict[str, Any]:
    return {
        "name": dataflow.name,
        "id": dataflow.id,
        "sandbox": dataflow.sandbox,
        "managedAs": dataflow.resource.name if dataflow.resource else None,
        "operation": dataflow.resource.operation if dataflow.resource else UNCHANGED,
        "through": [{"name": resource.name, "operation": resource.operation} for resource in dataflow.through],
    }


def _judge_gate(gate: Gate, evidence: GateEvidence, overrides: Sequence[Override]) -> dict[str, Any]:
    override = next((override for override in overrides if override.gate == str(gate)), None)
    return {
        "gate": str(gate),
        "found": gate.list_matches(evidence),
        "stops": gate.fails(evidence),
        "override": _override_to_json(override) if override else None,
    }


def _override_to_json(override: Override) -> dict[str, Any]:
    return {
        "reason": override.reason,
        "by": override.by,
        "byWordOf": override.by_word_of,
        "run": override.run,
        "at": override.at,
    }
