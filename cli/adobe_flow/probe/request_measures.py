"""Measures of single requests: headers, bodies of errors, creates, deletions."""

from __future__ import annotations

from typing import Final

from adobe_flow.probe import read_steps, write_steps
from adobe_flow.probe.client import ProbeResponse
from adobe_flow.probe.finding import MeasuredValue, NotMeasured
from adobe_flow.probe.record import CreateAttempt, ProbeRecord
from adobe_flow.probe.throw_away import INVALID
from pulumi_adobe.json_values import get_object

_STALE: Final = 412
_NO_IF_MATCH: Final = "1403-400"
_DUPLICATE: Final = 409
_BY_SOURCE: Final = ("1100-", "1308-", "CONNECTOR-")
"""Codes by which Flow Service says that the source, or its connector, has refused."""


def measure_sandbox(record: ProbeRecord) -> MeasuredValue:
    """Find how Flow Service answers a request without the header x-sandbox-name."""
    answer = record.get(read_steps.NO_SANDBOX)
    if answer.is_success:
        return MeasuredValue("default", "a list without x-sandbox-name was answered")
    return MeasuredValue("required", f"a list without x-sandbox-name was answered with {answer.describe_status()}")


def measure_error_body(record: ProbeRecord) -> MeasuredValue:
    """Find which members an error of Flow Service has."""
    answer = record.get(read_steps.MISSING_ENTITY)
    members = get_object(answer.body)
    if not answer.is_refusal or not members:
        raise NotMeasured("an id that does not exist was not answered with an error in JSON")
    if isinstance(members.get("type"), str) and isinstance(members.get("report"), dict):
        return MeasuredValue("envelope", f"a {answer.status} has `type` and `report`")
    if "errorMessage" in members and not {"type", "report"} & set(members):
        return MeasuredValue("plain", f"a {answer.status} has `errorMessage` and neither `type` nor `report`")
    raise NotMeasured(f"a {answer.status} has a body of another shape")


def measure_spec_version(record: ProbeRecord) -> MeasuredValue:
    """Find whether a create needs the version of the connection spec."""
    without = [attempt for attempt in _get_create_attempts(record) if not attempt.with_version]
    accepted = next((attempt for attempt in without if attempt.answer.is_success), None)
    if accepted is not None:
        return MeasuredValue("default", "a create without connectionSpec.version was accepted")
    for attempt in record.attempts:
        if attempt.answer.is_success:
            key = attempt.source, attempt.secret
            twin = next((attempt for attempt in without if (attempt.source, attempt.secret) == key), None)
            if twin is None or not twin.answer.is_refusal:
                continue
            return MeasuredValue(
                "required",
                f"a create was accepted with connectionSpec.version, and without it: {twin.answer.describe_status()}",
            )
    raise NotMeasured(record.stopped or "no create was accepted with the version and refused without it")


def measure_credentials(record: ProbeRecord) -> MeasuredValue:
    """Find whether Flow Service checks the host and the password when a connection is created."""
    attempts = _get_create_attempts(record)
    invalid = [attempt.answer for attempt in attempts if attempt.secret == INVALID]
    if any(answer.is_success for answer in invalid):
        return MeasuredValue("unchecked", "a create with a made-up host and password was accepted")
    is_created = any(attempt.answer.is_success for attempt in attempts)
    evidence = ", ".join(dict.fromkeys(answer.describe_status() for answer in invalid))
    if is_created and attempts[-1].secret:
        return MeasuredValue("checked", f"a create with another password was accepted, with an invalid one: {evidence}")
    if invalid and invalid[-1].code.startswith(_BY_SOURCE):
        return MeasuredValue("checked", f"creates with a made-up host and password were refused: {evidence}")
    raise NotMeasured(
        f"creates with a made-up host and password were not accepted, perhaps for another reason: {evidence}"
    )


def _get_create_attempts(record: ProbeRecord) -> list[CreateAttempt]:
    if not record.attempts:
        raise NotMeasured(record.explain_missing_request())
    return record.attempts


def measure_unique_names(record: ProbeRecord) -> MeasuredValue:
    """Find whether Flow Service refuses a second connection with the same name."""
    answer = record.get(write_steps.SECOND_OF_NAME)
    if answer.is_success:
        return MeasuredValue("off", "a second connection of the same name was created")
    if answer.status == _DUPLICATE:
        return MeasuredValue("on", "a second create with the same name was answered with 409")
    raise NotMeasured(f"a second create with the same name was answered with {answer.describe_status()}")


def measure_if_match(record: ProbeRecord) -> MeasuredValue:
    """Find how Flow Service treats changes without If-Match, and with an etag without its quotes."""
    without = record.get(write_steps.WITHOUT_IF_MATCH)
    if without.is_success:
        return MeasuredValue("ignored", "a change without If-Match was accepted")
    unquoted = record.get(write_steps.WITHOUT_QUOTES)
    evidence = f"a change without If-Match was answered with {without.describe_status()}"
    if unquoted.is_success:
        return MeasuredValue("lenient", f"{evidence}; with an etag without quotes it was accepted")
    if unquoted.status == _STALE:
        return MeasuredValue("strict", f"{evidence}; with an etag without quotes, with {unquoted.describe_status()}")
    if without.code == _NO_IF_MATCH:
        return MeasuredValue(
            "lenient", f"{evidence}; with an etag without quotes, with {unquoted.describe_status()}, not with 412"
        )
    raise NotMeasured(
        f"{evidence}; with an etag without quotes, with {unquoted.describe_status()}: the etag was no reason",
        ("lenient", "ignored"),
    )


def measure_delete_status(record: ProbeRecord) -> MeasuredValue:
    """Return the status of the DELETE that was accepted."""
    answer: ProbeResponse = record.get(write_steps.DELETED)
    if answer.status not in {204, 202, 200}:
        raise NotMeasured(f"a DELETE was answered with {answer.describe_status()}")
    return MeasuredValue(str(answer.status), "the DELETE of the throw-away connection")
