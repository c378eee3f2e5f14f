"""Authorization, with servers that do what the emulator does not: invalid tokens, dead endpoints, redirects."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.client import FlowServiceClient
from tests.provider.flow_service.raw_server import read_request, respond_with, serve
from tests.provider.flow_service.support import FakeClock

EMPTY_LIST = b'HTTP/1.1 200 OK\r\nContent-Length: 13\r\nConnection: close\r\n\r\n{"items": []}'


def token(body: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()


def create_client(flow: int, ims: int, timeout: float = 60.0, **changes: str) -> FlowServiceClient:
    credentials = Credentials(
        f"http://127.0.0.1:{flow}",
        f"http://127.0.0.1:{ims}",
        "org@AdobeOrg",
        "dev",
        "client",
        client_secret=changes.get("client_secret", "client-secret"),
        scopes="openid,session",
        timeout=timeout,
    )
    return FlowServiceClient(credentials, clock=FakeClock())


@pytest.mark.parametrize(
    "lifetime",
    ["0", "-5", '"86399"', "null"],
    ids=["zero", "negative", "text", "null"],
)
def test_token_with_an_invalid_lifetime_is_refused(lifetime: str) -> None:
    body = f'{{"access_token": "planted-token", "expires_in": {lifetime}}}'
    with (
        serve(respond_with(token(body))) as ims,
        pytest.raises(errors.UnexpectedResponse, match="without a token and its lifetime") as failed,
    ):
        create_client(9, ims).list("connections")

    assert "planted-token" not in str(failed.value)


@pytest.mark.parametrize(
    "body",
    [
        '{"access_token": "planted-token", "expires_in": NaN}',
        '{"access_token": "planted-token", "expires_in": Infinity}',
        '  {"access_token": "planted-token", "expires_in": 86399,}',
        '[{"access_token": "planted-token", "expires_',
        '"planted-token',
        "planted-token",
        "access_token=planted-token&expires_in=86399",
    ],
    ids=["nan", "endless", "comma", "cut", "cut text", "plain", "form"],
)
def test_token_response_that_is_no_json_is_not_shown(body: str) -> None:
    with (
        serve(respond_with(token(body))) as ims,
        pytest.raises(errors.UnexpectedResponse, match="not a JSON") as failed,
    ):
        create_client(9, ims).list("connections")

    assert "planted" not in str(failed.value)
    assert f": {len(body)} characters that are not JSON" in failed.value.message


@pytest.mark.parametrize("value", ['""', "7", "null"], ids=["empty", "number", "null"])
def test_token_that_is_no_string_is_refused(value: str) -> None:
    body = f'{{"access_token": {value}, "expires_in": 60}}'
    with serve(respond_with(token(body))) as ims, pytest.raises(errors.UnexpectedResponse) as failed:
        create_client(9, ims).list("connections")

    assert " answered 200 without a token and its lifetime: " in failed.value.message


@pytest.mark.parametrize(
    ("lifetime", "used_for"),
    [("0.5", 0.25), ("60", 30.0), ("600", 300.0), ("86399", 86099.0)],
    ids=["half a second", "a minute", "ten minutes", "a day"],
)
def test_token_is_used_until_shortly_before_it_expires(lifetime: str, used_for: float) -> None:
    token_requests: list[bytes] = []

    def ims(connection: socket.socket) -> None:
        token_requests.append(read_request(connection))
        connection.sendall(token(f'{{"access_token": "planted-token", "expires_in": {lifetime}}}'))

    with serve(ims) as ims_port, serve(respond_with(EMPTY_LIST)) as flow:
        client = create_client(flow, ims_port)
        client.list("connections")
        client.clock.sleep(used_for * 0.9)
        client.list("connections")
        assert len(token_requests) == 1

        client.clock.sleep(used_for - client.clock.now())
        client.list("connections")

    assert len(token_requests) == 2


def test_token_request_has_adobes_form_and_no_secret_outside_of_it() -> None:
    requests: list[bytes] = []

    def ims(connection: socket.socket) -> None:
        requests.append(read_request(connection))
        connection.sendall(token('{"access_token": "planted-token", "expires_in": 86399}'))

    with serve(ims) as ims_port, serve(respond_with(EMPTY_LIST)) as flow:
        create_client(flow, ims_port, client_secret="s&cret").list("connections")

    assert requests[0].startswith(b"POST /ims/token/v3 HTTP/1.1")
    assert b"cret" not in requests[0].partition(b"\r\n\r\n")[0]
    assert b"Content-Type: application/x-www-form-urlencoded" in requests[0]
    assert requests[0].endswith(
        b"grant_type=client_credentials&client_id=client&client_secret=s%26cret&scope=openid%2Csession"
    )


def test_token_endpoint_without_a_response_changed_nothing() -> None:
    with serve(respond_with()) as ims, pytest.raises(errors.NoResponse) as failed:
        create_client(9, ims).create("connections", {"name": "lake"})

    assert "/ims/token/v3" in failed.value.message
    assert not failed.value.may_have_taken_effect


def test_timeout_of_an_operation_includes_fetching_the_token() -> None:
    slow = b"HTTP/1.1 429 Slow\r\nRetry-After: 40\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    revoked = b"HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    answers = iter([token('{"access_token": "one", "expires_in": 86399}'), slow, slow, slow, slow])

    def ims_answer(connection: socket.socket) -> None:
        respond_with(next(answers))(connection)

    with serve(ims_answer) as ims, serve(respond_with(revoked)) as flow:
        client = create_client(flow, ims, timeout=60.0)
        with pytest.raises(errors.RateLimited):
            client.list("connections")

    assert client.clock.now() <= 60.0


def test_pause_that_begins_while_a_request_waits_delays_it_too() -> None:
    slow = b"HTTP/1.1 429 Slow\r\nRetry-After: 600\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    answers = iter([EMPTY_LIST, slow, EMPTY_LIST])
    sent: list[bytes] = []

    class InterruptingClock(FakeClock):
        """A clock that lets another request meet a pause while the first one waits."""

        def sleep(self, seconds: float) -> None:
            first = not self.sleeps
            super().sleep(seconds)
            if first:
                with pytest.raises(errors.RateLimited):
                    client.list("connections")

    def flow(connection: socket.socket) -> None:
        sent.append(read_request(connection))
        connection.sendall(next(answers))

    with serve(flow) as port:
        place = (f"http://127.0.0.1:{port}", "", "org", "dev", "client")
        client = FlowServiceClient(
            Credentials(*place, access_token="ready-token", requests_per_second=1), clock=InterruptingClock()
        )
        client.list("connections")
        with pytest.raises(errors.Unreachable, match="no time was left"):
            client.list("connections")

    assert len(sent) == 2


def test_authorization_is_not_sent_to_a_redirect_target() -> None:
    stolen: list[bytes] = []

    def thief(connection: socket.socket) -> None:
        stolen.append(read_request(connection))

    with serve(thief) as elsewhere:
        moved = f"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:{elsewhere}/\r\nContent-Length: 0\r\n\r\n".encode()
        with serve(respond_with(moved)) as flow, serve(respond_with(moved)) as ims:
            ready = Credentials(f"http://127.0.0.1:{flow}", "", "org", "dev", "client", access_token="ready-token")
            for client in (FlowServiceClient(ready, clock=FakeClock()), create_client(flow, ims)):
                with pytest.raises(errors.UnexpectedResponse, match="not followed"):
                    client.list("connections")

    assert stolen == []


def record_request(act: Callable[[FlowServiceClient], object]) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of the request that ``act`` sends."""
    requests: list[bytes] = []

    def keep(connection: socket.socket) -> None:
        requests.append(read_request(connection))
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{"id": "a"}')

    with serve(keep) as flow:
        credentials = Credentials(
            f"http://127.0.0.1:{flow}", "", "org@AdobeOrg", "dev", "client", access_token="ready-token"
        )
        act(FlowServiceClient(credentials, clock=FakeClock()))
    head, _, body = requests[0].partition(b"\r\n\r\n")
    return dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:]), body


