"""What a rotation says when it stops half-way: which token is where, how to go on, how to go back."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from adobe_flow.rotate.target import Target
from adobe_flow.rotate.token_state import Standing

PLATFORM = "Experience Platform"


def overtaken(target: Target, stack: str, by: str) -> str:
    """The lines for a rotation whose update is not the last change of the connection any more."""
    again = f"adobe-flow rotate {shlex.quote(target.resource)} --stack {shlex.quote(stack)}"
    return "\n".join(
        (
            f"Not confirmed: {by} came after the update of this rotation, so {PLATFORM} may have another token.",
            "Do not revoke any token yet. Find out who has made the change, and which token is to stay.",
            f"Then read what is there, and rotate once more: pulumi refresh --stack {shlex.quote(stack)}; {again}",
        )
    )


def where(target: Target, standing: Standing, stack: str, token: str, names: Mapping[str, str]) -> str:
    """The lines for a rotation to ``token``; ``names`` says what each token is called, and no token is shown."""
    again = f"adobe-flow rotate {shlex.quote(target.resource)} --stack {shlex.quote(stack)}"
    lines = [
        f"The config of {stack} has {names.get(str(standing.config), 'another token')}.",
        f"{PLATFORM} has {names.get(str(standing.sent), 'another token')}, by the state of {stack}.",
    ]
    if standing.deployed(token):
        lines += [
            f"The test can be repeated: adobe-flow test {shlex.quote(target.id)} --stack {shlex.quote(stack)}",
            f"To go back, rotate to the token before; the earlier version of the file of {stack} has it, encrypted.",
        ]
    elif standing.pending == token:
        lines.append(f"To go on with it: {again} --resume")
    else:
        lines.append(f"To begin again: {again}")
    if standing.before and standing.before != token:
        lines.append(f"To go back to the old token: {again} --back")
    return "\n".join(lines)
