"""An error of ours is its own words; any other is a line and a log that only its owner can read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_adobe.defects import UnexpectedError
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.plugin.dynamic.error_reporting import report_errors


@pytest.fixture(autouse=True)
def traceback_limit() -> Iterator[None]:
    yield
    if hasattr(sys, "tracebacklimit"):
        del sys.tracebacklimit


def test_an_error_of_ours_comes_without_its_causes() -> None:
    with pytest.raises(AdobeError) as raised, report_errors("The creation", Redactor()):
        raise AdobeError("what", "hint") from KeyError("inner")

    assert str(raised.value) == "what\nhint"
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_an_unexpected_error_writes_a_log_without_known_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(UnexpectedError) as raised, report_errors("The creation", Redactor(["dapi-secret"])):
        raise ZeroDivisionError("with dapi-secret inside")

    assert "ZeroDivisionError" in str(raised.value)
    assert "dapi-secret" not in str(raised.value)
    named = re.search(r"in (\S+),", str(raised.value))
    assert named
    log = Path(named[1])
    assert log.parent == tmp_path
    assert log.stat().st_mode & 0o777 == 0o600
    assert "with [secret] inside" in log.read_text()
    assert "test_failure.py" in log.read_text()
