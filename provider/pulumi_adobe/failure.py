"""How an error of provider code reaches the user: one of ours as its own words, any other as a line and a log file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pulumi_adobe.defects import wrap_unexpected_error
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.init_failed import CallAborted


@contextmanager
def report_errors(operation: str, redactor: Redactor) -> Iterator[None]:
    """Raise what goes wrong inside in the form that the plugin should show.

    The plugin sends `traceback.format_exc()`: without the limit a user would read our stack instead of our words.
    """
    try:
        yield
    except CallAborted:
        sys.tracebacklimit = 0
        raise
    except AdobeError as error:
        sys.tracebacklimit = 0
        raise error from None
    except Exception as error:  # noqa: BLE001 - a defect of ours, whatever it is
        wrapped_error = wrap_unexpected_error(operation, error, redactor)
        sys.tracebacklimit = 0
        raise wrapped_error from None
