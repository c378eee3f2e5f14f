"""What a broken or hostile server sends in place of a response, by name."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

PLANTED: Final = "planted-3f9c0a71d2"
"""A secret that only the server knows: no error may show it."""

Attack = Callable[[socket.socket, bytes], None]
"""A function that answers a request, whose true response is its second argument, on a connection."""

OK: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED: Final = OK + b"Transfer-Encoding: chunked\r\n\r\n"
REDIRECT: Final = b"HTTP/1.1 302 Found\r\nLocation: "
DRIP_SECONDS: Final = 0.1


def send(*parts: bytes) -> Attack:
    """Return an attack that sends these bytes and closes the connection."""
    return lambda connection, _: connection.sendall(b"".join(parts))


def drip(start: bytes, drops: bytes) -> Attack:
    """Return an attack that sends the drops for ever, each long before a timeout of the socket."""

    def attack(connection: socket.socket, _: bytes) -> None:
        connection.sendall(start)
        while True:
            time.sleep(DRIP_SECONDS)
            connection.sendall(drops)

    return attack


def flood(start: bytes, wave: bytes) -> Attack:
    """Return an attack that sends the wave for ever, as fast as it can."""

    def attack(connection: socket.socket, _: bytes) -> None:
        connection.sendall(start)
        block = wave * (65536 // len(wave) + 1)
        while True:
            connection.sendall(block)

    return attack


def with_body(head: bytes, body: Callable[[], bytes]) -> Attack:
    """Return an attack that sends a complete response with a body that is made when it is needed."""

    def attack(connection: socket.socket, _: bytes) -> None:
        content = body()
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(content) + content)

    return attack


def rewrite(change: Callable[[bytes], Iterable[bytes]]) -> Attack:
    """Return an attack that sends what it makes of the true response's body."""

    def attack(connection: socket.socket, body: bytes) -> None:
        for part in change(body):
            connection.sendall(part)

    return attack


def reset(connection: socket.socket, _: bytes) -> None:
    """Reset the connection in the middle of the response."""
    connection.sendall(OK + b"Content-Length: 500\r\n\r\n{")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def be_silent(_connection: socket.socket, _: bytes) -> None:
    """Send nothing for longer than any test waits."""
    time.sleep(20)


@cache
def build_gzip_bomb() -> bytes:
    """Return 128 MB of blanks in JSON, in about 128 kB."""
    return gzip.compress(b'["' + b" " * (128 << 20), compresslevel=1)


_CUT: Final = b'{"access_token": "%b", "id": ' % PLANTED.encode()
_LONG: Final = b"a" * 1000

