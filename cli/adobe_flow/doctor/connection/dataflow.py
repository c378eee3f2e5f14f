"""The checks of the dataflows on a connection: their schedules and their last runs.

Adobe: "Guardrails for Real-Time Customer Profile data" (guardrails.md): 90 batches a day of a sandbox, a soft limit.
"""

from __future__ import annotations

from typing import Final

from adobe_flow.doctor.connection_path import ConnectionPath, Pipeline
from adobe_flow.doctor.context import DoctorContext
from adobe_flow.output import format_moment
from adobe_flow.problem import Problem
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.run_details import RunDetails
from pulumi_adobe.flow_service.run_errors import find_run_error
from pulumi_adobe.json_values import get_member

_MAX_DAILY_BATCHES: Final = 90
_MINUTES_PER_DAY: Final = 1440
_MINUTES: Final = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
_MAX_RUNS: Final = 10


def check_schedules(context: DoctorContext) -> str:
    """Check that the dataflows are enabled, and add up the daily runs that write to datasets in Profile."""
    path = context.get_connection_path()
    judgement = path.judge_dataflows(lambda pipeline: _check_dataflow_state(path, pipeline))
    enabled = [pipeline for pipeline in path.list_pipelines() if pipeline.dataflow.state == "enabled"]
    in_profile = [pipeline for pipeline in enabled if _is_in_profile(path, pipeline)]
    unknown = [pipeline for pipeline in enabled if _is_in_profile(path, pipeline) is None]
    batches = sum(map(_count_daily_runs, in_profile))
    rule = f"Profile takes about {_MAX_DAILY_BATCHES} batches a day of a whole sandbox"
    if batches > _MAX_DAILY_BATCHES:
        names = ", ".join(pipeline.name for pipeline in in_profile)
        raise Problem(
            f"{names} write {batches:g} batches a day to datasets in Profile; {rule}, a soft limit.",
            "Let them run less often: a longer interval of the schedule, such as Schedule.hourly.",
        )
    possible = sum(map(_count_daily_runs, unknown))
    if batches + possible > _MAX_DAILY_BATCHES:
        return f"{judgement}; {rule}: it could not be read whether the datasets are in Profile"
    return f"{judgement}; {batches:g} batches a day go to datasets in Profile, and {rule}" if batches else judgement


def _count_daily_runs(pipeline: Pipeline) -> float:
    """Return how often a dataflow runs in a day; 0 for a one-time dataflow."""
    minutes = _MINUTES.get(str(pipeline.schedule.get("frequency")), 0)
    try:
        interval = float(pipeline.schedule.get("interval") or 1)
    except (TypeError, ValueError):
        return 0.0
    return round(_MINUTES_PER_DAY / (minutes * interval), 2) if minutes and interval > 0 else 0.0


def _check_dataflow_state(path: ConnectionPath, pipeline: Pipeline) -> str:
    state, entity = pipeline.dataflow.state, pipeline.dataflow.entity
    if state != "enabled":
        if path.is_declared_disabled(pipeline):
            return f"{state}, as the program declares it"
        raise Problem(
            f"it has been {state} since {format_moment(entity.get('updatedAt'))}, by {entity.get('updatedBy')}, "
            "so it does not run.",
            "Flow Service disables a dataflow that has failed for 30 days. Find the cause in its runs (adobe-flow "
            "runs), then enable it: `enabled=True` in the program, pulumi refresh and pulumi up.",
        )
    runs = _count_daily_runs(pipeline)
    if runs:
        return f"runs {runs:g} times a day" if runs != 1 else "runs once a day"
    return "runs once, or on demand" if pipeline.schedule else "streams, without a schedule"


def _is_in_profile(path: ConnectionPath, pipeline: Pipeline) -> bool | None:
    """Return whether the dataset is enabled for Profile by its tags (catalog.yaml); `None` if it cannot be read."""
    if pipeline.dataset_id is None:
        return None
    try:
        tags = get_member(path.get_dataset(pipeline.dataset_id), "tags", "unifiedProfile")
    except AdobeError:
        return None
    return "enabled:true" in [str(tag).replace(" ", "") for tag in (tags if isinstance(tags, list) else [])]


def check_last_runs(context: DoctorContext) -> str:
    """Check that the last run of each dataflow was successful."""
    path = context.get_connection_path()

    def check_last_run(pipeline: Pipeline) -> str:
        runs = path.read_newest_runs(pipeline, _MAX_RUNS)
        running = next((run for run in runs if not run.has_ended), None)
        ended = next((run for run in runs if run.has_ended), None)
        if running is not None:
            previous = (
                f"; the previous run: {_describe_run(ended)}"
                if ended is not None and not _is_fully_successful(ended)
                else ""
            )
            command = f"to wait for its end: adobe-flow watch {pipeline.dataflow.id}"
            return f"a run is {running.status} since {format_moment(running.started_at)}; {command}{previous}"
        if ended is None:
            return "no run yet"
        if not _is_fully_successful(ended):
            raise Problem(
                f"{_describe_run(ended)}.",
                "\n".join(ended.remedies) or "Read its errors: adobe-flow runs, and retry it.",
            )
        return _describe_run(ended)

    return path.judge_dataflows(check_last_run)


def _is_fully_successful(run: RunDetails) -> bool:
    return run.is_good and not run.records_failed


def _describe_run(run: RunDetails) -> str:
    rows = f", {run.records_written} rows written" if run.records_written is not None else ""
    failed = f", {run.records_failed} failed" if run.records_failed else ""
    run_errors = [find_run_error(error.code, error.message) for error in run.errors]
    documented = [run_error for run_error in run_errors if run_error is not None]
    # An error that is documented with its text fits better than one with its code alone.
    fitting = [run_error for run_error in documented if run_error.text] or documented
    causes = dict.fromkeys(run_error.cause.rstrip(".") for run_error in fitting)
    texts = [*causes, *(str(error) for error in run.errors)]
    reason = f": {'; '.join(texts)}".rstrip(".") if texts else ""
    return f"{run.status} at {format_moment(run.completed_at)}{rows}{failed}{reason}"
