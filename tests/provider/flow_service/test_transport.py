"""Failures below HTTP, and whether the request may have been sent."""

from __future__ import annotations

import errno
import os
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pulumi_adobe.flow_service.connections import classify_connect_failure
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.send_errors import SendError
from pulumi_adobe.flow_service.transport import Transport
from tests.provider.flow_service.raw_server import Behaviour, read_request, reset_connection, respond_with, serve
from tests.provider.flow_service.support import HEAD, send_and_fail

pytestmark = pytest.mark.usefixtures("no_proxy")

GZIP = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (reset_connection, "the connection ended before a complete response came"),
        (respond_with(), "the connection ended before a complete response came"),
        (respond_with(HEAD, b'{"a"'), "the connection ended before a complete response came"),
        (respond_with(CHUNKED), "the connection ended before a complete response came"),
        (respond_with(b"hello\r\n\r\n"), "the connection ended before a complete response came"),
        (respond_with(GZIP), "the connection ended before a complete response came"),
        (lambda _: time.sleep(3), "timed out"),
    ],
    ids=["reset", "closed", "truncated", "truncated chunk", "no HTTP", "no gzip", "silence"],
)
def test_failure_after_the_request_was_sent_is_no_response(behaviour: Behaviour, words: str) -> None:
    with serve(behaviour) as port:
        failed = send_and_fail(f"http://127.0.0.1:{port}/x", timeout=1.0)

    assert failed.failure is SendFailure.NO_RESPONSE
    assert failed.reason == words


@pytest.mark.parametrize(
    ("code", "failure"),
    [(socket.EAI_AGAIN, SendFailure.NOT_SENT), (socket.EAI_NONAME, SendFailure.NO_SUCH_HOST)],
    ids=["temporary", "no such name"],
)
def test_only_a_temporary_failure_of_the_name_server_may_pass(code: int, failure: SendFailure) -> None:
    assert classify_connect_failure(socket.gaierror(code, "the reason"), "platform.adobe.io") is failure


@pytest.mark.parametrize(
    ("url", "failure", "words"),
    [
        ("http://127.0.0.1:9/x", SendFailure.NO_LISTENER, "refused"),
        ("https://localhost:9/x", SendFailure.NO_LISTENER, "refused"),
        ("http://nowhere.invalid/x", SendFailure.NO_SUCH_HOST, ""),
    ],
)
def test_failed_connection_is_named_by_its_cause(url: str, failure: SendFailure, words: str) -> None:
    failed = send_and_fail(url)

    assert failed.failure is failure
    assert words in failed.reason
    assert url not in failed.reason


@pytest.mark.parametrize("behaviour", [None, respond_with(b"HTTP/1.1 407 No\r\n\r\n")], ids=["dead", "refusing"])
def test_failed_proxy_is_not_sent_and_its_password_is_not_shown(
    behaviour: Behaviour | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(behaviour or reset_connection) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:proxy-password@127.0.0.1:{port if behaviour else 9}")
        failed = send_and_fail("https://platform.adobe.io/x")

    assert failed.failure is (SendFailure.NOT_SENT if behaviour else SendFailure.NO_LISTENER)
    assert "proxy-password" not in failed.reason


def test_self_signed_certificate_is_not_trusted(certificate: Path) -> None:
    with serve(respond_with(HEAD), tls=certificate) as port:
        failed = send_and_fail(f"https://127.0.0.1:{port}/x")

    assert failed.failure is SendFailure.NOT_TRUSTED
    assert "self-signed certificate" in failed.reason


def test_missing_ca_bundle_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "no-such.pem"))

    failed = send_and_fail("https://127.0.0.1:9/")

    assert failed.failure is SendFailure.NOT_TRUSTED
    assert "no-such.pem" in failed.reason


def test_ca_bundle_of_the_environment_is_used(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{certificate}.crt")
    with serve(respond_with(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), tls=certificate) as port:
        response = Transport().send(Request("GET", f"https://127.0.0.1:{port}/x"), 2.0)

    assert response.json() == {}


def test_tls_to_a_plain_http_port_is_not_trusted() -> None:
    def complain(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with serve(complain) as port:
        failed = send_and_fail(f"https://127.0.0.1:{port}/x")

    assert failed.failure is SendFailure.NOT_TRUSTED


def test_redirect_is_returned_and_not_followed() -> None:
    requests: list[bytes] = []

    def redirect(connection: socket.socket) -> None:
        requests.append(read_request(connection))
        head = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/elsewhere\r\nContent-Length: 0\r\n\r\n"
        connection.sendall(head)

    with serve(redirect) as port:
        response = Transport().send(
            Request("GET", f"http://127.0.0.1:{port}/x", headers={"Authorization": "Bearer t"}), 2.0
        )

    assert response.status == 302
    assert len(requests) == 1


@pytest.mark.parametrize("user", ["", "somebody:password@"], ids=["netrc", "address"])
def test_no_other_password_replaces_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: str) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password netrc-password\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    requests: list[bytes] = []

    def keep(connection: socket.socket) -> None:
        requests.append(read_request(connection))
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with serve(keep) as port:
        Transport().send(Request("GET", f"http://{user}127.0.0.1:{port}/x", headers={"Authorization": "Bearer t"}), 2.0)

    assert b"Authorization: Bearer t" in requests[0]
    assert b"Basic" not in requests[0]


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (Request("POST", "http://"), "InvalidURL: the request is invalid"),
        (Request("POST", "gopher://127.0.0.1/x"), "InvalidURL: the request is invalid"),
        (
            Request("POST", "http://127.0.0.1:9/x", headers={"Authorization": "Bearer planted-€"}),
            "a header has a character that HTTP does not allow",
        ),
        (
            Request("POST", "http://127.0.0.1:9/x", headers={"Authorization": "Bearer planted\nX: y"}),
            "InvalidHeader: the request is invalid",
        ),
        (
            Request("POST", "http://127.0.0.1:9/x", json={"planted": float("nan")}),
            "InvalidJSONError: the request is invalid",
        ),
    ],
    ids=["no host", "no HTTP", "character", "line break", "NaN"],
)
def test_invalid_request_is_impossible_and_not_quoted(request_: Request, reason: str) -> None:
    with pytest.raises(SendError) as failed:
        Transport().send(request_, 2.0)

    assert (failed.value.failure, failed.value.reason) == (SendFailure.IMPOSSIBLE, reason)


