"""The debug log: what a round trip's line names, and that no secret is in it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterator

import pytest

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.debug_log import configure_logging
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.version import PRODUCT
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.raw_server import reset_connection, respond_with, serve
from tests.provider.flow_service.support import LIST_ROUTE, TUTORIAL, CreateClient

LOGGER = logging.getLogger("pulumi_adobe")
LIST_PATH = "/data/foundation/flowservice/connections"


ReadLog = Callable[[], str]


@pytest.fixture
def read_log(capsys: pytest.CaptureFixture[str]) -> Iterator[ReadLog]:
    """A function that returns what was written to stderr; the fixture restores the logging of the process."""
    handlers, level = list(LOGGER.handlers), LOGGER.level
    LOGGER.handlers = [logging.NullHandler()]
    yield lambda: capsys.readouterr().err
    LOGGER.handlers = handlers
    LOGGER.setLevel(level)


def test_round_trip_is_logged_with_its_facts(
    create_client: CreateClient, emulator: EmulatorProcess, read_log: ReadLog
) -> None:
    emulator.fault(LIST_ROUTE, status=200, headers={"x-request-id": "request-7"}, body={"items": []})

    create_client(log="debug").list("connections", (("limit", "3"),))

    token_line, list_line = read_log().splitlines()
    assert "POST /ims/token/v3 -> 200" in token_line
    facts = (
        rf"DEBUG pulumi_adobe\.flow_service: GET {LIST_PATH}\?limit=3 -> 200, attempt 1, \d+ ms, request id request-7\b"
    )
    assert re.search(facts, list_line)


def test_each_attempt_is_logged(create_client: CreateClient, emulator: EmulatorProcess, read_log: ReadLog) -> None:
    emulator.fault(LIST_ROUTE, status=503)

    create_client(log="debug").list("connections")

    _, first, second = read_log().splitlines()
    assert "-> 503, attempt 1," in first
    assert "-> 200, attempt 2," in second


def test_send_failure_is_logged(create_client: CreateClient, read_log: ReadLog) -> None:
    with serve(reset_connection) as port:
        client = create_client(endpoint=f"http://127.0.0.1:{port}", access_token="ready-token", log="debug")
        with pytest.raises(errors.NoResponse):
            client.create("connections", {"name": "lake"})

    assert f"POST {LIST_PATH} -> NO_RESPONSE (the connection ended" in read_log()


def test_log_has_no_secret_no_body_and_no_header(
    create_client: CreateClient, emulator: EmulatorProcess, read_log: ReadLog
) -> None:
    """Planted: in the credentials, in the bodies of both directions, in a query, and in the request id."""
    client = create_client(log="debug")
    client.redactor.add_secret("planted/&query")
    echo = {"errorMessage": "no: planted-in-body", "echo": "emulator-client-secret"}
    emulator.fault("POST /connections", status=400, headers={"x-request-id": "planted/&query"}, body=echo)

    client.list("connections", (("property", "name==planted/&query"),))
    with pytest.raises(errors.InvalidRequest):
        client.create("connections", {**TUTORIAL["request"], "name": "planted-in-body"})

    log = read_log()
    assert len(log.splitlines()) == 3
    assert "[secret]" in log
    for secret in ("emulator-client-secret", "planted", "Bearer", "access_token"):
        assert secret not in log


def test_fetched_token_is_not_in_the_log(create_client: CreateClient, read_log: ReadLog) -> None:
    """The service echoes it in a body and in a header."""
    token = b'{"access_token": "planted-token", "expires_in": 86399}'
    echo = b'{"message": "no: planted-token"}'
    token_response = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(token), token)
    head = b"HTTP/1.1 400 No\r\nx-request-id: planted-token\r\nContent-Length: %d\r\n\r\n" % len(echo)
    with serve(respond_with(token_response)) as ims, serve(respond_with(head, echo)) as platform:
        endpoints = {"endpoint": f"http://127.0.0.1:{platform}", "ims_endpoint": f"http://127.0.0.1:{ims}"}
        client = create_client(**endpoints, log="debug")
        with pytest.raises(errors.InvalidRequest):
            client.list("connections")
    LOGGER.debug("later: planted-token")

    log = read_log()
    assert "planted-token" not in log
    assert "-> 400, attempt 1" in log
    assert "later: [secret]" in log


def test_log_is_silent_by_default(create_client: CreateClient, read_log: ReadLog) -> None:
    create_client().list("connections")

    assert read_log() == ""


def test_handler_is_attached_once_and_redacts_the_secrets_of_every_client(read_log: ReadLog) -> None:
    for secret in ("first-secret", "second-secret", "second-secret"):
        configure_logging("debug", Redactor([secret]))

    LOGGER.error("failed with second-secret", exc_info=ValueError("first-secret"))

    log = read_log()
    assert log.count("failed with") == 1
    assert "ValueError: [secret]" in log
    assert "-secret" not in log


def test_level_off_attaches_no_handler(read_log: ReadLog) -> None:
    configure_logging("off", Redactor())

    LOGGER.error("something")
    assert read_log() == ""


def test_every_request_has_the_user_agent(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    create_client().list("connections")

    user_agents = [request["headers"]["user-agent"] for request in emulator.journal()]
    python_version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert user_agents == [f"{PRODUCT} python/{python_version}"] * 2
