"""Checks before a run starts, and explanations of a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from adobe_flow.problem import Problem
from adobe_flow.runs.dataflow import Dataflow
from adobe_flow.runs.wait import find_running
from pulumi_adobe.flow_service.errors import NoResponse, ResponseError
from pulumi_adobe.flow_service.run_errors import find_run_error


def require_no_running_run(dataflow: Dataflow) -> None:
    """Raise `Problem` if a run of the dataflow is in progress: a second one would read the same rows."""
    running = find_running(dataflow)
    if running is not None:
        raise Problem(
            f"A run of {dataflow.name} is {running.status} already: {running.id}. Nothing was started.",
            f"Wait for its end: adobe-flow watch {dataflow.id}",
        )


@contextmanager
def explain_refusal(name: str) -> Iterator[None]:
    """Add the documented remedy to the error of a refused run, and advice if nobody knows whether the run has begun."""
    try:
        yield
    except ResponseError as error:
        run_error = find_run_error(error.code)
        if run_error is None:
            raise
        raise error.with_context(hint=f"{run_error.remedy}\n{error.hint}".strip()) from None
    except NoResponse as error:
        hint = (
            f"It is not known whether the run of {name} has begun. List the runs before you repeat it: adobe-flow runs"
        )
        raise error.with_context(hint=f"{hint}\n{error.hint}".strip()) from None
