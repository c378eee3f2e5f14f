"""What the engine's events say of a stack: what was changed, and why it failed."""

from __future__ import annotations

import re
from typing import Final

from pulumi.automation import EngineEvent, OpType

from pulumi_adobe.resource_names import parse_urn

_COLOUR: Final = re.compile(r"<\{%.*?%\}>")
_CHANGES: Final = (OpType.CREATE, OpType.UPDATE, OpType.DELETE, OpType.CREATE_REPLACEMENT)
"""A replacement has three steps and counts once; what a refresh reads is no change."""
_LABEL: Final = re.compile(r"^\s*(?:code: -?\d+$|stdout:|stderr:)")
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
        of_resource = bool(said.urn) and not parse_urn(str(said.urn)).type.startswith(_OWN)
        if not self.reason or (of_resource and not self._of_resource):
            self.reason, self._of_resource = plain(said.message), of_resource


def plain(message: str) -> str:
    """The message without the engine's marks for colours, on one line."""
    return " ".join(_COLOUR.sub("", message).split())


def last_line(text: str) -> str:
    """The last thing that a failed command said, as `pulumi.automation.CommandError` has it, where no event tells."""
    lines = [_LABEL.sub("", line).strip() for line in text.splitlines()]
    spoken = [line for line in lines if line]
    return plain(spoken[-1]) if spoken else "the command was ended before it said anything"
