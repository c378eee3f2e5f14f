"""What the engine's events say of a stack: what was changed, and why it failed."""

from __future__ import annotations

import re
from typing import Final

from pulumi.automation import EngineEvent, OpType

_COLOUR: Final = re.compile(r"<\{%.*?%\}>")
_CHANGES: Final = (OpType.CREATE, OpType.UPDATE, OpType.DELETE, OpType.CREATE_REPLACEMENT)
"""A replacement has three steps and counts once; what a refresh reads is no change."""
_LABEL: Final = re.compile(r"^\s*(?:code: -?\d+$|stdout:|stderr:)")
_EMPTY_SIDECAR_FILE: Final = "failed to load checkpoint: EOF"
ON_EMPTY_SIDECAR_FILE: Final = (
    "A killed process left an empty file in the folder of the backend, which holds nothing of the state. Remove it: "
    "find <folder>/.pulumi -name '*.attrs' -empty -delete"
)
_OWN: Final = "pulumi:"
"""The types of stacks and providers start so; they exist nowhere but in the state."""


def is_change(event: EngineEvent) -> bool:
    """Whether it says that a resource was made, changed or deleted."""
    outputs = event.res_outputs_event
    if outputs is None or outputs.metadata.type.startswith(_OWN):
        return False
    return outputs.metadata.op in _CHANGES


class Failure:
    """Remembers the first error that names a resource, else the first of all."""

    def __init__(self) -> None:
        self.reason = ""
        self._of_resource = False

    def see(self, event: EngineEvent) -> None:
        """Take notice of an event."""
        said = event.diagnostic_event
        if said is None or said.severity != "error":
            return
        of_resource = bool(said.urn) and f"::{_OWN}" not in str(said.urn)
        if not self.reason or (of_resource and not self._of_resource):
            self.reason, self._of_resource = plain(said.message), of_resource


def plain(message: str) -> str:
    """The message without the engine's marks for colours, on one line."""
    return " ".join(_COLOUR.sub("", message).split())


def last_line(text: str) -> str:
    """The last thing that a failed command said, as `pulumi.automation.CommandError` has it, where no event tells."""
    lines = [_LABEL.sub("", line).strip() for line in text.splitlines()]
    spoken = [line for line in lines if line]
    if not spoken:
        return "the command was ended before it said anything"
    reason = plain(spoken[-1])
    return f"{reason}. {ON_EMPTY_SIDECAR_FILE}" if _EMPTY_SIDECAR_FILE in reason else reason
