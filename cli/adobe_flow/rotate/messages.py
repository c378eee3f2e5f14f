"""The messages of a rotation that stops half-way: which place has which token, how to go on, how to go back."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from adobe_flow.rotate.target import RotationTarget
from adobe_flow.rotate.token_state import TokenState

PLATFORM = "Experience Platform"


def describe_later_change(target: RotationTarget, stack: str, change: str) -> str:
    """Return the lines for a rotation whose update is not the last change of the connection."""
    command = _build_command(target, stack)
    return "\n".join(
        (
            f"Not confirmed: {change} came after the update of this rotation, so {PLATFORM} may have another token.",
            "Do not revoke any token yet. Find out who made the change, and which token must stay.",
            f"Then refresh the state, and rotate once more: pulumi refresh --stack {shlex.quote(stack)}; {command}",
        )
    )


def describe_tokens(target: RotationTarget, state: TokenState, stack: str, token: str, names: Mapping[str, str]) -> str:
    """Return the lines that say which place has which token, and what to do next; no token is in them.

    Args:
        target: The connection.
        state: The tokens as they are now.
        stack: The name of the stack.
        token: The token of the rotation.
        names: What to call each token.
    """
    command = _build_command(target, stack)
    lines = [
        f"The config of {stack} has {names.get(str(state.config), 'another token')}.",
        f"{PLATFORM} has {names.get(str(state.sent), 'another token')}, by the state of {stack}.",
    ]
    if state.is_deployed(token):
        lines += [
            f"To repeat the test: adobe-flow test {shlex.quote(target.id)} --stack {shlex.quote(stack)}",
            f"To go back, rotate to the previous token; the earlier version of the file of {stack} has it, encrypted.",
        ]
    elif state.pending == token:
        lines.append(f"To go on with it: {command} --resume")
    else:
        lines.append(f"To begin again: {command}")
    if state.previous and state.previous != token:
        lines.append(f"To go back to the old token: {command} --back")
    return "\n".join(lines)


def _build_command(target: RotationTarget, stack: str) -> str:
    return f"adobe-flow rotate {shlex.quote(target.resource)} --stack {shlex.quote(stack)}"
