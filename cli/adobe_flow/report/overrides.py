"""Overrides: a person lets a plan pass a gate, with the reason, the name and the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adobe_flow.report.gates import Gate, GateError
from adobe_flow.report.origin import OverrideOrigin


@dataclass(frozen=True)
class Override:
    """An override of one gate.

    Attributes:
        gate: The text of the gate, such as `delete>0`.
        at: The time as ISO 8601, UTC.
    """

    gate: str
    reason: str
    by: str
    by_word_of: str
    run: str | None
    at: str


def parse_overrides(
    texts: Sequence[str], gates: Sequence[Gate], origin: OverrideOrigin | None, at: str
) -> list[Override]:
    """Return the overrides of `--override`, each text `gate: reason`. Raises `GateError`."""
    if texts and origin is None:
        raise GateError(
            "an override needs the name of a person, and no name is known: set GIT_AUTHOR_NAME, or git config user.name"
        )
    return [_parse_override(text, gates, origin, at) for text in texts if origin]


def _parse_override(text: str, gates: Sequence[Gate], origin: OverrideOrigin, at: str) -> Override:
    name, _, reason = text.partition(":")
    name, reason = "".join(name.split()), " ".join(reason.split())
    matches = [gate for gate in gates if name in {gate.name, str(gate)}]
    if not matches:
        listed = ", ".join(map(str, gates)) or "none"
        raise GateError(f'"{name}" is not a gate of --fail-on; there are {listed}')
    if not any(character.isalnum() for character in reason):
        raise GateError(f'an override needs a reason: "{name}: why it may pass this time"')
    if len(matches) > 1:
        raise GateError(f'"{name}" is more than one gate: {", ".join(map(str, matches))}; name one of them in full')
    return Override(str(matches[0]), reason, origin.who, origin.by_word_of, origin.run, at)
