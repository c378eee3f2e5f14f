"""The rows that do not fit the XDM schema of their dataset, and what happens to their batch.

Adobe: partial.md, error-diagnostics.md (Batch ingestion) for the threshold, the codes and the diagnostics. No document
lists the values that fit a type: here a text fits if Data Prep could read it as the type, and any value fits a text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from flow_service_emulator.clock import parse_time
from flow_service_emulator.json_values import get_member
from flow_service_emulator.workspace.failures import PROCESSING_FAILED, RunFailure
from flow_service_emulator.workspace.tables import DELETE

if TYPE_CHECKING:
    from flow_service_emulator.dataflows.run_results import RunResult

_WRONG_TYPE: Final = "MAPPER-3700-400"
_MISSING: Final = "INGEST-1555-400"

_NUMBERS: Final = {"integer": re.compile(r"-?\d+"), "number": re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")}


def find_row_errors(schema: Mapping[str, Any], row: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Return the errors of a row, or of the object at a path in it, by the properties of the XDM schema."""
    for name in schema.get("required", ()):
        if _is_absent(row.get(name)):
            yield {"code": _MISSING, "message": f"The required field {path}{name} is either missing or null."}
    for name, value in row.items():
        inner = get_member(schema, "properties", name)
        if not isinstance(inner, dict) or _is_absent(value):
            continue
        if isinstance(value, dict) and inner.get("type", "object") == "object":
            yield from find_row_errors(inner, value, f"{path}{name}.")
        elif not _value_fits_schema(value, inner):
            kind = inner.get("format") or inner.get("type")
            yield {"code": _WRONG_TYPE, "message": f"The value of {path}{name} cannot be read as {kind}."}


def remove_bad_rows(result: RunResult, schema: Mapping[str, Any], options: Mapping[str, Any]) -> None:
    """Remove the bad rows from the result of a run; above the threshold of partial ingestion the run fails."""
    errors_of_rows = [
        _find_row_errors(result, schema, *pair) for pair in zip(result.changes, result.written, strict=True)
    ]
    bad = [(row, errors) for row, errors in zip(result.written, errors_of_rows, strict=True) if errors]
    if not bad:
        return
    good = [
        pair
        for pair, errors in zip(zip(result.changes, result.written, strict=True), errors_of_rows, strict=True)
        if not errors
    ]
    has_diagnostics = options.get("errorDiagnosticsEnabled") is True
    if has_diagnostics:
        result.row_errors = [{**row, "_errors": errors} for row, errors in bad]
    # Without partial ingestion one bad row fails the batch.
    is_tolerated = 100 * len(bad) <= (options.get("partialIngestionPercent") or 0) * len(errors_of_rows)
    remaining = good if is_tolerated else []
    result.changes, result.written = [change for change, _ in remaining], [row for _, row in remaining]
    nested = _list_nested_objects([errors for _, errors in bad], len(remaining), has_diagnostics=has_diagnostics)
    if is_tolerated:
        result.failure = RunFailure(nested=nested)
    else:
        result.failure = RunFailure(PROCESSING_FAILED, "Error in processing the copied data.", nested=nested)


def _find_row_errors(
    result: RunResult, schema: Mapping[str, Any], change: str, row: Mapping[str, Any]
) -> list[dict[str, str]]:
    missing_keys = [path for path in result.key if _is_absent(get_member(row, *path.split(".")))]
    errors = [
        {"code": _MISSING, "message": f"The primary key {path} is either missing or null."} for path in missing_keys
    ]
    # A deletion needs only the primary key.
    return errors if change == DELETE else [*errors, *find_row_errors(schema, row)]


def _list_nested_objects(
    errors_of_rows: Sequence[Sequence[Mapping[str, str]]], written: int, *, has_diagnostics: bool
) -> list[dict[str, Any]]:
    if not has_diagnostics:
        return [{"code": "INGEST-1211-400", "message": "Errors in the data; error diagnostics were off."}]
    text = f"Encountered {len(errors_of_rows)} errors in the data. Successfully ingested {written} rows."
    counts = Counter(errors[0]["code"] for errors in errors_of_rows)
    messages = {errors[0]["code"]: errors[0]["message"] for errors in reversed(errors_of_rows)}
    return [
        {"code": "INGEST-1212-400", "message": text},
        *({"code": code, "message": messages[code], "recordCount": count} for code, count in counts.items()),
    ]


def _is_absent(value: Any) -> bool:
    """Return whether a value is null, or an object that has only null values."""
    return value is None or (isinstance(value, dict) and all(map(_is_absent, value.values())))


def _value_fits_schema(value: Any, schema: Mapping[str, Any]) -> bool:
    kind = schema.get("type")
    if kind == "array":
        items = schema.get("items", {})
        return isinstance(value, list) and all(_is_absent(item) or _value_fits_schema(item, items) for item in value)
    if kind == "object":
        return isinstance(value, dict)
    if isinstance(value, (dict, list)):
        return kind is None
    if kind in _NUMBERS:
        is_number = not isinstance(value, bool) and _NUMBERS[kind].fullmatch(str(value)) is not None
        return is_number or (kind == "integer" and isinstance(value, float) and value.is_integer())
    if kind == "boolean":
        return str(value).lower() in {"true", "false"}
    return schema.get("format") not in {"date", "date-time"} or _is_time(value)


def _is_time(value: Any) -> bool:
    """Return whether a value is a valid time; a number is a time in epoch milliseconds."""
    if isinstance(value, (int, float)):
        return not isinstance(value, bool)
    try:
        parse_time(str(value))
    except ValueError:
        return False
    return True