ATTACKS: Final[dict[str, Attack]] = {
    "silence": be_silent,
    "dripping status line": drip(b"HTTP/1.1 200 ", b"O"),
    "dripping header": drip(OK + b"X-Long: ", b"a"),
    "dripping headers": drip(OK, b"X-A: b\r\n"),
    "dripping chunk extension": drip(CHUNKED + b"5;x=", b"a"),
    "dripping chunks": drip(CHUNKED, b"1\r\n \r\n"),
    "dripping trailer": drip(CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-A: b\r\n"),
    "dripping body": drip(OK + b"Content-Length: 900\r\n\r\n", b" "),
    "dripping body without an end": drip(OK + b"\r\n", b" "),
    "dripping redirect": drip(REDIRECT + b"/x\r\nContent-Length: 900\r\n\r\n", b" "),
    "dripping 100": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "dripping 103": drip(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
    "dripping header of a 100": drip(b"HTTP/1.1 100 Continue\r\n", b"X-A: b\r\n"),
    "a 103 and silence": drip(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", b""),
    "a 103 and the end": send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
    "a 101": send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
    "contradictory lengths": rewrite(lambda body: [OK + b"Content-Length: 92, 93\r\n\r\n" + body]),
    "two lengths": rewrite(lambda body: [OK + b"Content-Length: 9\r\nContent-Length: 10\r\n\r\n" + body]),
    "short length": rewrite(lambda body: [OK + b"Content-Length: 3\r\n\r\n" + body]),
    "long length": rewrite(lambda body: [OK + b"Content-Length: 5000\r\n\r\n" + body]),
    "malformed redirect": send(REDIRECT, b"http://[::1\r\nContent-Length: 0\r\n\r\n"),
    "redirect to no characters": send(REDIRECT, b"http://x\x80\xff\xfe:99999/\r\nContent-Length: 0\r\n\r\n"),
    "redirect to a secret": send(REDIRECT, b"/?t=" + PLANTED.encode() + b"\r\nContent-Length: 0\r\n\r\n"),
    "reset": reset,
    "no HTTP": send(b"SSH-2.0-" + PLANTED.encode() + b"\r\n\r\n"),
    "HTTP/9": send(b"HTTP/9.9 200 OK\r\n\r\n{}"),
    "status without a meaning": send(b"HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n"),
    "length of a chunk that is no number": send(CHUNKED, b"-1\r\n", _CUT),
    "endless chunk": send(CHUNKED, b"FFFFFFFFFFFFFFFF\r\n", _CUT),
    "cut JSON": send(OK, b"\r\n", _CUT),
    "cut JSON in UTF-16": send(OK, b"\r\n", _CUT.decode().encode("utf-16-le")),
    "cut JSON after a mark": send(OK, b"\r\n\xef\xbb\xbf", _CUT),
    "cut JSON in a page": send(OK, b"\r\n<html><p>Sorry: ", _CUT),
    "cut JSON in a false charset": send(b"HTTP/1.1 200 OK\r\nContent-Type: a/b; charset=cp037\r\n\r\n", _CUT),
    "no gzip": send(OK, b"Content-Encoding: gzip\r\n\r\n", _CUT),
    "nested JSON": with_body(OK, lambda: b"[" * 100_000),
    "huge number": with_body(OK, lambda: b'{"id": ' + b"9" * 100_000 + b"}"),
}
"""Attacks that send little, each tried at each place."""

FLOODS: Final[dict[str, Attack]] = {
    "endless status line": flood(b"HTTP/1.1 200 ", b"O"),
    "endless header": flood(OK + b"X-Long: ", b"a"),
    "endless headers": flood(OK, b"X-A: " + _LONG + b"\r\n"),
    "endless 100": flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "endless chunk extension": flood(CHUNKED + b"5;x=", b"a"),
    "endless trailer": flood(CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-A: " + _LONG + b"\r\n"),
    "endless body": flood(OK + b"\r\n", b"[1234567, "),
    "endless body of a redirect": flood(REDIRECT + b"/x\r\nContent-Length: 9999999999\r\n\r\n", b"a"),
    "endless body of a refusal": flood(b"HTTP/1.1 400 No\r\nContent-Length: 9999999999\r\n\r\n", b"<a"),
    "endless chunks": flood(CHUNKED, b"3e8\r\n" + _LONG + b"\r\n"),
    "gzip bomb": with_body(OK + b"Content-Encoding: gzip\r\n", build_gzip_bomb),
    "a million objects": with_body(OK, lambda: b'{"items": [' + b"{}," * 1_500_000 + b"{}]}"),
    "a million texts": with_body(OK, lambda: b'{"items": [' + b'"ab",' * 900_000 + b'"ab"]}'),
    "just enough objects": with_body(OK, lambda: b'{"items": [' + b'{"a":1},' * 149_000 + b"{}]}"),
    "just enough texts": with_body(OK, lambda: b'{"items": [' + b'"ab",' * 399_000 + b'"ab"]}'),
    "a text of wide characters": with_body(OK, lambda: b'{"items": ["\xf0\x9f\x98\x80' + b"a" * 5_000_000 + b'"]}'),
}
"""Attacks that send as much as they can."""
