"""The failures that the scenario of a workspace orders for the runs of some dataflows.

Adobe: error-diagnostics.md and partial.md for rows that fail while others arrive.
"""

from __future__ import annotations

from flow_service_emulator.dataflows.run_results import RunResult
from flow_service_emulator.workspace.failures import FAILURES, ROW_CODES, RunFailure, RunRule


def apply_run_rule(rule: RunRule, result: RunResult) -> None:
    """Apply the failure that the scenario declares to the result of a run, unless the run failed by itself."""
    if not rule.code or result.failure is not None:
        return
    count = len(result.read) if rule.failed_rows is None else min(rule.failed_rows, len(result.read))
    is_partial = rule.failed_rows is not None
    result.failure = _build_run_failure(rule, count, len(result.read) - count, is_partial=is_partial)
    result.written = result.written[count:] if is_partial else []
    result.changes = result.changes[count:] if is_partial else []
    if result.failure.in_copy:
        result.read = []


def _build_run_failure(rule: RunRule, failed: int, written: int, *, is_partial: bool) -> RunFailure:
    documented = FAILURES[rule.code]
    nested = [{**error, **({"message": rule.message} if rule.message else {})} for error in documented.nested]
    if rule.code in ROW_CODES:
        text = f"Encountered {failed} errors in the data. Successfully ingested {written} rows."
        nested = [
            {"code": "INGEST-1212-400", "message": text},
            *({**error, "recordCount": failed} for error in nested),
        ]
    if is_partial:
        return RunFailure(nested=nested)
    message = rule.message if rule.message and not nested else documented.message
    return RunFailure(documented.code, message, documented.in_copy, nested, rule.detail or documented.detail)
