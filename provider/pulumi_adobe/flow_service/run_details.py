"""What one flow run tells: its status in one spelling, its times in one unit, and its errors from all their places.

Adobe: monitor.md, flow-service.yaml (`StatusDTO`), notifications.md and rules.md (observability alerts). They spell the
statuses in different ways, and show times in seconds or in milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pulumi_adobe.flow_service.run_errors import find_run_error
from pulumi_adobe.json_values import get_member, get_objects

SUCCESS: Final = "success"
PARTIAL_SUCCESS: Final = "partialSuccess"
FAILED: Final = "failed"
IN_PROGRESS: Final = "inProgress"
QUEUED: Final = "queued"
SCHEDULED: Final = "scheduled"
UNKNOWN: Final = "unknown"

_STATUSES: Final[Mapping[str, str]] = {
    "success": SUCCESS,
    "completed": SUCCESS,
    "partialsuccess": PARTIAL_SUCCESS,
    "partialfailure": PARTIAL_SUCCESS,
    "failed": FAILED,
    "inprogress": IN_PROGRESS,
    "queued": QUEUED,
    "scheduled": SCHEDULED,
}
_ENDED: Final = frozenset({SUCCESS, PARTIAL_SUCCESS, FAILED})
_GOOD: Final = frozenset({SUCCESS, PARTIAL_SUCCESS})

_LARGEST_SECONDS: Final = 100_000_000_000
"""In seconds the year 5138, in milliseconds March 1973: a smaller time is in seconds."""

_COPY_ENGINE_TEXT: Final = re.compile(r"ErrorCode=(?P<code>\w+)")


@dataclass(frozen=True)
class RunError:
    """One error of a run; ``code`` is empty where the service shows none."""

    code: str
    message: str

    @property
    def remedy(self) -> str:
        """What to do; empty for an error that no document of Adobe has."""
        known = find_run_error(self.code, self.message)
        return known.remedy if known is not None else ""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.code, self.message) if part)


@dataclass(frozen=True)
class RunDetails:
    """One run. Times are epoch milliseconds; None stands for what the service does not show, or shows as -1."""

    id: str
    dataflow_id: str
    status: str
    started_at: int | None
    completed_at: int | None
    records_read: int | None
    records_written: int | None
    records_failed: int | None
    bytes_read: int | None
    errors: tuple[RunError, ...]

    @property
    def remedies(self) -> tuple[str, ...]:
        """What to do, each remedy once; those of recognized texts alone, if there are any: a code says less."""
        known = [find_run_error(error.code, error.message) for error in self.errors]
        found = [each for each in known if each is not None]
        by_text = [each for each in found if each.text]
        return tuple(dict.fromkeys(each.remedy for each in by_text or found))

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen; of a status that no document has, the completion decides."""
        return self.status in _ENDED or (self.status not in _STATUSES.values() and self.completed_at is not None)

    @property
    def is_good(self) -> bool:
        """Whether rows arrived, or could have: a success, or a partial one."""
        return self.status in _GOOD


def read_run(entity: Mapping[str, Any]) -> RunDetails:
    """Return what a run tells, whatever is missing in it."""
    metrics = get_member(entity, "metrics")
    return RunDetails(
        id=str(entity.get("id")),
        dataflow_id=str(entity.get("flowId")),
        status=parse_status(get_member(metrics, "statusSummary", "status") or entity.get("state")),
        started_at=to_milliseconds(get_member(metrics, "durationSummary", "startedAtUTC")),
        completed_at=to_milliseconds(get_member(metrics, "durationSummary", "completedAtUTC")),
        records_read=_parse_count(get_member(metrics, "recordSummary", "inputRecordCount")),
        records_written=_parse_count(get_member(metrics, "recordSummary", "outputRecordCount")),
        records_failed=_parse_count(get_member(metrics, "recordSummary", "failedRecordCount")),
        bytes_read=_parse_count(get_member(metrics, "sizeSummary", "inputBytes")),
        errors=tuple(dict.fromkeys(_find_errors(entity))),
    )


def parse_status(word: Any) -> str:
    """Return the status in the spelling of the guides; a word that no document has stays as it is."""
    if not isinstance(word, str) or not word:
        return UNKNOWN
    return _STATUSES.get(re.sub(r"[\W_]", "", word).lower(), word)


def to_milliseconds(value: Any) -> int | None:
    """Return a time in epoch milliseconds, given in seconds or milliseconds, as number or text; None if it is none."""
    number = _parse_count(value)
    if not number:
        return None
    return number * 1000 if number < _LARGEST_SECONDS else number


def _parse_count(value: Any) -> int | None:
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < float("inf"):
        return None
    return int(value)


def _find_errors(entity: Mapping[str, Any]) -> Iterator[RunError]:
    """Return the errors of the run, then those that only an activity has."""
    for part in (get_member(entity, "metrics"), *get_objects(entity, "activities")):
        yield from _read_errors(part, "statusSummary", "errors")
        yield from _read_errors(part, "recordSummary", "failedInfo")
        extensions = get_member(part, "statusSummary", "extensions")
        yield from _read_errors(extensions, "errors")
        yield from _read_copy_engine(get_member(extensions, "errorDetail"))


def _read_errors(part: Any, *path: str) -> Iterator[RunError]:
    errors = get_member(part, *path)
    for error in errors if isinstance(errors, list) else []:
        if isinstance(error, Mapping):
            code, message = (str(error.get(name) or "") for name in ("code", "message"))
            yield RunError(code, message or str(error.get("description") or ""))
        elif error:
            yield RunError("", str(error))


def _read_copy_engine(detail: Any) -> Iterator[RunError]:
    """Return the text of the copy engine, which names a code of its own: `ErrorCode=…,Message=…`."""
    text = get_member(detail, "message") if isinstance(detail, Mapping) else detail
    if isinstance(text, str) and text:
        match = _COPY_ENGINE_TEXT.search(text)
        yield RunError(match["code"] if match else "", text)
