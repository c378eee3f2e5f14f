"""`adobe-flow retry`: retry a failed run."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from adobe_flow.aep.place import Place, open_place
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, print_result
from adobe_flow.problem import Problem
from adobe_flow.progress import run_step
from adobe_flow.prompts import require_answerable, require_consent
from adobe_flow.runs.dataflow import Dataflow
from adobe_flow.runs.result import (
    DEFAULT_INTERVAL,
    DEFAULT_TIMEOUT,
    Interval,
    Timeout,
    Wait,
    build_started_result,
    build_wait_limits,
    choose_exit_code,
    render,
)
from adobe_flow.runs.start_checks import explain_refusal
from adobe_flow.runs.wait import WaitLimits
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.flow_service.run_details import FAILED, RunDetails, read_run
from pulumi_adobe.flow_service.runs import retry_run


def _find_run(place: Place, run_id: str) -> tuple[Dataflow, RunDetails, Any]:
    """Return the dataflow of a run, the run, and its etag. Raises `Problem` if one of them is missing."""
    try:
        entity = place.service.get("runs", run_id)
    except NotFound:
        raise Problem(
            f'There is no run "{run_id}" in the sandbox {place.sandbox}.',
            "The ids of the runs: adobe-flow runs. Another sandbox: --sandbox",
        ) from None
    run = read_run(entity)
    try:
        flow = place.service.get("flows", run.dataflow_id)
    except NotFound:
        raise Problem(
            f"The dataflow of the run {run_id} is deleted: {run.dataflow_id}. Nothing was started.",
            "A run of a deleted dataflow cannot be retried.",
        ) from None
    return Dataflow(flow, place.service, None), run, entity.get("etag")


def _require_retryable(dataflow: Dataflow, run: RunDetails) -> None:
    """Raise `Problem` with the remedy if Flow Service would refuse the retry (codes 1387, 1388)."""
    if not run.has_ended:
        raise Problem(
            f"The run {run.id} of {dataflow.name} is {run.status}. Nothing was started.",
            f"Wait for its end: adobe-flow watch {dataflow.id}",
        )
    if run.status != FAILED:
        raise Problem(
            f"The run {run.id} of {dataflow.name} ended as {run.status}: only a failed run can be retried. Nothing was "
            "started.",
            "To write the rows of a window again, run a one-time dataflow: adobe-flow run --from … --to …",
        )
    if dataflow.state != "enabled":
        raise Problem(
            f"{dataflow.name} is {dataflow.state}: only a run of an enabled dataflow can be retried. Nothing was "
            "started.",
            "Enable it first: `enabled=True` in the program, and pulumi up.",
        )


def command(  # noqa: PLR0913 - the options of the command
    run_id: Annotated[
        str, typer.Argument(metavar="RUN", help="The id of a failed run, as `adobe-flow runs` shows it.")
    ],
    *,
    wait: Wait = False,
    interval: Interval = DEFAULT_INTERVAL,
    timeout: Timeout = DEFAULT_TIMEOUT,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Retry without a confirmation.")] = False,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Retry a failed run: it reads the rows of its window again, and no others.

    Example:

      adobe-flow retry 65b7cfcc-6b2e-47c8-8194-13005b792752 --stack prod --watch
    """
    require_answerable(yes=yes, as_json=json)
    place = run_step("reading the settings", lambda: open_place(stack, cwd, sandbox))
    dataflow, run, etag = run_step(f"reading the run {run_id}", lambda: _find_run(place, run_id))
    _require_retryable(dataflow, run)
    require_consent(f"Retry the run {run.id} of {dataflow.name} in {dataflow.sandbox}?", yes=yes)
    result = _retry_run(dataflow, run, etag, build_wait_limits(interval, timeout) if wait else None)
    print_result(result, as_json=json, render=render)
    raise typer.Exit(choose_exit_code(result))


def _retry_run(dataflow: Dataflow, run: RunDetails, etag: Any, wait_limits: WaitLimits | None) -> Result:
    with explain_refusal(dataflow.name):
        run_id = retry_run(dataflow.service, run.id, etag if isinstance(etag, str) else None)
    return build_started_result(dataflow, run_id, wait_limits)
