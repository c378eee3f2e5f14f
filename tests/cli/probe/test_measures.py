"""What the measures make of answers: the right value, several, or a reason; never an error."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adobe_flow.probe import read_steps, write_steps
from adobe_flow.probe.client import ProbeResponse
from adobe_flow.probe.record import CreateAttempt, ObservedWork, ProbeRecord
from adobe_flow.probe.table import PROBES, find_switch_values
from adobe_flow.probe.throw_away import HTTP_API, INVALID, SFTP
from tests.property_examples import scale_examples

_READS = [value for name, value in vars(read_steps).items() if name.isupper() and isinstance(value, str)]
_WRITES = [value for name, value in vars(write_steps).items() if name.isupper() and isinstance(value, str)]
_NAMES = [*_READS, *_WRITES, f"{read_steps.FLOW}0"]

_MEMBERS = st.sampled_from(
    [
        *(
            "id",
            "name",
            "state",
            "auth",
            "params",
            "password",
            "description",
            "items",
            "_links",
            "next",
            "href",
            "type",
        ),
        *("report", "errorMessage", "createdAt", "metrics", "statusSummary", "status", "sizeSummary", "inputBytes"),
        *("durationSummary", "startedAtUTC", "transformations", "schema", "columns", "result"),
    ]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_MEMBERS, inner, max_size=4),
    max_leaves=12,
)
_STATUSES = st.sampled_from([0, 200, 201, 204, 302, 400, 401, 403, 404, 409, 412, 422, 423, 429, 500])
_ANSWERS = st.builds(
    lambda status, body, code: ProbeResponse(status, body, code, "" if status else "no complete response came"),
    _STATUSES,
    _VALUES | st.fixed_dictionaries({"items": st.lists(st.dictionaries(_MEMBERS, _VALUES, max_size=5), max_size=3)}),
    st.sampled_from(["", "1403-400", "1416-400", "CONNECTOR-1330-400", "1100-400"]),
)
_WORKS = st.none() | st.builds(
    ObservedWork,
    st.sampled_from([(), ("0",), ("2",), ("2", "300ms")]),
    st.lists(st.tuples(st.text(max_size=5), _ANSWERS), max_size=2).map(tuple),
    st.none() | st.dictionaries(_MEMBERS, _VALUES, max_size=5),
)
_RECORDS = st.builds(
    ProbeRecord,
    is_write=st.booleans(),
    answers=st.dictionaries(st.sampled_from(_NAMES), _ANSWERS),
    pages=st.dictionaries(st.sampled_from(read_steps.COLLECTIONS), _ANSWERS),
    page_limits=st.dictionaries(st.integers(1, 2000), _ANSWERS, max_size=4),
    attempts=st.lists(
        st.builds(
            CreateAttempt,
            st.sampled_from([SFTP, HTTP_API]),
            st.sampled_from([INVALID, "made-up", ""]),
            st.booleans(),
            _ANSWERS,
        ),
        max_size=3,
    ),
    sent_params=st.just({"password": INVALID}),
    secret_param=st.sampled_from(["password", ""]),
    creation=_WORKS,
    update=_WORKS,
    tests=st.lists(st.tuples(st.sampled_from([INVALID, "made-up", ""]), _ANSWERS), max_size=2),
)


@settings(max_examples=scale_examples(100), deadline=None)
@given(_RECORDS)
def test_each_switch_has_a_finding_with_a_reason_whatever_the_responses(record: ProbeRecord) -> None:
    findings = find_switch_values(record)

    assert all(each.because for each in findings)
    assert all(each.value is None or not each.candidates for each in findings)


def measure(switch: str, record: ProbeRecord) -> str | tuple[str, ...]:
    """The value, or the values that are left."""
    finding = next(each.find(record) for each in PROBES if each.switch == switch)
    return finding.value or finding.candidates


def listing(*items: dict[str, Any]) -> ProbeResponse:
    return ProbeResponse(200, {"items": [*items]})


def runs(*statuses: str) -> ProbeRecord:
    return ProbeRecord(
        pages={"runs": listing(*({"metrics": {"statusSummary": {"status": each}}} for each in statuses))}
    )


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("success", "inProgress"), "camel"),
        (("SUCCESS", "IN_PROGRESS"), "upper"),
        (("Success", "InProgress"), "capital"),
        (("success", "FAILED"), ()),
        (("in progress",), ()),
    ],
)
def test_status_switch_is_judged_by_the_spelling_of_the_status(statuses: tuple[str, ...], expected: object) -> None:
    assert measure("run_status", runs(*statuses)) == expected


@pytest.mark.parametrize(
    ("unquoted", "without", "expected"),
    [
        (ProbeResponse(412), ProbeResponse(400), "strict"),
        (ProbeResponse(200), ProbeResponse(400), "lenient"),
        (ProbeResponse(400), ProbeResponse(400, code="1403-400"), "lenient"),
        (ProbeResponse(400), ProbeResponse(400), ("lenient", "ignored")),
        (ProbeResponse(500), ProbeResponse(400), ()),
        (ProbeResponse(412), ProbeResponse(200), "ignored"),
    ],
)
def test_if_match_switch_is_judged_by_both_changes(
    unquoted: ProbeResponse, without: ProbeResponse, expected: object
) -> None:
    answers = {write_steps.WITHOUT_QUOTES: unquoted, write_steps.WITHOUT_IF_MATCH: without}

    assert measure("if_match", ProbeRecord(is_write=True, answers=answers)) == expected


@pytest.mark.parametrize(
    ("refusals", "expected"),
    [
        ([("initializing", "1417-400"), ("updating", "1416-400")], "by_state"),
        ([("initializing", "1417-400"), ("updating", "1417-400")], "1417-400"),
        ([("initializing", "1417-400")], ("by_state", "1417-400")),
        ([("updating", "1420-400")], "1420-400"),
        ([("updating", "9999-400")], ()),
        ([], ()),
    ],
)
def test_refusals_during_work_are_judged_by_the_entity_states(
    refusals: list[tuple[str, str]], expected: object
) -> None:
    seen = tuple((state, ProbeResponse(400, code=code)) for state, code in refusals)

    assert (
        measure(
            "refusal_at_work", ProbeRecord(is_write=True, creation=ObservedWork(("1",), seen, {"state": "enabled"}))
        )
        == expected
    )


def test_password_returned_in_clear_text_is_reported_and_not_quoted() -> None:
    shown = {"state": "enabled", "auth": {"params": {"password": "made-up-1"}}}
    record = ProbeRecord(
        is_write=True,
        creation=ObservedWork(("0",), (), shown),
        secret_param="password",
        sent_params={"password": "made-up-1"},
    )

    (finding,) = (each.find(record) for each in PROBES if each.switch == "secrets")

    assert (finding.value, "clear text" in finding.because) == (None, True)
    assert "made-up-1" not in finding.because


def test_pages_of_different_sizes_measure_nothing() -> None:
    def page(count: int) -> ProbeResponse:
        return ProbeResponse(200, {"items": [{}] * count, "_links": {"next": {"href": "/x?continuationToken=a"}}})

    assert measure("page_size", ProbeRecord(pages={"connections": page(3), "flows": page(3)})) == "3"
    assert measure("page_size", ProbeRecord(pages={"connections": page(3), "flows": page(4)})) == ()


def test_unit_of_times_and_both_run_routes_are_measured() -> None:
    times = ProbeRecord(pages={"runs": listing({"metrics": {"durationSummary": {"startedAtUTC": 1764000000}}})})
    ways = ProbeRecord(
        answers={read_steps.RUNS_BY_FILTER: ProbeResponse(200), read_steps.RUNS_BY_PATH: ProbeResponse(200)}
    )

    assert measure("run_times", times) == "seconds"
    assert measure("runs_path", ways) == ("property", "path")
