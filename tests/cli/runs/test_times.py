"""Times on the command line."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
import typer

from adobe_flow.runs.times import parse_moment

NOW = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-01", "2026-12-01T00:00:00+00:00"),
        ("2026-12-01T03:00Z", "2026-12-01T03:00:00+00:00"),
        ("2026-12-01T03:00+02:00", "2026-12-01T03:00:00+02:00"),
        ("30m", "2026-12-01T11:30:00+00:00"),
        ("36h", "2026-11-30T00:00:00+00:00"),
        ("7d", "2026-11-24T12:00:00+00:00"),
        ("2w", "2026-11-17T12:00:00+00:00"),
    ],
)
def test_timestamp_or_age_is_parsed_as_a_time(text: str, moment: str) -> None:
    assert parse_moment("--since", text, NOW).isoformat() == moment


@pytest.mark.parametrize("text", ["", "soon", "12", "-3d", "3.5h", "7 d", "2026-02-30", "999999w", "1y"])
def test_malformed_time_is_refused_with_the_name_of_the_option(text: str) -> None:
    with pytest.raises(typer.BadParameter, match=r"--since.*is not a time"):
        parse_moment("--since", text, NOW)
