"""What the program's own process shows: errors and warnings, without secrets and control characters."""

from __future__ import annotations

from typing import Final

import pulumi

from pulumi_adobe.flow_service.redaction import Redactor

REDACTOR: Final = Redactor()
"""The secrets that the program declares, and those that its look-ups meet."""


def build_run_error(text: str) -> pulumi.RunError:
    """Return the error with this message, which the engine shows without a traceback."""
    return pulumi.RunError(REDACTOR.to_message(text))


def show_warning(text: str) -> None:
    """Show a warning of the program."""
    pulumi.log.warn(REDACTOR.to_message(text))
