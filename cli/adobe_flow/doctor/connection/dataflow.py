"""The last run of each dataflow: good, or why not and what to do."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.connection.connection_path import Pipeline
from adobe_flow.output import moment
from adobe_flow.problem import Problem
from pulumi_adobe.flow_service.run_details import RunDetails
from pulumi_adobe.flow_service.run_errors import find_run_error

_FEW = 10


def check(case: Case) -> str:
    """Read the newest runs of each."""
    path = case.path()

    def judge(pipeline: Pipeline) -> str:
        runs = path.runs(pipeline, _FEW)
        running = next((run for run in runs if not run.has_ended), None)
        ended = next((run for run in runs if run.has_ended), None)
        if running is not None:
            before = f"; the one before: {_describe(ended)}" if ended is not None and not _is_good(ended) else ""
            wait = f"to wait for its end: adobe-flow watch {pipeline.dataflow.id}"
            return f"a run is {running.status} since {moment(running.started_at)}; {wait}{before}"
        if ended is None:
            return "no run yet"
        if not _is_good(ended):
            raise Problem(
                f"{_describe(ended)}.", "\n".join(ended.remedies) or "Read its errors: adobe-flow runs, and retry it."
            )
        return _describe(ended)

    return path.judge_each(judge)


def _is_good(run: RunDetails) -> bool:
    return run.is_good and not run.records_failed


def _describe(run: RunDetails) -> str:
    rows = f", {run.records_written} rows written" if run.records_written is not None else ""
    failed = f", {run.records_failed} failed" if run.records_failed else ""
    known = [find_run_error(error.code, error.message) for error in run.errors]
    causes = [each.cause.rstrip(".") for each in known if each is not None and each.text] or [
        each.cause.rstrip(".") for each in known if each is not None
    ]
    texts = [*dict.fromkeys(causes), *(str(error) for error in run.errors)]
    why = f": {'; '.join(texts)}".rstrip(".") if texts else ""
    return f"{run.status} at {moment(run.completed_at)}{rows}{failed}{why}"
