"""An error ends the engine's call with its message and advice; the log of a defect has the full traceback."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from pulumi_adobe.errors import AdobeError, UnexpectedError
from pulumi_adobe.flow_service.errors import Conflict
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.plugin.dynamic.call import CallAborted
from pulumi_adobe.plugin.dynamic.error_reporting import report_errors
from tests.provider.plugin.dynamic.grpc_context import RecordingContext, serve

SECRET = "dapi-secret"


def raise_reported(error: Exception) -> None:
    with report_errors("The creation of lake", Redactor([SECRET])):
        raise error


def message_to_the_engine(error: Exception) -> str:
    """Return the message that the engine's call is ended with."""
    context = RecordingContext()
    with pytest.raises(CallAborted):
        serve(context, lambda: raise_reported(error))
    (status,) = context.statuses
    return str(status.details)


def read_log(message: str) -> str:
    """Return the text of the log file that a message names."""
    path = re.search(r"in (\S+\.log)", message)
    assert path
    return Path(path[1]).read_text(encoding="utf-8")


def test_engine_gets_message_and_hint() -> None:
    assert message_to_the_engine(AdobeError("what happened", "what to do")) == "what happened\nwhat to do"


def test_engine_gets_the_advice_for_an_error_of_the_client() -> None:
    assert "`pulumi refresh`" in message_to_the_engine(Conflict("412"))


def test_engine_gets_no_secret() -> None:
    assert SECRET not in message_to_the_engine(AdobeError(f"refused {SECRET}"))


def test_error_outside_a_call_is_raised_without_its_cause() -> None:
    with pytest.raises(AdobeError) as raised, report_errors("The creation", Redactor()):
        raise AdobeError("what happened", "what to do") from KeyError("inner")

    assert str(raised.value) == "what happened\nwhat to do"
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_ended_call_is_not_ended_again() -> None:
    context = RecordingContext()

    with pytest.raises(CallAborted):
        serve(context, lambda: raise_reported(CallAborted("ended")))

    assert context.statuses == []


def test_unexpected_error_is_raised_as_a_defect_with_its_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(UnexpectedError, match=r"The creation of lake.*ZeroDivisionError") as raised:
        raise_reported(ZeroDivisionError(f"with {SECRET} inside"))

    assert SECRET not in str(raised.value)
    log = read_log(str(raised.value))
    assert "with [secret] inside" in log
    assert SECRET not in log


def test_log_of_an_unexpected_error_has_the_full_traceback_after_an_adobe_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The provider once set `sys.tracebacklimit`, so that after one `AdobeError` all later logs had no traceback."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    message_to_the_engine(AdobeError("what happened"))

    log = read_log(message_to_the_engine(ZeroDivisionError("inner")))

    assert log.startswith("Traceback (most recent call last):")
    assert all(name in log for name in ("error_reporting.py", "raise_reported", "test_error_reporting.py"))


@pytest.mark.parametrize("error", [AdobeError("x"), ZeroDivisionError("x")], ids=["expected", "unexpected"])
def test_process_wide_traceback_limit_is_not_touched(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    message_to_the_engine(error)

    assert not hasattr(sys, "tracebacklimit")
