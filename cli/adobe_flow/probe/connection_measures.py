"""Measures of one connection: its states, its members, its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from adobe_flow.probe import write_steps
from adobe_flow.probe.client import ProbeResponse
from adobe_flow.probe.finding import MeasuredValue, NotMeasured, choose_only_candidate
from adobe_flow.probe.record import ObservedWork, ProbeRecord
from adobe_flow.probe.throw_away import INVALID
from pulumi_adobe.json_values import get_member, get_object

_REFUSALS: Final = ("by_state", "1416-400", "1417-400", "1420-400", "1457-400", "1458-400", "409", "423", "425")
_FINAL_STATES: Final = ["enabled", "failed", "disabled"]
"""A list, which can be asked for a state of any type."""
_INITIALIZING: Final = "initializing"
_MISSING_TABLE: Final = ("1330-400", "1101-404", "1100-400", "1308-400")


def measure_time_of_initialization(record: ProbeRecord) -> MeasuredValue:
    """Return the time from the creation until the connection was ready."""
    record.get_created_connection()
    return _measure_duration(record.creation, "the create")


def measure_time_of_update(record: ProbeRecord) -> MeasuredValue:
    """Return the time from a change until the connection was ready again."""
    if record.update is None:
        raise NotMeasured(_explain_unchanged_description(record))
    return _measure_duration(record.update, "a change")


def _measure_duration(work: ObservedWork | None, write: str) -> MeasuredValue:
    if work is None or not work.durations:
        raise NotMeasured((work.reason if work else "") or "the end of the work was not seen")
    because = f"the state was read again and again after {write}"
    return choose_only_candidate(
        list(work.durations), because if len(work.durations) == 1 else f"{because}: reads or time"
    )


def measure_final_state(record: ProbeRecord) -> MeasuredValue:
    """Return the state in which the new connection ended up."""
    state = record.get_created_connection().get("state")
    if state not in _FINAL_STATES:
        raise NotMeasured("the new connection ended up in a state that Adobe does not document")
    return MeasuredValue(str(state), "the state of the new connection, whose credentials are made up")


def measure_refusal_at_work(record: ProbeRecord) -> MeasuredValue:
    """Find how Flow Service refuses changes while it initializes or updates the connection."""
    record.get_created_connection()
    works = [work for work in (record.creation, record.update) if work is not None]
    refusals = [refusal for work in works for refusal in work.refusals if 400 <= refusal[1].status < 500]  # noqa: PLR2004
    if not refusals:
        raise NotMeasured("Flow Service was never at work on the connection for so long that a change met it")
    evidence = "; ".join(
        f"a change in a state of work was answered with {answer.describe_status()}" for _, answer in refusals
    )
    left = [
        value for value in _REFUSALS if all(_refusal_matches_switch(value, state, answer) for state, answer in refusals)
    ]
    return choose_only_candidate(left, evidence)


def _refusal_matches_switch(value: str, state: str, answer: ProbeResponse) -> bool:
    if value == "by_state":
        value = "1417-400" if state == _INITIALIZING else "1416-400"
    if "-" not in value:
        return str(answer.status) == value
    return answer.code == value if answer.code else value.endswith(f"-{answer.status}")


def measure_secrets(record: ProbeRecord) -> MeasuredValue:
    """Find how Flow Service returns the password that was sent."""
    params = _get_auth_params(record)
    if not record.secret_param:
        raise NotMeasured("the connection that could be created has no secret")
    if record.secret_param not in params:
        return MeasuredValue("absent", "the password that was sent is left out")
    value = params[record.secret_param]
    if value == "":
        return MeasuredValue("empty", "the password that was sent is shown as an empty text")
    if value == record.sent_params[record.secret_param]:
        raise NotMeasured("the password that was sent is shown in clear text, which the emulator cannot do")
    return MeasuredValue("masked", "the password that was sent is shown as another text")


def measure_added_params(record: ProbeRecord) -> MeasuredValue:
    """Find whether Flow Service adds auth parameters that no request has sent."""
    added = set(_get_auth_params(record)) - set(record.sent_params)
    if added:
        return MeasuredValue("on", f"{len(added)} auth parameters were shown that nobody had sent")
    return MeasuredValue("off", "no auth parameter was shown that nobody had sent")


def _get_auth_params(record: ProbeRecord) -> Mapping[str, Any]:
    params = get_member(record.get_created_connection(), "auth", "params")
    if not isinstance(params, Mapping):
        raise NotMeasured("the new connection shows no auth parameters")
    return params


def measure_description(record: ProbeRecord) -> MeasuredValue:
    """Find how Flow Service returns an empty description."""
    items = record.get(write_steps.EMPTIED).items if write_steps.EMPTIED in record.answers else ()
    if not items:
        raise NotMeasured(_explain_unchanged_description(record))
    if "description" not in items[0]:
        return MeasuredValue("absent", "an empty description is left out")
    shown = items[0]["description"]
    if shown is None:
        return MeasuredValue("null", "an empty description is shown as null")
    if shown == "":
        return MeasuredValue("kept", "an empty description is shown as it was sent")
    raise NotMeasured("the description is still there after a change to an empty one")


def _explain_unchanged_description(record: ProbeRecord) -> str:
    answer = record.answers.get(write_steps.EMPTY_DESCRIPTION)
    if answer is None or answer.is_success:
        return record.explain_missing_request()
    state = record.creation.entity.get("state") if record.creation and record.creation.entity else None
    suffix = f" in the state `{state}`" if state in _FINAL_STATES else ""
    return f"the connection could not be changed{suffix}: {answer.describe_status()}"


def measure_test_result(record: ProbeRecord) -> MeasuredValue:
    """Find the result of a connection test with the password `invalid` and with another made-up one."""
    results = [(secret, get_member(answer.body, "result")) for secret, answer in record.tests if answer.is_success]
    results = [(secret, result) for secret, result in results if isinstance(result, bool)]
    if not results:
        raise NotMeasured(record.explain_missing_request() if not record.tests else "no connection test had a result")
    left = ["auto", "true", "false"]
    for secret, result in results:
        left = [value for value in left if value in {"auto", str(result).lower()}]
        if secret == INVALID and result:
            left = [value for value in left if value != "auto"]
    evidence = ", ".join(f"with {secret or 'no'} password {str(result).lower()}" for secret, result in results)
    return choose_only_candidate(left, f"the connection test: {evidence}")


def measure_missing_table(record: ProbeRecord) -> MeasuredValue:
    """Find how Flow Service answers the exploration of a missing file."""
    if write_steps.EXPLORED_MISSING not in record.answers:
        root = record.get(write_steps.EXPLORED_ROOT)
        raise NotMeasured(f"the source of a throw-away connection cannot be explored: {root.describe_status()}")
    answer = record.get(write_steps.EXPLORED_MISSING)
    if answer.is_success:
        if get_object(answer.body, "schema").get("columns") == []:
            return MeasuredValue("empty", "a file that does not exist has no columns")
        raise NotMeasured("a file that does not exist was answered with something else than an empty schema")
    code = answer.code.removeprefix("CONNECTOR-")
    left = [value for value in _MISSING_TABLE if (value == code if code else value.endswith(f"-{answer.status}"))]
    return choose_only_candidate(left, f"a file that does not exist was answered with {answer.describe_status()}")
