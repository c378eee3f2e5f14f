"""Asks before something is changed, where somebody is there to answer."""

from __future__ import annotations

import sys

import typer

from adobe_flow.problem import Problem


def require_answerable(*, yes: bool, as_json: bool = False) -> None:
    """Refuse early what would end in a question that nobody can answer. Raises Problem."""
    if not yes and (as_json or not sys.stdin.isatty()):
        raise Problem(
            "There is nobody to confirm it. Nothing was changed.", "Give --yes, or run it at a terminal without --json."
        )


def require_consent(question: str, *, yes: bool) -> None:
    """Ask, unless ``yes`` has answered already. Raises Problem where the answer is no."""
    if not yes and not typer.confirm(question, err=True):
        raise Problem("Not confirmed. Nothing was changed.")
