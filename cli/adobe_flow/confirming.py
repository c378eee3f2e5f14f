"""Asks before something is changed, where somebody is there to answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import typer

from adobe_flow.problem import Problem

T = TypeVar("T")


def require_answerable(*, yes: bool, as_json: bool = False) -> None:
    """Refuse early what would end in a question that nobody can answer. Raises Problem."""
    if not yes and (as_json or not sys.stdin.isatty()):
        raise Problem(
            "There is nobody to confirm it. Nothing was changed.", "Give --yes, or run it at a terminal without --json."
        )


def require_consent(question: str, *, yes: bool) -> None:
    """Ask, unless ``yes`` has answered already. Raises Problem where the answer is no."""
    if not yes and not answered(lambda: typer.confirm(question, err=True)):
        raise Problem("Not confirmed. Nothing was changed.")


def answered(ask: Callable[[], T]) -> T:
    """What ``ask`` gives; Ctrl-C at a question is a Ctrl-C like any other, and no `Aborted!` of its own."""
    try:
        return ask()
    except typer.Abort:
        raise KeyboardInterrupt from None