def test_create_sends_exactly_the_headers_of_the_tutorial() -> None:
    headers, body = record_request(lambda client: client.create("connections", {"name": "lake", "n": [1, None]}))

    technical = {"Host", "User-Agent", "Accept-Encoding", "Connection", "Content-Length", "Accept"}
    assert {name: value for name, value in headers.items() if name not in technical} == {
        "Authorization": "Bearer ready-token",
        "x-api-key": "client",
        "x-gw-ims-org-id": "org@AdobeOrg",
        "x-sandbox-name": "dev",
        "Content-Type": "application/json",
    }
    assert json.loads(body) == {"name": "lake", "n": [1, None]}


def test_update_sends_the_etag_with_its_quotes() -> None:
    headers, body = record_request(lambda client: client.update("connections", "a", [], '"0c0099f4-0000"'))

    assert headers["If-Match"] == '"0c0099f4-0000"'
    assert json.loads(body) == []


def test_one_of_several_threads_fetches_the_token_for_all() -> None:
    token_requests: list[str] = []

    def ims(connection: socket.socket) -> None:
        token_requests.append(hashlib.sha256(read_request(connection)).hexdigest())
        time.sleep(0.2)
        connection.sendall(token('{"access_token": "planted-token", "expires_in": 86399}'))

    with serve(ims) as ims_port, serve(respond_with(EMPTY_LIST)) as flow:
        client = create_client(flow, ims_port)
        threads = [threading.Thread(target=client.list, args=("connections",)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(token_requests) == 1


def test_fetched_token_is_redacted_in_errors() -> None:
    body = b'{"message": "no: planted-token"}'
    echo = b"HTTP/1.1 400 No\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body
    with (
        serve(respond_with(token('{"access_token": "planted-token", "expires_in": 86399}'))) as ims,
        serve(respond_with(echo)) as flow,
        pytest.raises(errors.InvalidRequest) as failed,
    ):
        create_client(flow, ims).list("connections")

    assert "planted-token" not in str(failed.value)
    assert "no: [secret]" in failed.value.message


def read_in_a_minute(client: FlowServiceClient) -> None:
    """Read a connection, which the server does not have, with a timeout of a minute."""
    with suppress(errors.FlowServiceError):
        client.get("connections", "a", timeout=60.0)


@pytest.mark.parametrize(
    "act",
    [lambda client: client.list("connections"), lambda client: client.authenticate()],
    ids=["request", "authenticate"],
)
def test_thread_that_waits_for_the_token_of_another_keeps_its_own_timeout(
    act: Callable[[FlowServiceClient], object],
) -> None:
    is_asked, may_answer = threading.Event(), threading.Event()

    def ims(connection: socket.socket) -> None:
        read_request(connection)
        is_asked.set()
        may_answer.wait()
        connection.sendall(token('{"access_token": "planted-token", "expires_in": 86399}'))

    with serve(ims) as ims_port, serve(respond_with(EMPTY_LIST)) as flow:
        client = create_client(flow, ims_port, timeout=0.3)
        other = threading.Thread(target=read_in_a_minute, args=(client,))
        other.start()
        is_asked.wait()
        started_at = time.monotonic()
        with pytest.raises(errors.Unreachable) as failed:
            act(client)
        waited = time.monotonic() - started_at
        may_answer.set()
        other.join()

    assert waited < 1.0
    assert failed.value.is_out_of_time
    assert "token" in failed.value.message


def test_thread_that_waits_fetches_the_token_itself_if_the_other_fails() -> None:
    refused = b"HTTP/1.1 400 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
    answers = iter([refused, token('{"access_token": "planted-token", "expires_in": 86399}')])
    is_asked = threading.Event()

    def ims(connection: socket.socket) -> None:
        read_request(connection)
        is_asked.set()
        time.sleep(0.2)
        connection.sendall(next(answers))

    def expect_refusal() -> None:
        with pytest.raises(errors.CredentialsRejected):
            client.authenticate()

    with serve(ims) as ims_port, serve(respond_with(EMPTY_LIST)) as flow:
        client = create_client(flow, ims_port)
        other = threading.Thread(target=expect_refusal)
        other.start()
        is_asked.wait()
        assert client.list("connections") == []
        other.join()
