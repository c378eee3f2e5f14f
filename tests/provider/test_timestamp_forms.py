"""Every spelling of one instant means the same, on every version of Python; what is no time is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pulumi_adobe
from pulumi_adobe.expiry import normalize_expiry, parse_expiry, validate_expiry
from pulumi_adobe.timestamps import (
    format_timestamp,
    normalize_timestamp,
    parse_timestamp,
    to_timestamp_text,
    validate_timestamp,
)

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(9998, 12, 30)).map(lambda each: each.replace(microsecond=0))  # noqa: DTZ001 - the zone is added
OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
FRACTIONS = st.text("0123456789", max_size=9)

VALID_TEXTS = {
    "2026-12-01 00:00:00 +0000 UTC": "2026-12-01T00:00:00Z",
    "2026-12-01 03:00:00.5 +0200 +0200": "2026-12-01T01:00:00Z",
    "2026-12-01T03:00:00.5Z": "2026-12-01T03:00:00Z",
    "2026-12-01T03:00:00.123456789Z": "2026-12-01T03:00:00Z",
    "20261201T030000Z": "2026-12-01T03:00:00Z",
    "2026-W49-2": "2026-12-01T00:00:00Z",
    "2026-12-01t03:00z": "2026-12-01T03:00:00Z",
    "2026-12-01T03:00+0200": "2026-12-01T01:00:00Z",
    "2026-12-01T03:00+02": "2026-12-01T01:00:00Z",
    "2026-12-01T03": "2026-12-01T03:00:00Z",
    "2026-12-01": "2026-12-01T00:00:00Z",
    "2026-12-01T24:00": "2026-12-02T00:00:00Z",
}

INVALID_TEXTS = [
    "",
    "soon",
    "2026-13-01",
    "2026-02-30",
    "2026-W54-1",
    "2026-W01-8",
    "2026-12-01T25:00",
    "2026-12-01T24:01",
    "2026-12-01T03:60",
    "2026-12-01T03:00:60",
    "2026-12-01T",
    "2026-12-01Z",
    "2026-12-01T03:00:00.Z",
    "2026-12-01T03:00+24:00",
    "2026-12-01T03:00+02:60",
    "2026-12-01T03:00 CET",
    "2026-12-01x03:00",
    "9999-12-31T24:00",
    "0000-01-01",
    "٢٠٢٦-12-01",
    " 2026-12-01",
    "2026-12-01\n",
    "2026-12",
    "12/01/2026",
]


def spell_dates(moment: datetime) -> list[str]:
    year, week, weekday = moment.isocalendar()
    return [
        f"{moment:%Y-%m-%d}",
        f"{moment:%Y%m%d}",
        f"{year:04d}-W{week:02d}-{weekday}",
        f"{year:04d}W{week:02d}{weekday}",
    ]


def spell_offsets(moment: datetime) -> list[str]:
    text = f"{moment:%z}"
    offsets = [text, f"{text[:3]}:{text[3:]}", f" {text}", f" {text} CET", f" {text} {text[:3]}"]
    if text.endswith("00"):
        offsets.append(text[:3])
    return [*offsets, "Z", "z", " Z", " UTC", ""] if text in {"+0000", "-0000"} else offsets


@given(MOMENTS, OFFSETS, FRACTIONS, st.data())
def test_every_spelling_of_an_instant_is_the_same_instant(
    moment: datetime, zone: timezone, fraction: str, data: st.DataObject
) -> None:
    moment = moment.replace(tzinfo=timezone.utc).astimezone(data.draw(st.sampled_from([zone, timezone.utc])))
    expected = moment + timedelta(microseconds=int(fraction[:6].ljust(6, "0")))
    separator = data.draw(st.sampled_from(["T", "t", " ", "  "]))
    times = [f"{moment:%H:%M:%S}", f"{moment:%H%M%S}"]
    if fraction:
        times = [f"{time}{point}{fraction}" for time in times for point in ".,"]
    elif moment.second == 0:
        times += [f"{moment:%H:%M}", f"{moment:%H%M}"]

    text = "".join(
        (
            data.draw(st.sampled_from(spell_dates(moment))),
            separator,
            data.draw(st.sampled_from(times)),
            data.draw(st.sampled_from(spell_offsets(moment))),
        )
    )

    assert parse_timestamp(text) == expected
    assert normalize_timestamp(text) == format_timestamp(expected)
    assert parse_expiry(text) == expected
    assert parse_timestamp(to_timestamp_text(expected)) == expected.replace(microsecond=0)


@pytest.mark.parametrize(("text", "normalized"), VALID_TEXTS.items())
def test_known_forms_are_understood(text: str, normalized: str) -> None:
    assert normalize_timestamp(text) == normalized


def test_fraction_is_cut_after_microseconds() -> None:
    assert parse_timestamp("2026-12-01T03:00:00.123456789Z").microsecond == 123456


@pytest.mark.parametrize("text", INVALID_TEXTS)
def test_malformed_time_is_refused_with_the_accepted_forms(text: str) -> None:
    for validate in (validate_timestamp, validate_expiry):
        assert "2026-12-01T03:00Z" in (validate(text) or "")
    assert normalize_timestamp(text) == text


@pytest.mark.parametrize("version", ["3.10", "3.11", "3.12", "3.13", "3.14"])
def test_time_is_parsed_the_same_in_every_python_version(version: str) -> None:
    interpreter = _find_interpreter(version)
    if interpreter is None:
        pytest.skip(f"no Python {version} is installed")
    texts = [*VALID_TEXTS, *INVALID_TEXTS]
    program = (
        "import json, sys; from pulumi_adobe.timestamps import normalize_timestamp; "
        "print(json.dumps([normalize_timestamp(text) for text in json.loads(sys.argv[1])]))"
    )

    done = subprocess.run(
        [interpreter, "-c", program, json.dumps(texts)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(pulumi_adobe.__file__).parents[1])},
    )

    assert json.loads(done.stdout) == [normalize_timestamp(text) for text in texts]


def _find_interpreter(version: str) -> str | None:
    # pyenv puts a script under the name of each version into PATH, which runs the chosen versions only.
    installed = (Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python")
    candidates = [*map(str, installed), shutil.which(f"python{version}")]
    return next((candidate for candidate in candidates if candidate is not None and _runs(candidate)), None)


def _runs(interpreter: str) -> bool:
    return subprocess.run([interpreter, "-c", ""], capture_output=True, check=False).returncode == 0


@given(st.text())
def test_any_text_is_parsed_as_a_time_or_refused(text: str) -> None:
    if validate_timestamp(text) is None:
        parse_timestamp(text)
    normalize_timestamp(text)


@pytest.mark.parametrize("value", [1796083200000, 1796083200000.0, "1796083200000"])
def test_expiry_may_be_epoch_milliseconds(value: object) -> None:
    assert validate_expiry(value) is None
    assert normalize_expiry(value) == "2026-12-01T00:00:00Z"


@pytest.mark.parametrize("value", [7, -1, 0.5, True, None, [], 1796083200])
def test_other_values_are_no_expiry(value: object) -> None:
    assert "13 digits" in (validate_expiry(value) or "")
    assert normalize_expiry(value) is value


def test_datetime_without_a_zone_and_date_are_in_utc() -> None:
    summer_time = timezone(timedelta(hours=2))

    assert to_timestamp_text(datetime(2026, 12, 1, 3)) == "2026-12-01T03:00:00Z"  # noqa: DTZ001 - without a zone
    assert to_timestamp_text(datetime(2026, 12, 1, 3, tzinfo=summer_time)) == "2026-12-01T01:00:00Z"
    assert to_timestamp_text(datetime(2026, 12, 1, tzinfo=timezone.utc).date()) == "2026-12-01"
    assert to_timestamp_text("soon") == "soon"
