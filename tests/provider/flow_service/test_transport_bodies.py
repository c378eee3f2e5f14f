"""Bodies of responses: their end, their length and their charset."""

from __future__ import annotations

import gzip
import socket
import time

import pytest

from pulumi_adobe.flow_service import bodies
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.transport import Transport
from tests.provider.flow_service.raw_server import respond_with, serve
from tests.provider.flow_service.support import HEAD, send_and_fail

pytestmark = pytest.mark.usefixtures("no_proxy")


def test_timeout_limits_a_body_that_comes_slowly() -> None:
    def drip(connection: socket.socket) -> None:
        respond_with(HEAD)(connection)
        for _ in range(100):
            connection.sendall(b" ")
            time.sleep(0.1)

    started_at = time.monotonic()
    with serve(drip) as port:
        failed = send_and_fail(f"http://127.0.0.1:{port}/x", timeout=0.5)

    assert failed.failure is SendFailure.NO_RESPONSE
    assert time.monotonic() - started_at < 5


def test_each_wait_for_the_body_is_limited_to_the_remaining_time() -> None:
    def pause(connection: socket.socket) -> None:
        respond_with(HEAD, b"{")(connection)
        time.sleep(1.5)
        connection.sendall(b" ")
        time.sleep(4)

    started_at = time.monotonic()
    with serve(pause) as port:
        failed = send_and_fail(f"http://127.0.0.1:{port}/x", timeout=2.0)

    assert failed.failure is SendFailure.NO_RESPONSE
    assert time.monotonic() - started_at < 1.5 + 2.0


def test_endless_body_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MAX_BODY_LENGTH", 200_000)

    def pour(connection: socket.socket) -> None:
        respond_with(b"HTTP/1.1 200 OK\r\n\r\n")(connection)
        while True:
            connection.sendall(b"x" * 65536)

    with serve(pour) as port:
        response = Transport().send(Request("GET", f"http://127.0.0.1:{port}/x"), 5.0)

    assert 200_000 <= len(response.text) < 300_000


def test_compressed_body_that_comes_byte_by_byte_is_complete() -> None:
    packed = gzip.compress(b'{"a": "' + b"x" * 500 + b'"}')
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    with serve(respond_with(head, *(bytes([byte]) for byte in packed))) as port:
        response = Transport().send(Request("GET", f"http://127.0.0.1:{port}/x"), 2.0)

    assert response.json() == {"a": "x" * 500}


def test_invalid_utf_8_is_replaced() -> None:
    with serve(respond_with(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\na\xff\xfeb")) as port:
        response = Transport().send(Request("GET", f"http://127.0.0.1:{port}/x"), 2.0)

    assert response.text == "a\ufffd\ufffdb"


@pytest.mark.parametrize("charset", ["nonsense", "hex", "idna", "undefined", 'utf-8"x'])
def test_unknown_charset_loses_no_response(charset: str) -> None:
    with serve(respond_with(_build_response(f"application/json; charset={charset}", '{"id": "é"}'.encode()))) as port:
        response = Transport().send(Request("POST", f"http://127.0.0.1:{port}/x"), 2.0)

    assert response.json() == {"id": "é"}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", '{"id": "é"}'.encode()),
        ("text/plain", '{"id": "é"}'.encode()),
        ("text/plain; charset=ISO-8859-1", '{"id": "é"}'.encode("latin-1")),
        ("application/json; Charset=utf-16", '{"id": "é"}'.encode("utf-16")),
        ("application/json", '{"id": "é"}'.encode("utf-8-sig")),
        ("application/json; charset=utf-8", '{"id": "é"}'.encode("utf-8-sig")),
        ("application/json; charset=iso-8859-1", '{"id": "é"}'.encode("utf-8-sig")),
        ("application/json", '{"id": "é"}'.encode("utf-16")),
        ("application/json; charset=utf-8", b"\xfe\xff" + '{"id": "é"}'.encode("utf-16-be")),
        ("application/json", '{"id": "é"}'.encode("utf-16-le")),
        ("application/json", '{"id": "é"}'.encode("utf-16-be")),
        ("application/json; charset=nonsense", '{"id": "é"}'.encode("utf-16-be")),
        ("application/json", '{"id": "é"}'.encode("utf-32")),
    ],
)
def test_body_is_decoded_by_its_mark_or_its_charset_or_as_json(content_type: str, body: bytes) -> None:
    with serve(respond_with(_build_response(content_type, body))) as port:
        response = Transport().send(Request("GET", f"http://127.0.0.1:{port}/x"), 2.0)

    assert response.json() == {"id": "é"}


def test_invalid_bytes_of_a_charset_are_replaced() -> None:
    body = "ab".encode("utf-16") + b"x"
    with serve(respond_with(_build_response("text/plain; charset=utf-16", body))) as port:
        response = Transport().send(Request("GET", f"http://127.0.0.1:{port}/x"), 2.0)

    assert response.text == "ab\ufffd"


def _build_response(content_type: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def test_endless_slow_body_times_out() -> None:
    def drip(connection: socket.socket) -> None:
        respond_with(HEAD)(connection)
        while True:
            connection.sendall(b" ")
            time.sleep(0.02)

    with serve(drip) as port:
        failed = send_and_fail(f"http://127.0.0.1:{port}/x", timeout=0.3)

    assert failed.failure is SendFailure.NO_RESPONSE
    assert failed.reason in {"timed out in the middle of the response", "timed out"}
