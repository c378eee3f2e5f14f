"""The root of every error that a user of this package can meet.

AdobeError
├── SettingsError            (config.settings)        a setting is missing, unknown or contradicts another
├── FlowServiceError         (flow_service.errors)    what Adobe, or the network, answered
├── errors of the life cycle (lifecycle.errors)       what the life cycle of a resource refuses to do
├── HiddenLibrary            (library_imports)        a file of the program has the name of a library
├── Cancelled                                         the user ended the run during a wait
└── UnexpectedError                                   a defect of this package
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pulumi_adobe.printable import escape_controls

_Error = TypeVar("_Error", bound="AdobeError")


class AdobeError(Exception):
    """An error that names what happened and where, and a hint that names what to do next.

    The Pulumi engine shows ``str(error)`` and nothing else, so that text must be understood alone.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep both parts; ``hint`` is empty where no helpful advice exists."""
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the message, and the hint on lines of its own."""
        return f"{self.message}\n{self.hint}" if self.hint else self.message

    def with_context(  # noqa: PYI019 - typing.Self comes with Python 3.11
        self: _Error, message: str | None = None, hint: str | None = None
    ) -> _Error:
        """Return a copy of this error with another message or hint; the class and all other fields stay.

        Args:
            message: The new message; None keeps the old one.
            hint: The new hint; None keeps the old one.
        """
        # Not through the constructor: a subclass may need other arguments than these.
        error = type(self).__new__(type(self))
        error.__dict__.update(self.__dict__)
        error.message = self.message if message is None else message
        error.hint = self.hint if hint is None else hint
        error.args = (error.message, error.hint)
        return error


class Cancelled(AdobeError):
    """The user ended the run while this operation waited."""


class UnexpectedError(AdobeError):
    """A defect of this package."""


def wrap_unexpected_error(operation: str, error: Exception, redact: Callable[[str], str]) -> UnexpectedError:
    """Write the traceback of an unforeseen error to a private log file, and return the error to raise instead.

    Args:
        operation: What failed, as the subject of a sentence: "The create of lake".
        error: The unforeseen error.
        redact: Removes the known secrets from a text.
    """
    import traceback  # noqa: PLC0415 - only a defect needs it; every program imports this module

    log_file = _write_private_log(escape_controls(redact("".join(traceback.format_exception(error)))))
    return UnexpectedError(
        f"{operation} failed with an unexpected {type(error).__name__}, which is a defect of pulumi-adobe.",
        f"The details are in {log_file}, with known secrets removed. Please report them.",
    )


def _write_private_log(text: str) -> str:
    import os  # noqa: PLC0415 - see wrap_unexpected_error
    import tempfile  # noqa: PLC0415 - the same

    # mkstemp creates a file that only its owner can read.
    descriptor, path = tempfile.mkstemp(prefix="pulumi-adobe-", suffix=".log")
    with os.fdopen(descriptor, "w", encoding="utf-8") as log:
        log.write(text)
    return path
