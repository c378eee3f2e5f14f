"""The client against the emulator: retries, pauses and timeouts."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.retry import MAX_ATTEMPTS
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.raw_server import reset_connection, respond_with, serve
from tests.provider.flow_service.support import (
    GET_ROUTE,
    LIST_ROUTE,
    ORG,
    POST_ROUTE,
    TUTORIAL,
    CreateClient,
    FakeClock,
    get_pauses,
    list_requests,
)


@pytest.mark.parametrize("retry_after", ["7", None])
def test_429_is_retried_for_every_method_after_its_retry_after(
    create_client: CreateClient, emulator: EmulatorProcess, retry_after: str | None
) -> None:
    headers = {"Retry-After": retry_after} if retry_after else {}
    emulator.fault(
        POST_ROUTE, status=429, headers=headers, body={"error_code": "429050", "message": "Too many requests"}
    )
    client = create_client()

    client.create("connections", TUTORIAL["request"])

    assert get_pauses(client) == [7.0] if retry_after else len(get_pauses(client)) == 1
    assert len(list_requests(emulator, "POST", "/connections")) == 2


def test_a_429_with_retry_after_is_no_attempt_of_the_request(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    """With many threads and a limit of the service, others may be first after each pause."""
    refusals = MAX_ATTEMPTS + 2
    emulator.fault(POST_ROUTE, status=429, headers={"Retry-After": "1"}, times=refusals)
    emulator.fault(POST_ROUTE, cut="before")
    client = create_client()

    with pytest.raises(errors.NoResponse):
        client.create("connections", TUTORIAL["request"])
    client.create("connections", TUTORIAL["request"])

    assert get_pauses(client) == [1.0] * refusals
    assert len(list_requests(emulator, "POST", "/connections")) == refusals + 2


def test_endless_429_ends_with_the_timeout(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    emulator.fault(POST_ROUTE, status=429, headers={"Retry-After": "25"}, times=50)
    client = create_client()

    with pytest.raises(errors.RateLimited):
        client.create("connections", TUTORIAL["request"])

    assert sum(get_pauses(client)) <= 60


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 502}, {"status": 504}, {"cut": "before"}], ids=str)
def test_post_that_may_have_taken_effect_is_not_retried(
    create_client: CreateClient, emulator: EmulatorProcess, fault: dict[str, Any]
) -> None:
    emulator.fault(POST_ROUTE, **fault)

    with pytest.raises((errors.Unavailable, errors.NoResponse)):
        create_client().create("connections", TUTORIAL["request"])

    assert len(list_requests(emulator, "POST", "/connections")) == 1


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 504}, {"cut": "before"}, {"cut": "mid-body"}], ids=str)
def test_idempotent_requests_are_retried(
    create_client: CreateClient, emulator: EmulatorProcess, fault: dict[str, Any]
) -> None:
    client = create_client()
    result = client.create("connections", TUTORIAL["request"])
    emulator.fault(GET_ROUTE, times=2, **fault)
    assert client.get("connections", result.id)["id"] == result.id

    if fault.get("cut") != "mid-body":
        emulator.fault("DELETE /connections/{id}", **fault)
        assert client.delete("connections", result.id) is True


@pytest.mark.parametrize(
    ("route", "ask"),
    [
        (GET_ROUTE, lambda client, id_: client.get("connections", id_)),
        (LIST_ROUTE, lambda client, _: client.list("connections")),
        ("GET /connections/{id}/test", lambda client, id_: client.test_connection("connections", id_)),
        ("POST /ims/token/v3", lambda client, _: client.list("connections")),
    ],
    ids=["get", "list", "test", "token"],
)
@pytest.mark.parametrize(
    "fault",
    [
        {"status": 200, "rawBody": "<html>Log in</html>"},
        {"status": 200, "rawBody": '{"items": [{"id": "c'},
        {"status": 200, "rawBody": ""},
        {"status": 200, "body": {"errorMessage": "no"}},
        {"status": 200, "body": {"items": [{"id": "another"}, 7], "result": "yes", "access_token": ""}},
        {"status": 200, "body": []},
        {"status": 404, "rawBody": "<html>Not Found</html>"},
    ],
    ids=["page", "cut", "empty", "error", "shape", "type", "404"],
)
def test_read_is_repeated_until_its_response_can_be_used(
    create_client: CreateClient, emulator: EmulatorProcess, route: str, ask: Any, fault: dict[str, Any]
) -> None:
    id_ = create_client().create("connections", TUTORIAL["request"]).id
    client = create_client()
    expected = ask(client, id_)
    emulator.fault(route, times=2, **fault)

    client = create_client()

    assert ask(client, id_) == expected
    assert len(get_pauses(client)) == 2


def test_read_that_can_never_be_used_ends_with_the_timeout(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    emulator.fault(LIST_ROUTE, status=200, rawBody="<html>", times=50)
    client = create_client(timeout=1.2)

    with pytest.raises(errors.UnexpectedResponse):
        client.list("connections")

    assert sum(get_pauses(client)) <= 1.2


@pytest.mark.parametrize(
    ("route", "write"),
    [
        (POST_ROUTE, lambda client, _: client.create("connections", TUTORIAL["request"])),
        ("PATCH /connections/{id}", lambda client, id_: client.update("connections", id_, [], '"1"')),
    ],
    ids=["POST", "PATCH"],
)
def test_write_with_a_response_that_cannot_be_used_is_not_repeated(
    create_client: CreateClient, emulator: EmulatorProcess, route: str, write: Any
) -> None:
    client = create_client()
    id_ = client.create("connections", TUTORIAL["request"]).id
    emulator.clear_journal()
    emulator.fault(route, status=200, rawBody="<html>")

    with pytest.raises(errors.UnexpectedResponse):
        write(client, id_)

    assert len(emulator.journal()) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 422])
def test_refused_request_is_not_retried(create_client: CreateClient, emulator: EmulatorProcess, status: int) -> None:
    emulator.fault(GET_ROUTE, status=status, times=10)

    with pytest.raises(errors.ResponseError):
        create_client().get("connections", "some")

    assert len(list_requests(emulator, "GET", "/some")) == (2 if status == 401 else 1)


def test_connection_that_another_machine_refuses_is_retried_and_its_error_names_the_address(
    create_client: CreateClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    client = create_client(endpoint="https://0.0.0.0:9")

    with pytest.raises(errors.Unreachable, match=r"0\.0\.0\.0:9 after 6 attempts") as failed:
        client.create("connections", TUTORIAL["request"])

    assert not failed.value.is_loopback
    assert len(get_pauses(client)) == 5


def test_connection_that_this_machine_refuses_fails_at_once_and_its_error_names_the_address(
    create_client: CreateClient,
) -> None:
    client = create_client(endpoint="http://127.0.0.1:9")

    with pytest.raises(errors.Unreachable, match=r"127\.0\.0\.1:9") as failed:
        client.create("connections", TUTORIAL["request"])

    assert failed.value.is_loopback
    assert not failed.value.is_out_of_time
    assert get_pauses(client) == []


def test_unreachable_remote_address_is_not_loopback(create_client: CreateClient) -> None:
    client = create_client(endpoint="https://127.0.0.1:9")

    with pytest.raises(errors.Unreachable) as failed:
        client.create("connections", TUTORIAL["request"])

    assert not failed.value.is_loopback


def test_requests_per_second_are_limited(create_client: CreateClient) -> None:
    client = create_client(requests_per_second=2)

    for _ in range(4):
        client.list("connections")

    assert sum(get_pauses(client)) == pytest.approx(2.0)


def test_timeout_limits_the_whole_operation(create_client: CreateClient) -> None:
    with serve(respond_with(b"HTTP/1.1 503 Unavailable\r\nRetry-After: 59\r\nContent-Length: 0\r\n\r\n")) as port:
        client = create_client(endpoint=f"http://127.0.0.1:{port}", access_token="ready", timeout=100.0)
        with pytest.raises(errors.Unavailable):
            client.list("connections")

    assert 59 <= sum(get_pauses(client)) <= 100


def test_unsent_last_attempt_does_not_hide_that_an_earlier_one_was_sent() -> None:
    """Otherwise the error of a PATCH that may have taken effect would say that nothing was changed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def once() -> None:
            connection, _ = server.accept()
            server.close()
            reset_connection(connection)
            connection.close()

        threading.Thread(target=once, daemon=True).start()
        credentials = Credentials(f"http://127.0.0.1:{port}", "", ORG, "dev", "client", access_token="ready-token")
        with pytest.raises(errors.NoResponse) as failed:
            FlowServiceClient(credentials, clock=FakeClock()).update("connections", "some", [], '"1"')

    assert failed.value.may_have_taken_effect


