"""The engine's events: which resource a stack changed, and why it failed."""

from __future__ import annotations

import re
from typing import Final

from pulumi.automation import EngineEvent, OpType

from pulumi_adobe.resource_names import parse_urn

_COLOUR: Final = re.compile(r"<\{%.*?%\}>")
_CHANGES: Final = (OpType.CREATE, OpType.UPDATE, OpType.DELETE, OpType.CREATE_REPLACEMENT)
"""A replacement has three steps and counts once; a read of a refresh is no change."""
_LABEL: Final = re.compile(r"^\s*(?:code: -?\d+$|stdout:|stderr:)")
_EMPTY_SIDECAR_FILE: Final = "failed to load checkpoint: EOF"
ON_EMPTY_SIDECAR_FILE: Final = (
    "A killed process left an empty file in the folder of the backend, which holds nothing of the state. Remove it: "
    "find <folder>/.pulumi -name '*.attrs' -empty -delete"
)
_OWN: Final = "pulumi:"
"""The types of stacks and providers start so; they exist nowhere but in the state."""


def is_change(event: EngineEvent) -> bool:
    """Return whether the event reports that a resource was created, updated or deleted."""
    outputs = event.res_outputs_event
    if outputs is None or outputs.metadata.type.startswith(_OWN):
        return False
    return outputs.metadata.op in _CHANGES


class FailureReason:
    """The reason of a failure: the first error that names a resource, else the first error of all."""

    def __init__(self) -> None:
        self.reason = ""
        self._of_resource = False

    def record(self, event: EngineEvent) -> None:
        """Record the event if it is an error that explains the failure better."""
        diagnostic = event.diagnostic_event
        if diagnostic is None or diagnostic.severity != "error":
            return
        of_resource = bool(diagnostic.urn) and not parse_urn(str(diagnostic.urn)).type.startswith(_OWN)
        if not self.reason or (of_resource and not self._of_resource):
            self.reason, self._of_resource = strip_colours(diagnostic.message), of_resource


def strip_colours(message: str) -> str:
    """Return the message without the engine's marks for colours, on one line."""
    return " ".join(_COLOUR.sub("", message).split())


def extract_last_line(text: str) -> str:
    """Return the last line that a failed command printed, from the text of a `pulumi.automation.CommandError`."""
    lines = [_LABEL.sub("", line).strip() for line in text.splitlines()]
    printed_lines = [line for line in lines if line]
    if not printed_lines:
        return "the command ended before it printed anything"
    reason = strip_colours(printed_lines[-1])
    return f"{reason}. {ON_EMPTY_SIDECAR_FILE}" if _EMPTY_SIDECAR_FILE in reason else reason
