"""The root of all errors: context added to an error, and unforeseen errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pulumi_adobe.errors import AdobeError, wrap_unexpected_error
from pulumi_adobe.flow_service.errors import Conflict, NoResponse
from pulumi_adobe.flow_service.redaction import Redactor


class ErrorWithOtherArguments(AdobeError):
    """An error whose constructor takes other arguments than its base class."""

    def __init__(self, id_: str) -> None:
        super().__init__(f"{id_} is wrong", "Correct it.")
        self.id = id_


def test_text_of_an_error_is_message_and_hint() -> None:
    assert str(AdobeError("message", "hint")) == "message\nhint"
    assert str(AdobeError("message")) == "message"


def test_with_context_keeps_class_and_fields() -> None:
    error = Conflict("412", "old hint", status=412, code="c", text="t", retry_after=1.5)

    copy = error.with_context("lake: 412", "Run `pulumi refresh`.")

    assert type(copy) is Conflict
    assert (copy.message, copy.hint) == ("lake: 412", "Run `pulumi refresh`.")
    assert str(copy) == "lake: 412\nRun `pulumi refresh`."
    assert (copy.status, copy.code, copy.text, copy.retry_after) == (412, "c", "t", 1.5)
    assert (error.message, error.hint) == ("412", "old hint")


def test_with_context_keeps_the_part_that_is_not_given() -> None:
    error = NoResponse("lost", "hint", may_have_taken_effect=False)

    assert (error.with_context("POST: lost").hint, error.with_context(hint="").message) == ("hint", "lost")
    assert error.with_context(hint="").hint == ""
    assert not error.with_context("POST: lost").may_have_taken_effect


def test_with_context_works_for_any_constructor() -> None:
    copy = ErrorWithOtherArguments("a").with_context("lake: a is wrong")

    assert (copy.id, copy.message, copy.hint) == ("a", "lake: a is wrong", "Correct it.")


def test_unexpected_error_has_its_traceback_in_a_private_redacted_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(ZeroDivisionError) as raised:
        raise ZeroDivisionError("with dapi-secret inside")

    error = wrap_unexpected_error("The create", raised.value, Redactor(["dapi-secret"]).redact)

    assert "ZeroDivisionError" in error.message
    assert "dapi-secret" not in str(error)
    path = re.search(r"in (\S+),", error.hint)
    assert path
    log = Path(path[1])
    assert log.parent == tmp_path
    assert log.stat().st_mode & 0o777 == 0o600
    assert "with [secret] inside" in log.read_text(encoding="utf-8")
    assert "test_errors.py" in log.read_text(encoding="utf-8")


def test_unexpected_error_shows_nothing_of_itself_where_no_temporary_folder_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))

    error = wrap_unexpected_error("The create", ZeroDivisionError("with dapi-secret inside"), Redactor().redact)

    assert "ZeroDivisionError" in error.message
    assert "TMPDIR" in error.hint
    assert "dapi-secret" not in str(error)
