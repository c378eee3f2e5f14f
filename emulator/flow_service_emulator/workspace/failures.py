"""The failures of runs that Adobe's documents show, and the scenario's rules for them.

Adobe: monitor.md, rules.md (observability alerts), notifications.md for the places of the errors; error-diagnostics.md
and partial.md for the codes of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

COPY_FAILED: Final = "CONNECTOR-1001-500"
PROCESSING_FAILED: Final = "CONNECTOR-2001-500"

_COPY_MESSAGE: Final = "Error in copying the data from Source."
_PROCESSING_MESSAGE: Final = "Error in processing the copied data."
_TIMED_OUT: Final = "A connection attempt failed because the connected party did not properly respond after a time"


@dataclass(frozen=True)
class RunFailure:
    """The errors of a failed run: its own error, and errors that are only in one of its activities.

    Attributes:
        code: The code of the run's own error; empty for a run that succeeds although rows failed.
        message: Its message.
        in_copy: Whether the copy activity failed; else the promotion activity did.
        nested: The errors in the activity's `extensions.errors`.
        detail: The activity's `extensions.errorDetail`, a text of the copy engine.
    """

    code: str = ""
    message: str = ""
    in_copy: bool = False
    nested: Sequence[Mapping[str, Any]] = ()
    detail: str = ""


@dataclass(frozen=True)
class RunRule:
    """A rule of the scenario for the runs of some dataflows.

    Attributes:
        flow: A pattern of the dataflow's name.
        code: The documented code that the runs fail with; empty for runs that do not.
        message: The message that replaces the documented one.
        detail: The text of the copy engine that replaces the documented one.
        failed_rows: The maximum number of rows that fail, while the others arrive; None if all rows fail with the run.
        seconds: The duration of a run, on the emulator's clock.
    """

    flow: str = "*"
    code: str = ""
    message: str = ""
    detail: str = ""
    failed_rows: int | None = None
    seconds: float = 0

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> RunRule:
        """Return the rule that an entry of the scenario describes."""
        names = {"failedRows": "failed_rows"}
        return cls(**{names.get(name, name): value for name, value in body.items()})


def find_run_rule(rules: Sequence[RunRule], flow_name: str) -> RunRule:
    """Return the first rule for a dataflow of this name; without one its runs take no time and do not fail."""
    return next((rule for rule in rules if fnmatchcase(flow_name, rule.flow)), RunRule())


def _build_processing_failure(*nested: Mapping[str, Any]) -> RunFailure:
    return RunFailure(PROCESSING_FAILED, _PROCESSING_MESSAGE, nested=nested)


def _build_nested_error(code: str, message: str) -> Mapping[str, Any]:
    return {"code": code, "message": message}


FAILURES: Final[Mapping[str, RunFailure]] = {
    COPY_FAILED: RunFailure(
        COPY_FAILED,
        _COPY_MESSAGE,
        in_copy=True,
        nested=(_build_nested_error("2200", _TIMED_OUT),),
        detail=f"ErrorCode=UserErrorFailedToConnect,'Type=Exception,Message={_TIMED_OUT},Source=Copy,'",
    ),
    "2200": RunFailure(COPY_FAILED, _COPY_MESSAGE, in_copy=True, nested=(_build_nested_error("2200", _TIMED_OUT),)),
    PROCESSING_FAILED: _build_processing_failure(),
    "CONNECTOR-3001-500": RunFailure("CONNECTOR-3001-500", "There was an issue while creating the batch."),
    "MAPPER-3700-400": _build_processing_failure(_build_nested_error("MAPPER-3700-400", "Mapper Transform Error")),
    "INGEST-1401-400": _build_processing_failure(
        _build_nested_error("INGEST-1401-400", "The row has corrupted data and cannot be read.")
    ),
    "INGEST-1555-400": _build_processing_failure(
        _build_nested_error("INGEST-1555-400", "A required field is either missing or null.")
    ),
    "INGEST-1211-400": _build_processing_failure(
        _build_nested_error("INGEST-1211-400", "Errors in the data; error diagnostics were off.")
    ),
    "133": _build_processing_failure(_build_nested_error("133", "No files found for the batch.")),
}
"""The documented failures, by the code that the scenario names."""

ROW_CODES: Final = frozenset({"MAPPER-3700-400", "INGEST-1401-400", "INGEST-1555-400"})
"""The codes of single rows; the other rows may arrive."""

RULE_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "flow": {"type": "string"},
        "code": {"enum": sorted(FAILURES)},
        "message": {"type": "string"},
        "detail": {"type": "string"},
        "failedRows": {"type": "integer", "minimum": 0},
        "seconds": {"type": "number", "minimum": 0},
    },
}
"""The JSON Schema of an entry of `runs` in the scenario."""
