"""What really goes wrong below HTTP, and whether the request may have been sent."""

from __future__ import annotations

import errno
import gzip
import os
import socket
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pulumi_adobe.flow_service import wire
from pulumi_adobe.flow_service.no_answer import SendError
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.wire import Transport
from tests.provider.flow_service.one_server import Behaviour, answering, resetting, serving, whole_request

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
GZIP = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate of 127.0.0.1, with its key, in one file."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject)
    subprocess.run([*made, "-keyout", str(file), "-out", f"{file}.crt"], check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


def outcome(url: str, timeout: float = 2.0) -> SendError:
    with pytest.raises(SendError) as failed:
        Transport().send(Request("POST", url, json={"a": "body"}), timeout)
    return failed.value


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (resetting, "the connection ended before a whole answer came"),
        (answering(), "the connection ended before a whole answer came"),
        (answering(HEAD, b'{"a"'), "the connection ended before a whole answer came"),
        (answering(CHUNKED), "the connection ended before a whole answer came"),
        (answering(b"hello\r\n\r\n"), "the connection ended before a whole answer came"),
        (answering(GZIP), "the connection ended before a whole answer came"),
        (lambda _: time.sleep(3), "timed out"),
    ],
    ids=["reset", "closed", "truncated", "truncated chunk", "no HTTP", "no gzip", "silence"],
)
def test_what_ends_after_the_request_went_out_may_have_taken_effect(behaviour: Behaviour, words: str) -> None:
    with serving(behaviour) as port:
        failed = outcome(f"http://127.0.0.1:{port}/x", timeout=1.0)

    assert failed.failure is SendFailure.NO_ANSWER
    assert failed.reason == words


def test_a_body_that_drips_is_bounded_as_a_whole() -> None:
    def drip(connection: socket.socket) -> None:
        answering(HEAD)(connection)
        for _ in range(100):
            connection.sendall(b" ")
            time.sleep(0.1)

    begun = time.monotonic()
    with serving(drip) as port:
        failed = outcome(f"http://127.0.0.1:{port}/x", timeout=0.5)

    assert failed.failure is SendFailure.NO_ANSWER
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:9/x", "refused"),
        ("http://nowhere.invalid/x", ""),
    ],
)
def test_what_never_connected_was_not_sent(url: str, words: str) -> None:
    failed = outcome(url)

    assert failed.failure is SendFailure.NOT_SENT
    assert words in failed.reason
    assert url not in failed.reason


@pytest.mark.parametrize("behaviour", [None, answering(b"HTTP/1.1 407 No\r\n\r\n")], ids=["dead", "refusing"])
def test_a_proxy_that_does_not_serve_means_not_sent_and_its_password_is_not_shown(
    behaviour: Behaviour | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(behaviour or resetting) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:proxy-password@127.0.0.1:{port if behaviour else 9}")
        failed = outcome("https://platform.adobe.io/x")

    assert failed.failure is SendFailure.NOT_SENT
    assert "proxy-password" not in failed.reason


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with serving(answering(HEAD), tls=certificate) as port:
        failed = outcome(f"https://127.0.0.1:{port}/x")

    assert failed.failure is SendFailure.NOT_TRUSTED
    assert "self-signed certificate" in failed.reason


def test_a_ca_bundle_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "no-such.pem"))

    failed = outcome("https://127.0.0.1:9/")

    assert failed.failure is SendFailure.NOT_TRUSTED
    assert "no-such.pem" in failed.reason


def test_a_ca_bundle_of_ones_own_is_honoured(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{certificate}.crt")
    with serving(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), tls=certificate) as port:
        answer = Transport().send(Request("GET", f"https://127.0.0.1:{port}/x"), 2.0)

    assert answer.json() == {}


