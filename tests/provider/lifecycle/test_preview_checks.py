"""The checks before a write: what is certain, what is one warning, and what the setting makes of both."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import (
    AccessDenied,
    CredentialsRejected,
    FlowServiceError,
    InvalidRequest,
    NoResponse,
    NotFound,
    Unavailable,
    Unreachable,
)
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import NotChecked
from pulumi_adobe.lifecycle.preview_checks import PreviewChecks, is_access_failure, says_object_is_missing
from tests.provider.lifecycle.world import LIST_ROUTE, World, build_inputs

UNCERTAIN = [
    AccessDenied("refused", status=403, code="2118-403"),
    InvalidRequest("unclear", status=400, code="CONNECTOR-1308-400"),
    Unavailable("down", status=503),
    NoResponse("timed out"),
    Unreachable("refused"),
]


def _build_checks(mode: str = "") -> tuple[PreviewChecks, list[str]]:
    messages: list[str] = []
    return PreviewChecks(mode, messages.append), messages


def _ask(checks: PreviewChecks, error: FlowServiceError, subject: str = "base-1", resource: str = "orders") -> Any:
    def request() -> str:
        raise error

    return checks.ask(subject, "the table t", resource, request)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (CredentialsRejected("x", status=401), True),
        (AccessDenied("x", status=403, code="403025"), True),
        (AccessDenied("x", status=403, code="403027"), True),
        (NotFound("x", status=404, code="2100-404"), True),
        (NotFound("x", status=404), False),
        (InvalidRequest("x", status=400, code="CONNECTOR-2100-400"), False),
        *((error, False) for error in UNCERTAIN),
    ],
)
def test_refused_credentials_organization_and_sandbox_are_access_failures(
    error: FlowServiceError, *, expected: bool
) -> None:
    assert is_access_failure(error) is expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NotFound("x", status=404, code="1101-404"), True),
        (InvalidRequest("x", status=400, code="CONNECTOR-1330-400"), True),
        (InvalidRequest("x", status=400, code="1330-400"), True),
        (InvalidRequest("x", status=400, code="1308-400"), False),
        (InvalidRequest("x", status=400), False),
        (AccessDenied("x", status=403, code="1330-403"), False),
    ],
)
def test_only_a_response_about_the_table_proves_that_it_is_missing(error: FlowServiceError, *, expected: bool) -> None:
    assert says_object_is_missing(error) is expected


@pytest.mark.parametrize("error", UNCERTAIN, ids=str)
def test_uncertain_preview_check_is_one_warning_per_subject(error: FlowServiceError) -> None:
    checks, messages = _build_checks()

    answers = [_ask(checks, error, subject) for subject in ("base-1", "base-1", "base-2")]

    assert answers == [None, None, None]
    assert len(messages) == (1 if isinstance(error, Unreachable) else 2)
    assert all(fact in messages[0] for fact in ("warning: orders", "the table t", error.message))


def test_threads_that_find_the_service_down_at_the_same_time_show_one_warning() -> None:
    checks, messages = _build_checks()
    all_asked = Barrier(4)

    def request() -> str:
        all_asked.wait(10)
        raise Unreachable("refused")

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda subject: checks.ask(subject, "x", "orders", request), "abcd"))

    assert answers == [None] * 4
    assert len(messages) == 1


@pytest.mark.parametrize("error", UNCERTAIN, ids=str)
def test_in_the_mode_error_an_uncertain_outcome_is_an_error(error: FlowServiceError) -> None:
    checks, messages = _build_checks("error")

    with pytest.raises(NotChecked, match="the table t") as raised:
        _ask(checks, error)

    assert "ADOBE_PREVIEW_CHECKS" in raised.value.hint
    assert messages == []


def test_an_access_failure_is_raised_for_every_resource_and_sent_once() -> None:
    checks, messages = _build_checks()
    for subject in ("base-1", "base-2"):
        with pytest.raises(CredentialsRejected):
            _ask(checks, CredentialsRejected(subject, status=401), subject)
    assert messages == []


def test_in_the_mode_warn_problems_and_access_failures_are_warnings() -> None:
    checks, messages = _build_checks("warn")

    assert checks.judge("orders", ["table: is unknown"]) == []
    assert [_ask(checks, CredentialsRejected("refused", status=401), name) for name in "ab"] == [None, None]

    assert messages == ["warning: orders: table: is unknown", "warning: nothing was checked, because refused"]


def test_mode_off_sends_no_preview_check() -> None:
    checks, messages = _build_checks("off")
    assert checks.ask("base-1", "x", "orders", lambda: pytest.fail("asked")) is None
    assert messages == []


def test_subject_with_a_pending_change_is_not_checked_until_the_change_is_made() -> None:
    checks, messages = _build_checks()
    checks.record_change("base-1", is_pending=True)

    assert checks.ask("base-1", "x", "orders", lambda: pytest.fail("asked")) is None
    assert "changes" in messages[0]

    other_process, _ = _build_checks()
    other_process.record_change("base-1", is_pending=True)
    other_process.record_change("base-1", is_pending=False)
    assert other_process.ask("base-1", "x", "orders", lambda: "known") == "known"


@pytest.mark.parametrize(
    ("changes", "is_certain"),
    [({"name": "another"}, True), ({"accessToken": "dapi-2"}, False), ({"catalog": "main"}, False)],
    ids=str,
)
def test_a_change_of_auth_parameters_is_pending_until_the_update(
    world: World, created: CreatedResource, changes: dict[str, str], *, is_certain: bool
) -> None:
    process = world.start_process()
    checks = process.context.preview_checks
    process.lifecycle.diff(created.id, created.outputs, build_inputs(**changes))
    before = checks.ask(created.id, "x", "orders", lambda: "known")

    updating = world.start_process()
    updating.lifecycle.diff(created.id, created.outputs, build_inputs(**changes))
    updating.lifecycle.update(created.id, created.outputs, build_inputs(**changes))

    assert (before == "known") is is_certain
    assert updating.context.preview_checks.ask(created.id, "x", "orders", lambda: "known") == "known"


@pytest.mark.parametrize(
    ("settings", "on_existing", "fact"),
    [
        ({"client_secret": "wrong"}, "fail", "401"),
        # Nothing is listed then, so only the token can be asked for.
        ({"client_secret": "wrong"}, "duplicate", "401"),
        ({"sandbox": "nosuch"}, "fail", "adobe:sandbox"),
        ({"org_id": "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg"}, "fail", "adobe:orgId"),
        ({"org_id": "0123456789ABCDEF"}, "fail", "adobe:orgId"),
    ],
    ids=str,
)
def test_a_new_resource_that_cannot_be_created_fails_the_check(
    world: World, settings: dict[str, str], on_existing: str, fact: str
) -> None:
    process = world.start_process(Options(test="off", on_existing=on_existing), **settings)

    with pytest.raises(FlowServiceError) as raised:
        process.lifecycle.check({}, build_inputs())

    assert fact in f"{raised.value}"
    assert world.list_writes() == []


def test_a_changed_resource_with_refused_credentials_fails_the_diff(world: World, created: CreatedResource) -> None:
    process = world.start_process(client_secret="wrong")

    with pytest.raises(CredentialsRejected):
        process.lifecycle.diff(created.id, created.outputs, build_inputs(name="another"))

    assert not process.lifecycle.diff(created.id, created.outputs, build_inputs())


def test_with_the_service_down_a_changed_resource_is_a_warning(world: World, created: CreatedResource) -> None:
    process = world.start_process(ims_endpoint="http://127.0.0.1:9")

    for name in ("another", "third"):
        assert process.lifecycle.diff(created.id, created.outputs, build_inputs(name=name))

    assert len(process.messages) == 1
    assert "adobe:imsEndpoint" in process.messages[0]  # what to do, to which all later errors refer


def test_sandbox_list_without_the_sandbox_proves_its_absence_without_an_error_code(world: World) -> None:
    world.emulator.fault(LIST_ROUTE, status=404, body={"errorMessage": "not found"})

    with pytest.raises(NotFound, match="adobe:sandbox"):
        world.start_process().lifecycle.check({}, build_inputs())
