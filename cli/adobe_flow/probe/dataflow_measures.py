"""Measures of dataflows and their runs, which a probe only reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from adobe_flow.probe import read_steps
from adobe_flow.probe.finding import MeasuredValue, NotMeasured
from adobe_flow.probe.record import ProbeRecord, require_clear_answer
from pulumi_adobe.json_values import get_member, get_objects

_SPELLINGS: Final = (
    ("camel", re.compile(r"[a-z]+(?:[A-Z][a-z]+)*")),
    ("upper", re.compile(r"[A-Z]+(?:_[A-Z]+)*")),
    ("capital", re.compile(r"(?:[A-Z][a-z]+)+")),
)
_FIRST_MILLISECONDS: Final = 100_000_000_000
"""As seconds, the year 5138; as milliseconds, the year 1973."""


def measure_run_status(record: ProbeRecord) -> MeasuredValue:
    """Find how the status of runs is spelled."""
    texts = [get_member(run, "metrics", "statusSummary", "status") for run in _get_recorded_runs(record)]
    spellings = {_find_status_spelling(text) for text in texts if isinstance(text, str)}
    if len(spellings) != 1 or None in spellings:
        raise NotMeasured("the statuses of runs are spelt in no way, or in several")
    return MeasuredValue(str(spellings.pop()), f"the statuses of {len(texts)} runs")


def _find_status_spelling(text: str) -> str | None:
    return next((name for name, pattern in _SPELLINGS if pattern.fullmatch(text)), None)


def measure_run_times(record: ProbeRecord) -> MeasuredValue:
    """Find the unit of the times of runs by their size."""
    times = list(_read_numbers(record, "durationSummary", "startedAtUTC"))
    units = {"milliseconds" if time >= _FIRST_MILLISECONDS else "seconds" for time in times}
    if len(units) != 1:
        raise NotMeasured("the runs have no times, or times of several units")
    return MeasuredValue(units.pop(), f"startedAtUTC of {len(times)} runs")


def measure_input_bytes(record: ProbeRecord) -> MeasuredValue:
    """Find whether runs show the number of bytes that they have read."""
    sizes = list(_read_numbers(record, "sizeSummary", "inputBytes"))
    if not sizes:
        raise NotMeasured("no run has inputBytes")
    if -1 in sizes:
        return MeasuredValue("unknown", "inputBytes of a run is -1")
    return MeasuredValue("known", f"inputBytes of {len(sizes)} runs is a size")


def _read_numbers(record: ProbeRecord, *path: str) -> Iterator[float]:
    for run in _get_recorded_runs(record):
        number = get_member(run, "metrics", *path)
        if isinstance(number, (int, float)) and not isinstance(number, bool):
            yield number


def _get_recorded_runs(record: ProbeRecord) -> list[Mapping[str, Any]]:
    if "runs" not in record.pages:
        raise NotMeasured(record.explain_missing_request())
    page = require_clear_answer(record.pages["runs"])
    if not page.items:
        raise NotMeasured(
            "the sandbox has no run" if page.is_success else f"runs were answered with {page.describe_status()}"
        )
    return list(page.items)


def measure_runs_path(record: ProbeRecord) -> MeasuredValue:
    """Find which of two routes lists the runs of a dataflow."""
    by_filter, by_path = (record.get(name) for name in (read_steps.RUNS_BY_FILTER, read_steps.RUNS_BY_PATH))
    evidence = f"by filter {by_filter.describe_status()}, by path {by_path.describe_status()}"
    if by_filter.is_success and by_path.is_success:
        raise NotMeasured(f"both ways work, of which the emulator has one at a time: {evidence}", ("property", "path"))
    if by_filter.is_success:
        return MeasuredValue("property", evidence)
    if by_path.is_success:
        return MeasuredValue("path", evidence)
    raise NotMeasured(f"neither way works: {evidence}")


def measure_transformations(record: ProbeRecord) -> MeasuredValue:
    """Find whether the mapping is always the first transformation of a dataflow."""
    flows = [answer for name, answer in record.answers.items() if name.startswith(read_steps.FLOW)]
    entities = [entity for answer in flows if answer.is_success for entity in answer.items]
    orders = [
        [transformation.get("name") for transformation in get_objects(entity, "transformations")] for entity in entities
    ]
    orders = [names for names in orders if len(names) > 1 and "Mapping" in names]
    if not orders:
        raise NotMeasured("no dataflow that was read has a mapping and another transformation")
    if any(names[0] != "Mapping" for names in orders):
        return MeasuredValue("as_sent", "a dataflow has another transformation before its mapping")
    raise NotMeasured(
        "in all dataflows that were read the mapping is first, as it may have been sent", ("as_sent", "mapping_first")
    )
