"""The document that `pulumi preview --json` prints, read as a whole or refused.

Pulumi: pkg/display/json.go, `PreviewDigest`. Policies are not in it: pkg/backend/display/json.go leaves them out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from adobe_flow.documents import parse_document
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.resources import find_malformed_member, unify_properties

_KEYS: Final = ("steps", "diagnostics", "changeSummary", "config", "duration")
_ADVICE: Final = "Run the preview again: pulumi preview --json > plan.json"


def read_preview_document(text: str, where: str) -> Mapping[str, Any]:
    """Return the document in a text; the properties of our resources have one form for all adapters.

    Args:
        text: What `pulumi preview --json` printed.
        where: The place of the text, as the subject of a sentence.

    Raises:
        Problem: The text is no such document.
    """
    if not text.strip():
        raise Problem(
            f"{where} is empty: the preview printed nothing.",
            "The preview ended before it began. The standard error of `pulumi preview` says why.",
        )
    try:
        digest = parse_document(text)
    except ValueError as error:
        raise Problem(_describe_defect(text, where, error), _ADVICE) from None
    if not isinstance(digest, dict) or not any(key in digest for key in _KEYS):
        raise Problem(f"{where} is JSON, but not a plan: it has none of {', '.join(_KEYS)}.", _ADVICE)
    wrong_part = _find_malformed_part(digest)
    if wrong_part:
        raise Problem(f"{where} is not a plan: its {wrong_part} do not have the form that Pulumi writes.", _ADVICE)
    return {**digest, "steps": [_unify_step(step) for step in digest.get("steps") or []]}


def _unify_step(step: Mapping[str, Any]) -> dict[str, Any]:
    """Return the step with the states of its resource in the form that is the same for all adapters."""
    states = {name: unify_properties(step[name]) for name in ("oldState", "newState") if step.get(name)}
    return {**step, **states}


def _find_malformed_part(digest: Mapping[str, Any]) -> str | None:
    """Return the name of a part of the plan that has not the form of Pulumi's; None if all parts have it."""
    steps = digest.get("steps") or []
    if not isinstance(steps, list) or not all(_is_plan_step(step) for step in steps):
        return "steps"
    if not isinstance(digest.get("config") or {}, dict):
        return "config values"
    if not isinstance(digest.get("diagnostics") or [], list):
        return "diagnostics"
    counts = digest.get("changeSummary") or {}
    if not isinstance(counts, dict) or not all(type(count) is int for count in counts.values()):
        return "counts (changeSummary)"
    return None


def _is_plan_step(step: object) -> bool:
    if not isinstance(step, dict) or not isinstance(step.get("op"), str) or not isinstance(step.get("urn"), str):
        return False
    if not isinstance(step.get("replaceReasons") or [], list):
        return False
    states = [step.get(state) or {} for state in ("oldState", "newState")]
    return all(isinstance(state, dict) and find_malformed_member(state) is None for state in states)


def _describe_defect(text: str, where: str, error: ValueError) -> str:
    """Return why the text is no document, without a part of the text: it may hold anything."""
    if not isinstance(error, json.JSONDecodeError):
        return f"{where} is JSON that cannot be used: it has an invalid number, or its nesting is too deep."
    if error.msg == "Extra data" and all(_is_engine_event(line) for line in text.splitlines()[:3]):
        return (
            f"{where} is a stream of events, not a plan. PULUMI_ENABLE_STREAMING_JSON_PREVIEW makes one; "
            "unset it, or pass the stream with --events, beside a plan."
        )
    if not text.lstrip().startswith("{"):
        return f"{where} is not JSON: it does not begin with a brace. Was --json left out, or 2>&1 put in?"
    if not text.rstrip().endswith("}"):
        return f"{where} is cut off after {len(text)} characters: the preview or its output was stopped."
    return f"{where} is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."


def _is_engine_event(line: str) -> bool:
    try:
        return "sequence" in parse_document(line)
    except (ValueError, TypeError):
        return False
