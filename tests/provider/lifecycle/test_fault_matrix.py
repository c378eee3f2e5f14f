"""Every cell of docs/reference/faults.md over HTTP: each operation with each fault, met once and met every time.

The expected outcome is read from the page, so that neither the page nor the code can change alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service import errors
from pulumi_adobe.lifecycle.create import CreatedResource
from tests.provider.lifecycle.world import (
    CREATE_ROUTE,
    DELETE_ROUTE,
    LIST_ROUTE,
    READ_ROUTE,
    TEST_ROUTE,
    UPDATE_ROUTE,
    Process,
    World,
    build_inputs,
)

pytestmark = pytest.mark.slow

PAGE: Final = Path(__file__).parents[3] / "docs" / "reference" / "faults.md"
ALWAYS: Final = 99
FAULTS: Final[dict[str, dict[str, Any]]] = {
    "400: the request is refused": {"status": 400},
    "400, 1418: dataflows use the connection": {"status": 400, "body": {"errorCode": "1418-400"}},
    "400, 1416, 1417, 1420, 1457 or 1458: wrong state": {"status": 400, "body": {"errorCode": "1416-400"}},
    "401: the token is refused": {"status": 401, "body": {"error_code": "401013"}},
    "403, 403010: the token is missing": {"status": 403, "body": {"error_code": "403010"}},
    "403, 403000 or 403003: the API key is invalid": {"status": 403, "body": {"error_code": "403003"}},
    "403, 403025 or 403027: no access": {"status": 403, "body": {"error_code": "403027"}},
    "404": {"status": 404, "body": {"errorMessage": "not found"}},
    "404, without the JSON of Flow Service": {"status": 404, "rawBody": "<html></html>"},
    "404, 2100: the sandbox does not exist": {"status": 404, "body": {"errorCode": "2100-404"}},
    "408 or 499: somebody gave up waiting": {"status": 408},
    "409": {"status": 409},
    "412: the etag is out of date": {"status": 412},
    "422": {"status": 422},
    "422, with HTML": {"status": 422, "rawBody": "<html></html>"},
    "423 or 425: locked or too early": {"status": 423},
    "429, with or without Retry-After": {"status": 429, "headers": {"Retry-After": "2"}},
    "500": {"status": 500},
    "502, with HTML": {"status": 502, "rawBody": "<html></html>"},
    "503": {"status": 503},
    "504": {"status": 504},
    "a redirect": {"status": 302, "headers": {"Location": "http://127.0.0.1:9/"}},
    "a success (2xx) without the expected JSON, or with an error inside": {"status": 200, "rawBody": "<html></html>"},
    "no complete response: reset, timeout, truncated": {"cut": "before"},
}
ENDPOINTS_THAT_CANNOT_BE_REACHED: Final = {
    "no connection: timeout, temporary DNS error, proxy failure": "https://255.255.255.255:9",
    # An address of this machine that is none of its loopback addresses.
    "another machine refuses the connection": "https://0.0.0.0:9",
    "this machine refuses the connection": "http://127.0.0.1:9",
    "the host name does not exist": "https://nowhere.invalid",
    "TLS failure: certificate or handshake": "https://127.0.0.1:{port}",
}


def _read_rows() -> Iterator[list[str]]:
    table = PAGE.read_text(encoding="utf-8").split("<!-- faults -->")[1].split("<!-- /faults -->")[0]
    for line in table.strip().splitlines()[2:]:
        yield [cell.strip().strip("`") for cell in line.strip("|").split("|")]


COLUMNS: Final = ("create", "read", "update", "delete", "token", "error")
ROWS: Final = {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in _read_rows()}
ROUTES: Final = {
    "create": CREATE_ROUTE,
    "read": READ_ROUTE,
    "list": LIST_ROUTE,
    "test": TEST_ROUTE,
    "update": UPDATE_ROUTE,
    "delete": DELETE_ROUTE,
    "token": "POST /ims/token/v3",
}
OUTCOMES_THAT_RECOVER: Final = (
    *("retried", "retried once, with a new token", "searched for, then retried", "retried, then confirmed", "compared"),
    "waited for",
)
"""The cells whose operation succeeds although it meets the fault once."""
OUTCOMES_WITHOUT_ERROR: Final = ("gone", "success")
CASES: Final = [(fault, operation, times) for fault in FAULTS for operation in ROUTES for times in (1, ALWAYS)]


def test_every_row_of_the_fault_matrix_page_is_tested() -> None:
    assert set(ROWS) == set(FAULTS) | set(ENDPOINTS_THAT_CANNOT_BE_REACHED)


@pytest.mark.parametrize(("fault", "operation", "times"), CASES)
def test_each_fault_has_the_outcome_that_the_page_states(world: World, fault: str, operation: str, times: int) -> None:
    attempt = _prepare(world, operation)
    world.emulator.fault(ROUTES[operation], **FAULTS[fault], times=times)
    outcome = _read_outcome(fault, operation)
    connections_before = world.list_connections()

    error = attempt.run()

    recovers = times == 1 and outcome in OUTCOMES_THAT_RECOVER
    if operation == "test":
        # A test that could not be run is a warning, never an error.
        assert (error, bool(attempt.process.messages)) == (None, not recovers)
    elif recovers or outcome in OUTCOMES_WITHOUT_ERROR:
        assert error is None
    else:
        assert type(error).__name__ == _get_expected_error(fault, operation, outcome)
        assert world.list_connections() == (connections_before if attempt.has_connection else [])
    if operation == "create" and outcome in {"error", "searched for"}:
        assert world.count_requests("POST", "/connections") == 1
    assert len(world.list_connections()) <= 1


@pytest.mark.parametrize("fault", ENDPOINTS_THAT_CANNOT_BE_REACHED)
@pytest.mark.parametrize("operation", ["create", "read", "update", "delete"])
def test_a_service_that_cannot_be_reached_changes_nothing(
    world: World, created: CreatedResource, fault: str, operation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    port = re.findall(r":(\d+)", world.emulator.url)[-1]
    process = world.start_process(endpoint=ENDPOINTS_THAT_CANNOT_BE_REACHED[fault].format(port=port))
    connections_before = world.list_connections()

    with pytest.raises(errors.Unreachable) as error:
        _build_calls(process, created)[operation]()

    assert type(error.value).__name__ == ROWS[fault]["error"]
    assert world.list_connections() == connections_before
    assert bool(process.clock.sleeps) == (ROWS[fault][operation] == "retried")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 200])
@pytest.mark.parametrize("operation", ["create", "update", "delete"])
def test_a_bad_response_after_the_effect_loses_and_duplicates_nothing(
    world: World, operation: str, status: int
) -> None:
    attempt = _prepare(world, operation)
    world.emulator.fault(ROUTES[operation], status=status, rawBody="<html></html>", afterEffect=True)

    error = attempt.run()

    assert len(world.list_connections()) == (0 if operation == "delete" else 1)
    if operation == "update" and error is not None:
        # A success that cannot be parsed is not sent again: the next run finds that it took effect.
        assert isinstance(error, errors.UnexpectedResponse)
    else:
        assert error is None


@dataclass(frozen=True)
class Attempt:
    """One operation that is ready to run in a process of its own."""

    process: Process
    call: Callable[[], object]
    has_connection: bool

    def run(self) -> AdobeError | None:
        """Run the operation, and return its error."""
        try:
            self.call()
        except AdobeError as error:
            return error
        return None


def _prepare(world: World, operation: str) -> Attempt:
    if operation in {"create", "list", "test", "token"}:
        process = world.start_process(Options(test="auto" if operation == "test" else "off"))
        return Attempt(process, lambda: process.lifecycle.create(build_inputs()), has_connection=False)
    created = world.create()
    process = world.start_process()
    return Attempt(process, _build_calls(process, created)[operation], has_connection=True)


def _build_calls(process: Process, created: CreatedResource) -> dict[str, Callable[[], object]]:
    lifecycle, id_, outputs = process.lifecycle, created.id, created.outputs
    return {
        "create": lambda: lifecycle.create(build_inputs(name="second", owner="project/dev/second")),
        "read": lambda: lifecycle.read(id_, outputs),
        "update": lambda: lifecycle.update(id_, outputs, build_inputs(description="changed")),
        "delete": lambda: lifecycle.delete(id_, outputs),
    }


def _read_outcome(fault: str, operation: str) -> str:
    outcome = ROWS[fault]["read" if operation in {"list", "test"} else operation]
    # A connection that is not found is gone. A list that is not found is an error.
    return "error" if operation == "list" and outcome == "gone" else outcome


def _get_expected_error(fault: str, operation: str, outcome: str) -> str:
    """Return the class of the error: that of the page, unless the life cycle knows more than the HTTP client."""
    if operation == "token" and FAULTS[fault].get("status") in {400, 401, 403}:
        return "CredentialsRejected"
    if operation == "delete" and outcome == "confirmed":
        return "NotDeleted"
    if operation == "delete" and ROWS[fault]["error"] == "InUse":
        return "StillInUse"
    return "ConflictingChange" if outcome == "compared" else ROWS[fault]["error"]