def test_request_during_a_pause_longer_than_the_timeout_is_out_of_time(create_client: CreateClient) -> None:
    with serve(respond_with(b"HTTP/1.1 429 Slow\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n")) as port:
        client = create_client(endpoint=f"http://127.0.0.1:{port}", access_token="ready")
        with pytest.raises(errors.RateLimited):
            client.list("connections")
        with pytest.raises(errors.Unreachable, match="no time was left") as failed:
            client.list("connections")

    assert failed.value.is_out_of_time
    assert "attempts" not in failed.value.message


def test_retry_after_date_is_measured_by_the_services_clock(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    headers = {"Date": "Tue, 24 Nov 2020 12:00:00 GMT", "Retry-After": "Tue, 24 Nov 2020 12:00:09 GMT"}
    emulator.fault(LIST_ROUTE, status=429, headers=headers)
    client = create_client()

    client.list("connections")

    assert get_pauses(client) == [9.0]


def test_explore_is_retried_and_run_action_is_not(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    for route in ("POST /flows/{id}/action", "GET /connections/{id}/explore"):
        emulator.fault(route, status=503)
        emulator.fault(route, status=200, body={"id": "f"})

    assert create_client().explore("c", ()) == {"id": "f"}
    with pytest.raises(errors.Unavailable, match=r"^POST ") as failed:
        create_client().run_action("flows", "f", "enable")

    assert "/flows/f/action answered 503" in failed.value.message


@pytest.mark.parametrize("rate", [0.01, 0.02], ids=["too late", "at the very end"])
def test_request_without_time_for_its_turn_fails_at_once(create_client: CreateClient, rate: float) -> None:
    client = create_client(requests_per_second=rate, timeout=50.0)
    client.clock.sleep(1000.0)

    with pytest.raises(errors.FlowServiceError, match=r"no time was left of the timeout of 50 s"):
        client.list("connections")  # its token takes its turn

    assert get_pauses(client) == [1000.0]


def test_pause_longer_than_the_remaining_time_is_not_waited_for(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    emulator.fault(LIST_ROUTE, status=429, headers={"Retry-After": "60"}, times=2)
    client = create_client(timeout=60.0)

    with pytest.raises(errors.RateLimited):
        client.list("connections")

    assert get_pauses(client) == []


def test_timeout_of_less_than_a_second_works(create_client: CreateClient) -> None:
    assert create_client(timeout=0.95).list("connections") == []


def test_pauses_of_several_clients_are_spread(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    doublings = [0.5, 1.0, 2.0, 4.0, 8.0]
    shares: list[float] = []
    for _ in range(6):
        emulator.fault(LIST_ROUTE, status=503, times=6)
        client = create_client()
        with pytest.raises(errors.Unavailable):
            client.list("connections")
        shares += [pause / longest for pause, longest in zip(get_pauses(client), doublings, strict=True)]

    # Thirty of them: that these hold by chance is less likely than one in a hundred million.
    assert all(0.5 <= share <= 1.0 for share in shares)
    assert min(shares) < 0.75 < max(shares)


def test_service_time_follows_the_last_response(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    client = create_client()
    before = client.service_time()
    emulator.turn_clock(86_400)
    client.list("connections")

    assert abs((client.service_time() - before).total_seconds() - 86_400) < 30
