"""The schedules: the dataflows are enabled, and their runs are few enough for Profile.

Adobe: "Guardrails for Real-Time Customer Profile data" (guardrails.md): 90 batches a day of a sandbox, a soft limit.
"""

from __future__ import annotations

from typing import Final

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.connection.connection_path import ConnectionPath, Pipeline
from adobe_flow.output import moment
from adobe_flow.problem import Problem
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.json_values import get_member

GUARDRAIL: Final = 90
"""Batches a day."""

_MINUTES_A_DAY: Final = 1440
_MINUTES: Final = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}


def check(case: Case) -> str:
    """Add up the runs of a day that write to datasets in Profile."""
    path = case.path()
    judged = path.judge_each(lambda pipeline: _judge_state(path, pipeline))
    enabled = [pipeline for pipeline in path.pipelines() if pipeline.dataflow.state == "enabled"]
    in_profile = [pipeline for pipeline in enabled if _is_in_profile(path, pipeline)]
    unknown = [pipeline for pipeline in enabled if _is_in_profile(path, pipeline) is None]
    batches = sum(map(count_daily_runs, in_profile))
    rule = f"Profile takes about {GUARDRAIL} batches a day of a whole sandbox"
    if batches > GUARDRAIL:
        names = ", ".join(pipeline.name for pipeline in in_profile)
        raise Problem(
            f"{names} write {batches:g} batches a day to datasets in Profile; {rule}, a soft limit.",
            "Let them run less often: a longer interval of the schedule, such as Schedule.hourly.",
        )
    possible = sum(map(count_daily_runs, unknown))
    if batches + possible > GUARDRAIL:
        return f"{judged}; {rule}: whether the datasets are in Profile could not be read"
    return f"{judged}; {batches:g} batches a day go to datasets in Profile, and {rule}" if batches else judged


def count_daily_runs(pipeline: Pipeline) -> float:
    """Return how often a dataflow runs in a day; 0 for a one-time dataflow."""
    minutes = _MINUTES.get(str(pipeline.schedule.get("frequency")), 0)
    try:
        interval = float(pipeline.schedule.get("interval") or 1)
    except (TypeError, ValueError):
        return 0.0
    return round(_MINUTES_A_DAY / (minutes * interval), 2) if minutes and interval > 0 else 0.0


def _judge_state(path: ConnectionPath, pipeline: Pipeline) -> str:
    state, entity = pipeline.dataflow.state, pipeline.dataflow.entity
    if state != "enabled":
        if path.is_declared_disabled(pipeline):
            return f"{state}, as the program declares it"
        raise Problem(
            f"it is {state} since {moment(entity.get('updatedAt'))}, by {entity.get('updatedBy')}, so it does not run.",
            "Flow Service disables a dataflow that has failed for 30 days. Find the cause in its runs (adobe-flow "
            "runs), then enable it: `enabled=True` in the program, pulumi refresh and pulumi up.",
        )
    runs = count_daily_runs(pipeline)
    if runs:
        return f"runs {runs:g} times a day" if runs != 1 else "runs once a day"
    return "runs once, or on demand"


def _is_in_profile(path: ConnectionPath, pipeline: Pipeline) -> bool | None:
    """Return whether the dataset is enabled for Profile, as its tags say (catalog.yaml); None if it cannot be read."""
    if pipeline.dataset_id is None:
        return None
    try:
        tags = get_member(path.dataset(pipeline.dataset_id), "tags", "unifiedProfile")
    except AdobeError:
        return None
    return "enabled:true" in [str(tag).replace(" ", "") for tag in (tags if isinstance(tags, list) else [])]
