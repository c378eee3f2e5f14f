"""Every cell of docs/faults.md, tried over HTTP: each operation, each fault, met once and met every time.

The expectation is the page's own word, so that neither the page nor the code can change alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service import errors
from tests.provider.lifecycle.world import Process, World, build_inputs

PAGE: Final = Path(__file__).parents[3] / "docs" / "faults.md"
ALWAYS: Final = 99
FAULTS: Final[dict[str, dict[str, Any]]] = {
    "400: the request is refused": {"status": 400},
    "400, 1418: dataflows use it": {"status": 400, "body": {"errorCode": "1418-400"}},
    "401: the token is refused": {"status": 401, "body": {"error_code": "401013"}},
    "403, 403010: no token": {"status": 403, "body": {"error_code": "403010"}},
    "403, 403000 or 403003: API key": {"status": 403, "body": {"error_code": "403003"}},
    "403, 403025 or 403027: no access": {"status": 403, "body": {"error_code": "403027"}},
    "404": {"status": 404, "body": {"errorMessage": "not found"}},
    "404, 2100: no such sandbox": {"status": 404, "body": {"errorCode": "2100-404"}},
    "409": {"status": 409},
    "412: the etag is not the newest": {"status": 412},
    "422": {"status": 422},
    "429, with or without Retry-After": {"status": 429, "headers": {"Retry-After": "2"}},
    "500": {"status": 500},
    "502, with HTML": {"status": 502, "rawBody": "<html></html>"},
    "503": {"status": 503},
    "504": {"status": 504},
    "a redirect": {"status": 302, "headers": {"Location": "http://127.0.0.1:9/"}},
    "a success without JSON, an id or a list, or with an error inside": {"status": 200, "rawBody": "<html></html>"},
    "no whole answer: reset, time-out, cut short": {"cut": "before"},
}
NO_FAULT_OF_THE_SERVER: Final = {
    "no connection: refused, no such host, proxy": "http://127.0.0.1:9",
    "TLS: the certificate or the handshake": "https://127.0.0.1:{port}",
}


def _rows() -> Iterator[list[str]]:
    text = PAGE.read_text(encoding="utf-8").split("<!-- faults -->")[1].split("<!-- /faults -->")[0]
    for line in text.strip().splitlines()[2:]:
        yield [cell.strip().strip("`") for cell in line.strip("|").split("|")]


ROWS: Final = {row[0]: dict(zip(("create", "read", "update", "delete", "token", "error"), row[1:], strict=True))
               for row in _rows()}  # fmt: skip
ROUTES: Final = {
    "create": "POST /connections",
    "read": "GET /connections/{id}",
    "list": "GET /connections",
    "test": "GET /connections/{id}/test",
    "update": "PATCH /connections/{id}",
    "delete": "DELETE /connections/{id}",
    "token": "POST /ims/token/v3",
}
# With one word per cell: whether the operation succeeds after a fault that is met once.
HEALS: Final = ("again", "once more, with a new token", "looked for, then again", "again, then looked at", "judged")
ENDS_WELL: Final = ("gone", "done")
CASES: Final = [(fault, operation, times) for fault in FAULTS for operation in ROUTES for times in (1, ALWAYS)]


def test_every_row_of_the_page_is_tried() -> None:
    assert set(ROWS) == set(FAULTS) | set(NO_FAULT_OF_THE_SERVER)


@pytest.mark.parametrize(("fault", "operation", "times"), CASES)
def test_a_fault_comes_to_what_the_page_says(world: World, fault: str, operation: str, times: int) -> None:
    run, made = _prepared(world, operation)
    world.emulator.fault(ROUTES[operation], **FAULTS[fault], times=times)
    word = ROWS[fault]["read" if operation in {"list", "test"} else operation]
    if operation == "list" and word == "gone":
        word = "error"  # of a connection it is gone; a list that is not found is an error
    before = world.list_connections()

    error, said = run()

    heals = times == 1 and word in HEALS
    if operation == "test":
        assert (error, bool(said)) == (None, not heals)  # one that could not be run is a warning, never an error
    elif heals or word in ENDS_WELL:
        assert error is None
    else:
        assert type(error).__name__ == _expected(fault, operation, word)
        assert world.list_connections() == (before if made else [])
    if operation == "create" and word in {"error", "looked for"}:
        assert world.count_requests("POST", "/connections") == 1
    assert len(world.list_connections()) <= 1


@pytest.mark.parametrize("fault", NO_FAULT_OF_THE_SERVER)
@pytest.mark.parametrize("operation", ["create", "read", "update", "delete"])
def test_a_service_that_is_not_reached_changes_nothing(world: World, fault: str, operation: str) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    port = re.findall(r":(\d+)", world.emulator.url)[-1]
    away = world.start_process(endpoint=NO_FAULT_OF_THE_SERVER[fault].format(port=port))
    before = world.list_connections()

    with pytest.raises(errors.Unreachable) as raised:
        _steps(away, created.id, created.outputs)[operation]()

    assert type(raised.value).__name__ == ROWS[fault]["error"]
    assert world.list_connections() == before
    assert bool(away.clock.slept) == (ROWS[fault][operation] == "again")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 200])
@pytest.mark.parametrize("operation", ["create", "update", "delete"])
def test_a_bad_answer_after_the_effect_loses_and_doubles_nothing(world: World, operation: str, status: int) -> None:
    run, _ = _prepared(world, operation)
    world.emulator.fault(ROUTES[operation], status=status, rawBody="<html></html>", afterEffect=True)

    error, _ = run()

    assert len(world.list_connections()) == (0 if operation == "delete" else 1)
    if operation == "update" and error is not None:
        # A success that nobody can read is not sent again: the next run finds that it took effect.
        assert isinstance(error, errors.UnexpectedResponse)
    else:
        assert error is None


def _expected(fault: str, operation: str, word: str) -> str:
    status = FAULTS[fault].get("status")
    if operation == "token" and status in {400, 401, 403}:
        return "CredentialsRejected"
    if operation == "delete" and word == "looked at":
        return "NotDeleted"
    if operation == "delete" and ROWS[fault]["error"] == "InUse":
        return "StillInUse"
    return "ChangedElsewhere" if word == "judged" else ROWS[fault]["error"]


Ran = Callable[[], tuple[Exception | None, list[str]]]


def _prepared(world: World, operation: str) -> tuple[Ran, bool]:
    """The operation, ready to run in a new process, and whether its connection is there already."""
    if operation in {"create", "list", "test", "token"}:
        process = world.start_process(Options(test="auto" if operation == "test" else "off"))
        return _run(process, lambda: process.lifecycle.create(build_inputs())), False
    created = world.start_process().lifecycle.create(build_inputs())
    process = world.start_process()
    return _run(process, _steps(process, created.id, created.outputs)[operation]), True


def _steps(process: Process, id_: str, outputs: dict[str, Any]) -> dict[str, Callable[[], Any]]:
    return {
        "create": lambda: process.lifecycle.create(build_inputs(name="second", owner="project/dev/second")),
        "read": lambda: process.lifecycle.read(id_, outputs),
        "update": lambda: process.lifecycle.update(id_, outputs, build_inputs(description="changed")),
        "delete": lambda: process.lifecycle.delete(id_, outputs),
    }


def _run(process: Process, step: Callable[[], Any]) -> Ran:
    def ran() -> tuple[Exception | None, list[str]]:
        try:
            step()
        except AdobeError as error:
            return error, process.messages
        return None, process.messages

    return ran