def test_tls_to_a_port_without_it_is_refused_before_anything_is_sent() -> None:
    def complain(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with serving(complain) as port:
        failed = outcome(f"https://127.0.0.1:{port}/x")

    assert failed.failure is SendFailure.NOT_TRUSTED


def test_a_redirect_is_an_answer_and_nobody_follows_it() -> None:
    asked: list[bytes] = []

    def redirect(connection: socket.socket) -> None:
        asked.append(whole_request(connection))
        head = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/elsewhere\r\nContent-Length: 0\r\n\r\n"
        connection.sendall(head)

    with serving(redirect) as port:
        answer = Transport().send(Request("GET", f"http://127.0.0.1:{port}/x", headers={"Authorization": "Bearer t"}), 2.0)

    assert answer.status == 302
    assert len(asked) == 1


def test_a_netrc_password_never_takes_the_place_of_our_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password netrc-password\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    asked: list[bytes] = []

    def keep(connection: socket.socket) -> None:
        asked.append(whole_request(connection))
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with serving(keep) as port:
        Transport().send(Request("GET", f"http://127.0.0.1:{port}/x", headers={"Authorization": "Bearer t"}), 2.0)

    assert b"Authorization: Bearer t" in asked[0]
    assert b"Basic" not in asked[0]


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (Request("POST", "http://"), "InvalidURL: the request could not be made"),
        (Request("POST", "gopher://127.0.0.1/x"), "InvalidSchema: the request could not be made"),
        (
            Request("POST", "http://127.0.0.1:9/x", headers={"Authorization": "Bearer planted-€"}),
            "a header holds a character that HTTP cannot carry",
        ),
        (
            Request("POST", "http://127.0.0.1:9/x", headers={"Authorization": "Bearer planted\nX: y"}),
            "InvalidHeader: the request could not be made",
        ),
        (
            Request("POST", "http://127.0.0.1:9/x", json={"planted": float("nan")}),
            "InvalidJSONError: the request could not be made",
        ),
    ],
    ids=["no host", "no HTTP", "character", "line break", "NaN"],
)
def test_what_cannot_be_sent_at_all_says_so_and_does_not_quote_it(request_: Request, reason: str) -> None:
    with pytest.raises(SendError) as failed:
        Transport().send(request_, 2.0)

    assert (failed.value.failure, failed.value.reason) == (SendFailure.IMPOSSIBLE, reason)


def tunnelling(connection: socket.socket) -> None:
    """Be the proxy of one TLS connection; it ends where the server ends it."""
    host, _, port = connection.recv(65536).split()[1].decode().partition(":")
    with socket.create_connection((host, int(port))) as server:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        threading.Thread(target=copied, args=(connection, server), daemon=True).start()
        copied(server, connection)


