"""Tokens over HTTP, where the emulator cannot play the part: bad life times, dead endpoints, exact headers."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from collections.abc import Callable

import pytest

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.access import Credentials
from pulumi_adobe.flow_service.client import FlowServiceClient
from tests.provider.flow_service.one_server import answering, serving, whole_request
from tests.provider.lifecycle.world import SkippingClock

EMPTY_LIST = b'HTTP/1.1 200 OK\r\nContent-Length: 13\r\nConnection: close\r\n\r\n{"items": []}'


def token(body: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()


def asking(flow: int, ims: int, timeout: float = 60.0, **given: str) -> FlowServiceClient:
    access = Credentials(
        f"http://127.0.0.1:{flow}",
        f"http://127.0.0.1:{ims}",
        "org@AdobeOrg",
        "dev",
        "client",
        client_secret=given.get("client_secret", "client-secret"),
        scopes="openid,session",
        timeout=timeout,
    )
    return FlowServiceClient(access, clock=SkippingClock())


@pytest.mark.parametrize(
    "life",
    ["0", "-5", '"86399"', "null"],
    ids=["zero", "negative", "text", "null"],
)
def test_a_token_whose_life_time_makes_no_sense_is_not_used(life: str) -> None:
    body = f'{{"access_token": "planted-token", "expires_in": {life}}}'
    with serving(answering(token(body))) as ims, pytest.raises(errors.UnexpectedResponse, match="life time") as failed:
        asking(9, ims).list("connections")

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
def test_a_token_that_nobody_can_read_is_shown_to_nobody(body: str) -> None:
    with serving(answering(token(body))) as ims, pytest.raises(errors.UnexpectedResponse, match="no JSON") as failed:
        asking(9, ims).list("connections")

    assert "planted" not in str(failed.value)
    assert f": {len(body)} characters that are no JSON" in failed.value.message


@pytest.mark.parametrize("value", ['""', "7", "null"], ids=["empty", "number", "null"])
def test_a_token_that_is_no_text_is_not_used(value: str) -> None:
    body = f'{{"access_token": {value}, "expires_in": 60}}'
    with serving(answering(token(body))) as ims, pytest.raises(errors.UnexpectedResponse) as failed:
        asking(9, ims).list("connections")

    assert " answered 200 without a token and its life time: " in failed.value.message


@pytest.mark.parametrize(
    ("life", "used_for"),
    [("0.5", 0.25), ("60", 30.0), ("600", 300.0), ("86399", 86099.0)],
    ids=["half a second", "a minute", "ten minutes", "a day"],
)
def test_a_token_is_used_until_shortly_before_its_end_and_no_longer(life: str, used_for: float) -> None:
    fetched: list[bytes] = []

    def ims(connection: socket.socket) -> None:
        fetched.append(whole_request(connection))
        connection.sendall(token(f'{{"access_token": "planted-token", "expires_in": {life}}}'))

    with serving(ims) as ims_port, serving(answering(EMPTY_LIST)) as flow:
        service = asking(flow, ims_port)
        service.list("connections")
        service.clock.sleep(used_for * 0.9)
        service.list("connections")
        assert len(fetched) == 1

        service.clock.sleep(used_for - service.clock.now())
        service.list("connections")

    assert len(fetched) == 2


def test_the_token_request_is_adobes_form_and_the_secret_is_nowhere_else() -> None:
    asked: list[bytes] = []

    def ims(connection: socket.socket) -> None:
        asked.append(whole_request(connection))
        connection.sendall(token('{"access_token": "planted-token", "expires_in": 86399}'))

    with serving(ims) as ims_port, serving(answering(EMPTY_LIST)) as flow:
        asking(flow, ims_port, client_secret="s&cret").list("connections")

    assert asked[0].startswith(b"POST /ims/token/v3 HTTP/1.1")
    assert b"cret" not in asked[0].partition(b"\r\n\r\n")[0]
    assert b"Content-Type: application/x-www-form-urlencoded" in asked[0]
    assert asked[0].endswith(
        b"grant_type=client_credentials&client_id=client&client_secret=s%26cret&scope=openid%2Csession"
    )


def test_a_token_endpoint_without_an_answer_changed_nothing_and_says_so() -> None:
    with serving(answering()) as ims, pytest.raises(errors.NoResponse, match="Nothing was changed") as failed:
        asking(9, ims).create("connections", {"name": "lake"})

    assert "/ims/token/v3" in failed.value.message


def test_waiting_for_a_token_is_part_of_the_time_of_the_operation() -> None:
    slow = b"HTTP/1.1 429 Slow\r\nRetry-After: 40\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    revoked = b"HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    answers = iter([token('{"access_token": "one", "expires_in": 86399}'), slow, slow, slow, slow])

    def ims_answer(connection: socket.socket) -> None:
        answering(next(answers))(connection)

    with serving(ims_answer) as ims, serving(answering(revoked)) as flow:
        service = asking(flow, ims, timeout=60.0)
        with pytest.raises(errors.RateLimited):
            service.list("connections")

    assert service.clock.now() <= 60.0


def test_a_pause_that_begins_while_a_request_waits_for_its_moment_holds_that_one_too() -> None:
    slow = b"HTTP/1.1 429 Slow\r\nRetry-After: 600\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    answers = iter([EMPTY_LIST, slow, EMPTY_LIST])
    sent: list[bytes] = []

    class Meanwhile(SkippingClock):
        """While the first request waits, another one learns of a pause."""

        def sleep(self, seconds: float) -> None:
            first = not self.slept
            super().sleep(seconds)
            if first:
                with pytest.raises(errors.RateLimited):
                    service.list("connections")

    def flow(connection: socket.socket) -> None:
        sent.append(whole_request(connection))
        connection.sendall(next(answers))

    with serving(flow) as port:
        place = (f"http://127.0.0.1:{port}", "", "org", "dev", "client")
        service = FlowServiceClient(Credentials(*place, access_token="ready-token", requests_per_second=1), clock=Meanwhile())
        service.list("connections")
        with pytest.raises(errors.Unreachable, match="no time was left"):
            service.list("connections")

    assert len(sent) == 2


def test_no_authorization_is_sent_on_to_another_host() -> None:
    stolen: list[bytes] = []

    def thief(connection: socket.socket) -> None:
        stolen.append(whole_request(connection))

    with serving(thief) as elsewhere:
        moved = f"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:{elsewhere}/\r\nContent-Length: 0\r\n\r\n".encode()
        with serving(answering(moved)) as flow, serving(answering(moved)) as ims:
            ready = Credentials(f"http://127.0.0.1:{flow}", "", "org", "dev", "client", access_token="ready-token")
            for service in (FlowServiceClient(ready, clock=SkippingClock()), asking(flow, ims)):
                with pytest.raises(errors.UnexpectedResponse, match="not followed"):
                    service.list("connections")

    assert stolen == []


def received(act: Callable[[FlowServiceClient], object]) -> tuple[dict[str, str], bytes]:
    """The headers and the body of the request that ``act`` sends."""
    asked: list[bytes] = []

    def keep(connection: socket.socket) -> None:
        asked.append(whole_request(connection))
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{"id": "a"}')

    with serving(keep) as flow:
        access = Credentials(f"http://127.0.0.1:{flow}", "", "org@AdobeOrg", "dev", "client", access_token="ready-token")
        act(FlowServiceClient(access, clock=SkippingClock()))
    head, _, body = asked[0].partition(b"\r\n\r\n")
    return dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:]), body


def test_the_headers_are_exactly_the_tutorials() -> None:
    headers, body = received(lambda service: service.create("connections", {"name": "lake", "n": [1, None]}))

    technical = {"Host", "User-Agent", "Accept-Encoding", "Connection", "Content-Length", "Accept"}
    assert {name: value for name, value in headers.items() if name not in technical} == {
        "Authorization": "Bearer ready-token",
        "x-api-key": "client",
        "x-gw-ims-org-id": "org@AdobeOrg",
        "x-sandbox-name": "dev",
        "Content-Type": "application/json",
    }
    assert json.loads(body) == {"name": "lake", "n": [1, None]}


def test_the_etag_goes_out_as_it_came_quotes_included() -> None:
    headers, body = received(lambda service: service.update("connections", "a", [], '"0c0099f4-0000"'))

    assert headers["If-Match"] == '"0c0099f4-0000"'
    assert json.loads(body) == []


def test_threads_that_find_no_token_wait_for_the_one_that_fetches_it() -> None:
    fetched: list[str] = []

    def ims(connection: socket.socket) -> None:
        fetched.append(hashlib.sha256(whole_request(connection)).hexdigest())
        time.sleep(0.2)
        connection.sendall(token('{"access_token": "planted-token", "expires_in": 86399}'))

    with serving(ims) as ims_port, serving(answering(EMPTY_LIST)) as flow:
        service = asking(flow, ims_port)
        threads = [threading.Thread(target=service.list, args=("connections",)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(fetched) == 1


def test_a_fetched_token_is_a_secret_that_no_error_shows() -> None:
    said = b'{"message": "no: planted-token"}'
    echo = b"HTTP/1.1 400 No\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(said) + said
    with (
        serving(answering(token('{"access_token": "planted-token", "expires_in": 86399}'))) as ims,
        serving(answering(echo)) as flow,
        pytest.raises(errors.InvalidRequest) as failed,
    ):
        asking(flow, ims).list("connections")

    assert "planted-token" not in str(failed.value)
    assert "no: [secret]" in failed.value.message
