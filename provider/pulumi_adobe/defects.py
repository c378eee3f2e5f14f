"""A defect of this provider, told in one line: the details stand in a file that only its user can read."""

from __future__ import annotations

import os
import tempfile
import traceback
from typing import TYPE_CHECKING

from pulumi_adobe.errors import AdobeError

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.redaction import Redactor


class UnexpectedError(AdobeError):
    """A defect of this provider."""


def wrap_unexpected_error(operation: str, error: Exception, redactor: Redactor) -> UnexpectedError:
    """The error to raise in the place of one that nobody thought of, while that is being handled."""
    log_file = _write_log(redactor.redact("".join(traceback.format_exception(error))))
    return UnexpectedError(
        f"{operation} failed in a way that pulumi-adobe does not know ({type(error).__name__}).",
        f"The details are in {log_file}, known secrets taken out: please report them.",
    )


def _write_log(text: str) -> str:
    # mkstemp makes a file that only its owner can read.
    descriptor, path = tempfile.mkstemp(prefix="pulumi-adobe-", suffix=".log")
    with os.fdopen(descriptor, "w", encoding="utf-8") as log:
        log.write(text)
    return path
