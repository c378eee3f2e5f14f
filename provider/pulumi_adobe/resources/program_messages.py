"""What the program's own process shows: errors and warnings, without secrets and control characters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pulumi

from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.printable import end_sentence
from pulumi_adobe.resources.stack_trace import describe_program_line

REDACTOR: Final = Redactor()
"""The secrets that the program declares, and those that its look-ups meet."""


def build_run_error(text: str) -> pulumi.RunError:
    """Return the error with this message, which the engine shows without a traceback."""
    return pulumi.RunError(REDACTOR.to_message(text))


def build_arguments_error(type_name: str, resource_name: str, problems: Iterable[str]) -> pulumi.RunError:
    """Return the error with every problem of a resource's arguments, and the program's line."""
    subject = f'{type_name} "{resource_name}"' if resource_name else type_name
    return build_run_error(f"{subject}: {end_sentence('; '.join(problems))}{describe_program_line()}")


def show_warning(text: str) -> None:
    """Show a warning of the program."""
    pulumi.log.warn(REDACTOR.to_message(text))
