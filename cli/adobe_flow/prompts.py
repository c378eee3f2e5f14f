"""Questions at a terminal before something is changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import typer

from adobe_flow.problem import Problem

T = TypeVar("T")


def require_answerable(*, yes: bool, as_json: bool = False) -> None:
    """Raise Problem if a question will be asked, and nobody can answer it."""
    if not yes and (as_json or not sys.stdin.isatty()):
        raise Problem(
            "The command needs a confirmation, and cannot ask for one here. Nothing was changed.",
            "Give --yes, or run the command at a terminal without --json.",
        )


def require_consent(question: str, *, yes: bool) -> None:
    """Ask for a confirmation, unless ``yes`` is given. Raises Problem if the answer is no."""
    if not yes and not run_prompt(lambda: typer.confirm(question, err=True)):
        raise Problem("Not confirmed. Nothing was changed.")


def run_prompt(ask: Callable[[], T]) -> T:
    """Return the answer of ``ask``. Raises KeyboardInterrupt at Ctrl-C, for which typer has an error of its own."""
    try:
        return ask()
    except typer.Abort:
        raise KeyboardInterrupt from None