def tunnel(connection: socket.socket) -> None:
    """Act as the proxy of one TLS connection, which ends when the server ends it."""
    host, _, port = connection.recv(65536).split()[1].decode().partition(":")
    with socket.create_connection((host, int(port))) as server:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        threading.Thread(target=copy, args=(connection, server), daemon=True).start()
        copy(server, connection)


def copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def test_reset_behind_a_proxy_is_no_response(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """urllib3 calls this a ProxyError, but a second POST could create a second connection."""
    arrived: list[bytes] = []

    def take_and_reset(connection: socket.socket) -> None:
        arrived.append(read_request(connection))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{certificate}.crt")
    with serve(take_and_reset, tls=certificate) as port, serve(tunnel) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:proxy-password@127.0.0.1:{proxy}")
        failed = send_and_fail(f"https://127.0.0.1:{port}/x", timeout=1.0)

    assert arrived[0].startswith(b"POST /x")
    assert failed.failure is SendFailure.NO_RESPONSE


def test_reset_by_a_proxy_that_got_the_request_is_no_response(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(reset_connection) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://user:proxy-password@127.0.0.1:{proxy}")
        failed = send_and_fail("http://example.invalid/x")

    assert failed.failure is SendFailure.NO_RESPONSE
    assert "proxy-password" not in str(failed)


def test_plain_text_inside_tls_is_no_response(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(connection: socket.socket) -> None:
        connection.recv(65536)
        with socket.socket(fileno=os.dup(connection.fileno())) as below:
            below.sendall(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{certificate}.crt")
    with serve(interrupt, tls=certificate) as port:
        assert send_and_fail(f"https://127.0.0.1:{port}/x").failure is SendFailure.NO_RESPONSE


def test_connect_timeout_is_not_sent() -> None:
    with (
        socket.create_server(("127.0.0.1", 0), backlog=0) as server,
        socket.socket() as first,
        socket.socket() as next_,
    ):
        for waiting in (first, next_):
            waiting.settimeout(0)
            waiting.connect_ex(server.getsockname())
        failed = send_and_fail(f"http://127.0.0.1:{server.getsockname()[1]}/x", timeout=0.3)

    assert failed.failure is SendFailure.NOT_SENT
    assert "timed out" in failed.reason


def test_refused_connection_has_the_systems_reason() -> None:
    failed = send_and_fail("http://127.0.0.1:9/x")

    assert (failed.failure, failed.reason) == (SendFailure.NO_LISTENER, os.strerror(errno.ECONNREFUSED))


INTERIM = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
CREATED = b'HTTP/1.1 201 Created\r\nContent-Length: 11\r\n\r\n{"id": "a"}'


@pytest.mark.parametrize("status", [100, 102, 103, 199])
def test_interim_responses_are_skipped(status: int) -> None:
    interim = INTERIM.replace(b"103", str(status).encode())
    with serve(respond_with(interim, INTERIM, CREATED)) as port:
        response = Transport().send(Request("POST", f"http://127.0.0.1:{port}/x"), 2.0)

    assert (response.status, response.json()) == (201, {"id": "a"})
    assert "Link" not in response.headers


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 201 Created\r\nContent-Length: 92, 93\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n",
        b"HTTP/1.1 201 Created\r\n" + b"X-A: b\r\n" * 200 + b"\r\n",
        b"HTTP/9.9 201 Created\r\n\r\n",
    ],
    ids=["lengths", "interim", "headers", "version"],
)
def test_response_that_breaks_http_is_none_and_not_an_invalid_request(head: bytes) -> None:
    with serve(respond_with(head, b'{"id": "a"}')) as port:
        assert send_and_fail(f"http://127.0.0.1:{port}/x").failure is SendFailure.NO_RESPONSE


@pytest.mark.parametrize("location", [b"http://[::1", b"http://x:99999999/", b"\x80\xff", b"", b"//"])
def test_redirect_with_a_malformed_address_is_returned(location: bytes) -> None:
    with serve(respond_with(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n")) as port:
        response = Transport().send(Request("POST", f"http://127.0.0.1:{port}/x"), 2.0)

    assert response.status == 302


def test_next_request_on_a_kept_connection_has_its_own_timeout() -> None:
    def respond_twice(connection: socket.socket) -> None:
        for pause in (0.8, 0.8):
            read_request(connection)
            time.sleep(pause)
            connection.sendall(CREATED)

    with serve(respond_twice) as port:
        transport = Transport()
        statuses = [transport.send(Request("POST", f"http://127.0.0.1:{port}/x"), 1.2).status for _ in range(2)]

    assert statuses == [201, 201]
