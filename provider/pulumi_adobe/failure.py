"""How an error of provider code reaches the user: one of ours as its own words, any other as a line and a log file."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.init_failed import CallEnded


class UnexpectedError(AdobeError):
    """A defect of this provider."""


@contextmanager
def reported(operation: str, redactor: Redactor) -> Iterator[None]:
    """Raise what goes wrong inside in the form that the plugin should show.

    The plugin sends `traceback.format_exc()`: without the limit a user would read our stack instead of our words.
    """
    try:
        yield
    except CallEnded:
        sys.tracebacklimit = 0
        raise
    except AdobeError as error:
        sys.tracebacklimit = 0
        raise error from None
    except Exception as error:  # noqa: BLE001 - a defect of ours, whatever it is
        log = _log(redactor.redact(traceback.format_exc()))
        sys.tracebacklimit = 0
        raise UnexpectedError(
            f"{operation} failed in a way that pulumi-adobe does not know ({type(error).__name__}).",
            f"The details are in {log}, known secrets taken out: please report them.",
        ) from None


def _log(text: str) -> str:
    # mkstemp makes a file that only its owner can read.
    descriptor, path = tempfile.mkstemp(prefix="pulumi-adobe-", suffix=".log")
    with os.fdopen(descriptor, "w", encoding="utf-8") as log:
        log.write(text)
    return path
