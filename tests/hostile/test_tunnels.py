"""Attacks while a connection is made: by a proxy, and during the TLS handshake."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import pytest

from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.send_errors import SendError
from pulumi_adobe.flow_service.transport import Transport
from tests.hostile.attacks import Attack, be_silent, drip, flood, send
from tests.provider.flow_service.raw_server import Behaviour, read_request, serve

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_proxy")]

TIMEOUT: Final = 1.0
PROXY_ATTACKS: Final[dict[str, Attack]] = {
    "silence": be_silent,
    "dripping status line": drip(b"HTTP/1.1 200 ", b"O"),
    "dripping headers": drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "endless headers": flood(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "dripping 100": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "dripping handshake": drip(b"HTTP/1.1 200 OK\r\n\r\n\x16\x03\x03\x40\x00", b"\x02"),
    "silent handshake": drip(b"HTTP/1.1 200 OK\r\n\r\n", b""),
    "refusal": send(b"HTTP/1.1 407 planted\r\nContent-Length: 0\r\n\r\n"),
    "no HTTP": send(b"planted\r\n\r\n"),
}
HANDSHAKES: Final[dict[str, Attack]] = {
    "silence": be_silent,
    "dripping": drip(b"\x16\x03\x03\x40\x00", b"\x02"),
    "endless": flood(b"", b"\x16\x03\x03\x00\x04\x0e\x00\x00\x00"),
    "no TLS": send(b"HTTP/1.1 400 planted\r\n\r\n"),
}


def _read_and(attack: Attack) -> Behaviour:
    def behave(connection: object) -> None:
        read_request(connection)  # type: ignore[arg-type] # a socket
        attack(connection, b"")  # type: ignore[arg-type] # a socket

    return behave


def _send_and_fail(url: str) -> tuple[SendError, float]:
    started_at = time.monotonic()
    with pytest.raises(SendError) as failed:
        Transport().send(Request("POST", url, json={"a": "planted-body"}), TIMEOUT)
    return failed.value, time.monotonic() - started_at


@pytest.mark.parametrize("attack", PROXY_ATTACKS)
def test_attack_by_a_proxy_ends_in_time_and_no_request_was_sent(attack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(_read_and(PROXY_ATTACKS[attack])) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:planted-password@127.0.0.1:{port}")
        error, seconds = _send_and_fail("https://platform.adobe.io/x")

    assert seconds < TIMEOUT + 2.0
    assert error.failure in {SendFailure.NOT_SENT, SendFailure.NOT_TRUSTED}
    assert f"(through the proxy 127.0.0.1:{port})" in error.reason
    assert "planted-" not in error.reason


@pytest.mark.parametrize("attack", HANDSHAKES)
def test_attack_in_the_tls_handshake_ends_in_time_and_no_request_was_sent(attack: str) -> None:
    with serve(lambda connection: HANDSHAKES[attack](connection, b"")) as port:
        error, seconds = _send_and_fail(f"https://127.0.0.1:{port}/x")

    assert seconds < TIMEOUT + 2.0
    assert error.failure in {SendFailure.NOT_SENT, SendFailure.NOT_TRUSTED}


def test_slow_drip_of_bytes_inside_tls_ends_in_time(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{certificate}.crt")
    with serve(_read_and(drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n")), tls=certificate) as port:
        error, seconds = _send_and_fail(f"https://127.0.0.1:{port}/x")

    assert seconds < TIMEOUT + 2.0
    assert error.failure is SendFailure.NO_RESPONSE
