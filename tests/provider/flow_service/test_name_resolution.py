"""The time limit of connecting: a name server that never answers, and addresses that never do."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import pytest

from pulumi_adobe.flow_service.name_resolution import AddressInfo, Resolver
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.send_errors import SendError
from pulumi_adobe.flow_service.transport import Transport
from tests.provider.flow_service.raw_server import respond_with, serve

pytestmark = pytest.mark.usefixtures("no_proxy")

TIMEOUT = 0.4
HOST = "platform.example"
ANSWER = respond_with(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")


class SilentNameServer:
    """A look-up that never answers until it is released, and counts how often it is asked."""

    def __init__(self) -> None:
        self.hosts: list[str] = []
        self.released = threading.Event()

    def look_up(self, host: str, port: int) -> Sequence[AddressInfo]:
        self.hosts.append(host)
        self.released.wait()
        return [_to_address(port)]


@pytest.fixture
def name_server() -> Iterator[SilentNameServer]:
    server = SilentNameServer()
    yield server
    server.released.set()


def _to_address(port: int) -> AddressInfo:
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))


@contextmanager
def _black_hole() -> Iterator[int]:
    """Yield a port of this machine that answers nobody: its queue of connections is full, so packets are dropped."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(4):
            client = stack.enter_context(socket.socket())
            client.settimeout(0)
            client.connect_ex(server.getsockname())
        yield server.getsockname()[1]


def _send(look_up: Callable[[str, int], Sequence[AddressInfo]], scheme: str = "http") -> tuple[float, SendError]:
    """Return after how many seconds a request with `TIMEOUT` fails, and with which error."""
    transport, started_at = Transport(look_up=look_up), time.monotonic()
    with pytest.raises(SendError) as failed:
        transport.send(Request("POST", f"{scheme}://{HOST}/x"), TIMEOUT)
    return time.monotonic() - started_at, failed.value


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_name_that_is_not_resolved_in_time_fails_within_the_timeout(name_server: SilentNameServer, scheme: str) -> None:
    seconds, error = _send(name_server.look_up, scheme)

    assert seconds < 2 * TIMEOUT
    assert error.failure is SendFailure.NOT_SENT
    assert "not resolved" in error.reason


def test_proxy_whose_name_is_not_resolved_fails_within_the_timeout(
    name_server: SilentNameServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")

    seconds, error = _send(name_server.look_up, "https")

    assert seconds < 2 * TIMEOUT
    assert name_server.hosts == ["proxy.example"]
    assert "not resolved" in error.reason


def test_threads_that_wait_for_a_name_share_one_look_up_that_keeps_no_process_alive(
    name_server: SilentNameServer,
) -> None:
    resolver = Resolver(name_server.look_up)

    for _ in range(3):
        with pytest.raises(TimeoutError):
            resolver.resolve(HOST, 443, 0.01)

    assert name_server.hosts == [HOST]
    assert all(thread.daemon for thread in threading.enumerate() if HOST in thread.name)


def test_look_up_that_answers_late_serves_the_next_call(name_server: SilentNameServer) -> None:
    resolver = Resolver(name_server.look_up)
    with pytest.raises(TimeoutError):
        resolver.resolve(HOST, 443, 0.01)
    name_server.released.set()

    assert resolver.resolve(HOST, 443, 5.0) == [_to_address(443)]


def test_failed_look_up_is_not_kept() -> None:
    answers: list[Sequence[AddressInfo] | OSError] = [socket.gaierror(socket.EAI_AGAIN, "later"), [_to_address(443)]]

    def look_up(_host: str, _port: int) -> Sequence[AddressInfo]:
        answer = answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer

    resolver = Resolver(look_up)
    with pytest.raises(socket.gaierror):
        resolver.resolve(HOST, 443, 5.0)

    assert resolver.resolve(HOST, 443, 5.0) == [_to_address(443)]


def test_addresses_that_never_answer_share_the_timeout() -> None:
    with _black_hole() as port:
        seconds, error = _send(lambda *_: [_to_address(port)] * 3)

    assert seconds < 2 * TIMEOUT
    assert error.failure is SendFailure.NOT_SENT


def test_address_after_one_that_never_answers_is_tried() -> None:
    with _black_hole() as dead_port, serve(ANSWER) as port:
        transport = Transport(look_up=lambda *_: [_to_address(dead_port), _to_address(port)])
        response = transport.send(Request("GET", f"http://{HOST}/x"), 2.0)

    assert response.status == 200


def test_host_name_that_dns_does_not_allow_is_no_such_host() -> None:
    with pytest.raises(socket.gaierror):
        Resolver().resolve("a" * 64 + ".example", 443, 5.0)