def copied(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def test_a_reset_behind_a_proxy_is_no_failure_of_the_proxy(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second POST would make a second connection: urllib3 calls this one a ProxyError too."""
    arrived: list[bytes] = []

    def take_and_reset(connection: socket.socket) -> None:
        arrived.append(whole_request(connection))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{certificate}.crt")
    with serving(take_and_reset, tls=certificate) as port, serving(tunnelling) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:proxy-password@127.0.0.1:{proxy}")
        failed = outcome(f"https://127.0.0.1:{port}/x", timeout=1.0)

    assert arrived[0].startswith(b"POST /x")
    assert failed.failure is SendFailure.NO_ANSWER


def test_a_reset_by_a_proxy_that_got_the_request_itself_may_have_taken_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(resetting) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://user:proxy-password@127.0.0.1:{proxy}")
        failed = outcome("http://example.invalid/x")

    assert failed.failure is SendFailure.NO_ANSWER
    assert "proxy-password" not in str(failed)


def test_plain_text_in_the_middle_of_tls_may_have_followed_the_request(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(connection: socket.socket) -> None:
        connection.recv(65536)
        with socket.socket(fileno=os.dup(connection.fileno())) as below:
            below.sendall(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{certificate}.crt")
    with serving(interrupt, tls=certificate) as port:
        assert outcome(f"https://127.0.0.1:{port}/x").failure is SendFailure.NO_ANSWER


def test_a_server_that_takes_no_more_connections_got_nothing() -> None:
    with (
        socket.create_server(("127.0.0.1", 0), backlog=0) as server,
        socket.socket() as first,
        socket.socket() as next_,
    ):
        for waiting in (first, next_):
            waiting.settimeout(0)
            waiting.connect_ex(server.getsockname())
        failed = outcome(f"http://127.0.0.1:{server.getsockname()[1]}/x", timeout=0.3)

    assert failed.failure is SendFailure.NOT_SENT
    assert "timed out" in failed.reason


def test_each_wait_for_a_body_is_cut_to_what_is_left() -> None:
    def pausing(connection: socket.socket) -> None:
        answering(HEAD, b"{")(connection)
        time.sleep(1.5)
        connection.sendall(b" ")
        time.sleep(4)

    begun = time.monotonic()
    with serving(pausing) as port:
        failed = outcome(f"http://127.0.0.1:{port}/x", timeout=2.0)

    assert failed.failure is SendFailure.NO_ANSWER
    assert time.monotonic() - begun < 1.5 + 2.0


def test_a_body_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_LONGEST_BODY", 200_000)

    def pour(connection: socket.socket) -> None:
        answering(b"HTTP/1.1 200 OK\r\n\r\n")(connection)
        while True:
            connection.sendall(b"x" * 65536)

    with serving(pour) as port:
        answer = Transport().send(Request("GET", f"http://127.0.0.1:{port}/x"), 5.0)

    assert 200_000 <= len(answer.text) < 300_000


def test_a_compressed_body_that_comes_byte_by_byte_is_whole() -> None:
    packed = gzip.compress(b'{"a": "' + b"x" * 500 + b'"}')
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    with serving(answering(head, *(bytes([byte]) for byte in packed))) as port:
        answer = Transport().send(Request("GET", f"http://127.0.0.1:{port}/x"), 2.0)

    assert answer.json() == {"a": "x" * 500}


def test_a_refused_connection_is_told_in_the_systems_own_words() -> None:
    failed = outcome("http://127.0.0.1:9/x")

    assert (failed.failure, failed.reason) == (SendFailure.NOT_SENT, os.strerror(errno.ECONNREFUSED))


def test_what_is_no_text_is_shown_as_far_as_it_is_one() -> None:
    with serving(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\na\xff\xfeb")) as port:
        answer = Transport().send(Request("GET", f"http://127.0.0.1:{port}/x"), 2.0)

    assert answer.text == "a\ufffd\ufffdb"


@pytest.mark.parametrize("charset", ["nonsense", "hex", "idna", "undefined", 'utf-8"x'])
def test_a_charset_that_nobody_knows_loses_no_answer(charset: str) -> None:
    with serving(answering(_json_of(f"application/json; charset={charset}", '{"id": "é"}'.encode()))) as port:
        answer = Transport().send(Request("POST", f"http://127.0.0.1:{port}/x"), 2.0)

    assert answer.json() == {"id": "é"}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", '{"id": "é"}'.encode()),
        ("text/plain", '{"id": "é"}'.encode()),
        ("text/plain; charset=ISO-8859-1", '{"id": "é"}'.encode("latin-1")),
        ("application/json; Charset=utf-16", '{"id": "é"}'.encode("utf-16")),
    ],
)
def test_a_body_is_read_as_its_charset_says_and_as_utf_8_where_none_is_named(content_type: str, body: bytes) -> None:
    with serving(answering(_json_of(content_type, body))) as port:
        answer = Transport().send(Request("GET", f"http://127.0.0.1:{port}/x"), 2.0)

    assert answer.json() == {"id": "é"}


def test_what_is_no_text_of_its_charset_is_shown_as_far_as_it_is_one() -> None:
    body = "ab".encode("utf-16") + b"x"
    with serving(answering(_json_of("text/plain; charset=utf-16", body))) as port:
        answer = Transport().send(Request("GET", f"http://127.0.0.1:{port}/x"), 2.0)

    assert answer.text == "ab\ufffd"


def _json_of(content_type: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def test_a_body_that_comes_byte_by_byte_until_the_end_of_time_is_told_so() -> None:
    def dripping(connection: socket.socket) -> None:
        answering(HEAD)(connection)
        while True:
            connection.sendall(b" ")
            time.sleep(0.02)

    with serving(dripping) as port:
        failed = outcome(f"http://127.0.0.1:{port}/x", timeout=0.3)

    assert failed.failure is SendFailure.NO_ANSWER
    assert failed.reason in {"timed out in the middle of the answer", "timed out"}
