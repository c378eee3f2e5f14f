"""What a failed command of Pulumi says of the reason, without the progress before it."""

from __future__ import annotations

from subprocess import CompletedProcess
from typing import Final

from adobe_flow.problem import Problem
from adobe_flow.stack import Stack

_MOST: Final = 1500


def failed(stack: Stack, what: str, done: CompletedProcess[str], hint: str) -> Problem:
    """The problem that it stands for; ``what`` could not be done."""
    text = done.stdout + done.stderr
    reason = " ".join((text.partition("Diagnostics:")[2] or done.stderr or done.stdout).split())
    # For a lock, or a stack that does not exist, there is a better way on.
    return Problem(f"{what}: {reason[:_MOST]}", stack.failed((), text).hint or hint)
