"""Overrides: a gate that somebody lets pass, with the reason, who it was and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adobe_flow.report.gates import Gate, GateError
from adobe_flow.report.origin import Origin


@dataclass(frozen=True)
class Override:
    """``gate`` is its text, such as `delete>0`; ``at`` is ISO 8601, UTC."""

    gate: str
    reason: str
    by: str
    by_word_of: str
    run: str | None
    at: str


def parse_overrides(texts: Sequence[str], gates: Sequence[Gate], origin: Origin | None, at: str) -> list[Override]:
    """Those of `--override`, each `gate: reason`. Raises GateError."""
    if texts and origin is None:
        raise GateError(
            "an override says who made it, and nobody is known here: set GIT_AUTHOR_NAME, or git config user.name"
        )
    return [_override(each, gates, origin, at) for each in texts if origin]


def _override(text: str, gates: Sequence[Gate], origin: Origin, at: str) -> Override:
    name, _, reason = text.partition(":")
    name, reason = "".join(name.split()), " ".join(reason.split())
    matches = [gate for gate in gates if name in {gate.name, str(gate)}]
    if not matches:
        known = ", ".join(map(str, gates)) or "none"
        raise GateError(f'"{name}" is no gate of --fail-on; there are {known}')
    if not any(character.isalnum() for character in reason):
        raise GateError(f'an override needs a reason: "{name}: why it may pass this time"')
    if len(matches) > 1:
        raise GateError(f'"{name}" is more than one gate: {", ".join(map(str, matches))}; name one of them whole')
    return Override(str(matches[0]), reason, origin.who, origin.by_word_of, origin.run, at)
