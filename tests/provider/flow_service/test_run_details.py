"""What a run tells, in every form that a document of Adobe shows."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.flow_service.run_details import RunError, parse_status, read_run, to_milliseconds
from pulumi_adobe.flow_service.run_errors import RUN_ERRORS, RunErrorCode, find_run_error

MOMENT = 1_796_000_000_000


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("success", "SUCCESS", "COMPLETED", "completed", "Success"), "success"),
        (("PARTIAL_SUCCESS", "PARTIAL_FAILURE", "partialSuccess", "partial success"), "partialSuccess"),
        (("FAILED", "failed", "Failed"), "failed"),
        (("IN_PROGRESS", "inProgress", "in-progress"), "inProgress"),
        (("QUEUED", "queued"), "queued"),
        (("SCHEDULED", "scheduled"), "scheduled"),
        (("", None, 5), "unknown"),
        (("cancelled",), "cancelled"),
    ],
)
def test_every_spelling_of_a_run_status_is_normalized(words: tuple[Any, ...], status: str) -> None:
    assert {parse_status(word) for word in words} == {status}


@pytest.mark.parametrize(
    ("value", "milliseconds"),
    [
        (MOMENT, MOMENT),
        (MOMENT // 1000, MOMENT),
        (str(MOMENT), MOMENT),
        (str(MOMENT // 1000), MOMENT),
        (float(MOMENT), MOMENT),
        (0, None),
        (-1, None),
        (True, None),
        ("soon", None),
        (None, None),
        (float("inf"), None),
        (float("nan"), None),
    ],
    ids=str,
)
def test_run_time_is_parsed_in_seconds_and_in_milliseconds(value: Any, milliseconds: int | None) -> None:
    assert to_milliseconds(value) == milliseconds


def test_run_errors_are_found_in_every_documented_place_and_listed_once() -> None:
    own = {"code": "CONNECTOR-1001-500", "message": "copy"}
    run = {
        "metrics": {
            "statusSummary": {"errors": [own]},
            "recordSummary": {"failedInfo": [{"code": "INGEST-1401-400", "message": "row"}]},
        },
        "activities": [
            {
                "statusSummary": {
                    "errors": [own],
                    "extensions": {
                        "errors": [{"code": "2200", "description": "no answer"}, "a text"],
                        "errorDetail": "ErrorCode=SftpNetworkIssue,'Type=X,Message=Meet network issue'",
                    },
                }
            },
            {"statusSummary": {"extensions": {"errorDetail": {"message": "anonymous credentials"}}}},
        ],
    }

    errors = read_run(run).errors

    assert [(error.code, error.message) for error in errors[:4]] == [
        ("CONNECTOR-1001-500", "copy"),
        ("INGEST-1401-400", "row"),
        ("2200", "no answer"),
        ("", "a text"),
    ]
    assert errors[4].code == "SftpNetworkIssue"
    assert "fs.azure.sas" in errors[5].remedy
    assert len(errors) == 6


def test_remedy_of_a_recognized_error_text_is_shown_alone_and_otherwise_each_remedy_once() -> None:
    copy, timeout = {"code": "CONNECTOR-1001-500"}, {"code": "2200"}
    general = read_run({"metrics": {"statusSummary": {"errors": [copy, timeout, {**copy, "message": "again"}]}}})
    spark = read_run({"metrics": {"statusSummary": {"errors": [copy, timeout, "using anonymous credentials"]}}})

    assert len(general.remedies) == 2
    assert [remedy[:9] for remedy in spark.remedies] == ["Set the S"]


@pytest.mark.parametrize(
    "run",
    [
        {},
        {"metrics": None, "activities": "none"},
        {"metrics": {"statusSummary": {"errors": "many"}, "recordSummary": []}, "activities": [None, 5]},
        {"metrics": {"recordSummary": {"inputRecordCount": "few"}, "sizeSummary": {"inputBytes": -1}}},
    ],
    ids=str,
)
def test_run_without_any_member_is_read_as_unknown(run: dict[str, Any]) -> None:
    details = read_run(run)

    assert (details.status, details.has_ended, details.errors) == ("unknown", False, ())
    assert details.records_read is details.bytes_read is details.started_at is None


def test_state_is_used_if_a_run_has_no_status() -> None:
    assert read_run({"state": "FAILED"}).status == "failed"


def test_undocumented_run_status_counts_as_ended_if_the_run_is_completed() -> None:
    times = {"durationSummary": {"completedAtUTC": MOMENT}, "statusSummary": {"status": "cancelled"}}

    assert read_run({"metrics": times}).has_ended
    assert not read_run({"metrics": {"statusSummary": {"status": "cancelled"}}}).has_ended


@pytest.mark.parametrize("known", RUN_ERRORS, ids=lambda known: f"{known.code} {known.text}".strip())
def test_every_documented_run_error_code_has_a_cause_a_remedy_and_a_document(known: RunErrorCode) -> None:
    found = find_run_error(known.code, known.text)

    assert found == known
    assert all(text.endswith(".") for text in (known.cause, known.remedy))
    assert known.document


def test_run_error_code_is_found_with_the_prefix_of_its_service() -> None:
    assert find_run_error("CONNECTOR-1387-400") is find_run_error("1387-400") is not None
    assert find_run_error("CONNECTOR-9999-500") is None
    assert RunError("9999", "never seen").remedy == ""
