"""What policies said of a plan. Pulumi leaves it out of `preview --json`; its event log has it.

Pulumi: sdk/go/common/apitype/events.go, `EngineEvent` and `PolicyEvent`; `--event-log` is what its Automation API uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from adobe_flow.documents import parse_document
from adobe_flow.managed import STACK_TYPE
from adobe_flow.problem import Problem
from pulumi_adobe.resource_names import parse_urn

_JUDGED: Final = ("policyEvent", "policyAnalyzeSummaryEvent", "policyAnalyzeStackSummaryEvent")


def violations(events: str, where: str) -> list[dict[str, Any]] | None:
    """The violations in an event log, each once; None where no policy pack judged. Raises Problem where it is none."""
    found: list[dict[str, Any]] = []
    judged = False
    for event in _events(events, where):
        judged = judged or any(name in event for name in _JUDGED)
        policy = event.get("policyEvent")
        if isinstance(policy, dict):
            each = _violation(policy)
            if each not in found:
                found.append(each)
    return found if judged else None


def _violation(policy: Mapping[str, Any]) -> dict[str, Any]:
    urn = parse_urn(str(policy.get("resourceUrn") or ""))
    return {
        "policy": str(policy.get("policyName", "")),
        "pack": str(policy.get("policyPackName", "")),
        "level": str(policy.get("enforcementLevel", "")),
        "resource": urn.name if urn.name and urn.type != STACK_TYPE else None,
        "message": str(policy.get("message", "")).strip(),
    }


def _events(text: str, where: str) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            event = parse_document(line)
        except ValueError:
            event = None
        if not isinstance(event, dict):
            raise Problem(
                f"{where} is no event log: line {number} is not a JSON object.",
                "Make it with the plan: PULUMI_DEBUG_COMMANDS=true pulumi preview --json --event-log events.jsonl",
            )
        yield event
