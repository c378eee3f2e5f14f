"""The error of provider code as the user sees it: its message and advice, never a traceback."""

from __future__ import annotations

from typing import Any, NamedTuple

from pulumi_adobe.errors import AdobeError, wrap_unexpected_error
from pulumi_adobe.flow_service.redaction import Redactor


class CallStatus(NamedTuple):
    """The status that ends a gRPC call, with what gRPC requires of one. Programs import this without gRPC."""

    code: Any
    details: str
    trailing_metadata: tuple[tuple[str, bytes], ...]


def to_shown_error(operation: str, error: Exception, redactor: Redactor) -> AdobeError:
    """Return the error to show, redacted and with what the user can do about it.

    An error that is no `AdobeError` is a defect of ours: its traceback is written to a log file, which the message
    names.

    Args:
        operation: What failed, as the subject of a sentence: "The creation of lake".
        error: The error.
        redactor: The secrets that no message shows.
    """
    if isinstance(error, AdobeError):
        from pulumi_adobe.advice import with_advice  # noqa: PLC0415 - a program imports this module too

        advised_error = with_advice(error)
    else:
        advised_error = wrap_unexpected_error(operation, error, redactor.redact)
    return advised_error.with_context(
        redactor.to_message(advised_error.message), redactor.to_message(advised_error.hint)
    )
