"""How an error of provider code reaches the user: as its message and advice, never as a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pulumi_adobe.errors import AdobeError, wrap_unexpected_error
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.plugin.dynamic.call import CallAborted, find_call


@contextmanager
def report_errors(operation: str, redactor: Redactor) -> Iterator[None]:
    """End the engine's call with the message of the error that is raised inside.

    Outside a call, as in a test, the error is raised. An error that is no `AdobeError` is a defect of ours: its
    traceback is written to a log file, which the message names.
    """
    try:
        yield
    except CallAborted:
        raise
    except AdobeError as error:
        from pulumi_adobe.advice import with_advice  # noqa: PLC0415 - a program imports this module too

        _report(with_advice(error), redactor)
    except Exception as error:  # noqa: BLE001 - a defect of ours, whatever it is
        _report(wrap_unexpected_error(operation, error, redactor.redact), redactor)


def _report(error: AdobeError, redactor: Redactor) -> None:
    shown_error = error.with_context(redactor.to_message(error.message), redactor.to_message(error.hint))
    call = find_call()
    if call is not None:
        call.abort(str(shown_error))
    raise shown_error from None
