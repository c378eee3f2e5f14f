"""How an error of provider code reaches the user through the SDK's plugin: the call ends with its message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.plugin.dynamic.call import CallAborted, find_call
from pulumi_adobe.plugin.error_reporting import to_shown_error


@contextmanager
def report_errors(operation: str, redactor: Redactor) -> Iterator[None]:
    """End the engine's call with the message of the error that is raised inside.

    Outside a call, as in a test, the error is raised.
    """
    try:
        yield
    except CallAborted:
        raise
    except Exception as error:  # noqa: BLE001 - a defect of ours too, whatever it is
        shown_error = to_shown_error(operation, error, redactor)
        call = find_call()
        if call is not None:
            call.abort(str(shown_error))
        raise shown_error from None
