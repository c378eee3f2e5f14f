"""The policy violations of a plan. Pulumi leaves them out of `preview --json`; its event log has them.

Pulumi: sdk/go/common/apitype/events.go, `EngineEvent` and `PolicyEvent`; its Automation API uses `--event-log`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from adobe_flow.documents import parse_document
from adobe_flow.problem import Problem
from pulumi_adobe.resource_names import STACK_TYPE, parse_urn

_ANALYSIS_EVENTS: Final = ("policyEvent", "policyAnalyzeSummaryEvent", "policyAnalyzeStackSummaryEvent")


def read_violations(events: str, where: str) -> list[dict[str, Any]] | None:
    """Return the violations in an event log, each once; `None` if no policy pack analyzed the plan.

    Args:
        events: The text of the event log.
        where: The place of the log, as the subject of a sentence.

    Raises:
        Problem: The text is no event log.
    """
    violations: list[dict[str, Any]] = []
    analyzed = False
    for event in _parse_events(events, where):
        analyzed = analyzed or any(name in event for name in _ANALYSIS_EVENTS)
        policy = event.get("policyEvent")
        if isinstance(policy, dict):
            violation = _parse_violation(policy)
            if violation not in violations:
                violations.append(violation)
    return violations if analyzed else None


def _parse_violation(policy: Mapping[str, Any]) -> dict[str, Any]:
    urn = parse_urn(str(policy.get("resourceUrn") or ""))
    return {
        "policy": str(policy.get("policyName", "")),
        "pack": str(policy.get("policyPackName", "")),
        "level": str(policy.get("enforcementLevel", "")),
        "resource": urn.name if urn.name and urn.type != STACK_TYPE else None,
        "message": str(policy.get("message", "")).strip(),
    }


def _parse_events(text: str, where: str) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            event = parse_document(line)
        except ValueError:
            event = None
        if not isinstance(event, dict):
            raise Problem(
                f"{where} is not an event log: line {number} is not a JSON object.",
                "Make it with the plan: PULUMI_DEBUG_COMMANDS=true pulumi preview --json --event-log events.jsonl",
            )
        yield event
