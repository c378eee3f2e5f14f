"""Which requests go through a proxy, and how errors name it."""

from __future__ import annotations

import pytest

from pulumi_adobe.flow_service.proxies import choose_proxies, describe_proxy
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.response import Response
from pulumi_adobe.flow_service.transport import Transport
from tests.provider.flow_service.raw_server import reset_connection, respond_with, serve
from tests.provider.flow_service.support import send_and_fail

pytestmark = pytest.mark.usefixtures("no_proxy")

PROXIES = {"http": "http://proxy:3128", "https": "http://proxy:3128", "all": "http://proxy:3128"}


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_request_for_this_machine_passes_no_proxy(name: str, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        serve(respond_with(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) as port,
        serve(reset_connection) as proxy,
    ):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy}")
        response = Transport().send(Request("POST", f"http://{host}:{port}/x", form={"client_secret": "s"}), 2.0)

    assert response.status == 200


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "https://127.254.3.1:8443/x",
        "http://[::1]:8765/x",
        "http://LOCALHOST:1",
        "https://localhost",
    ],
)
def test_every_loopback_address_is_reached_directly(url: str) -> None:
    assert choose_proxies(url, PROXIES) == {}


@pytest.mark.parametrize("url", ["https://platform.adobe.io/x", "https://localhost.example.com/", "https://10.0.0.1/"])
def test_other_machines_are_reached_through_the_proxy(url: str) -> None:
    assert choose_proxies(url, PROXIES) == PROXIES


@pytest.mark.parametrize(
    ("proxy", "name"),
    [
        ("http://user:planted@proxy.example:3128", "proxy.example:3128"),
        ("user:planted@proxy.example:3128", "proxy.example:3128"),
        ("http://proxy.example", "proxy.example"),
        ("socks5h://user:planted@[fd00::1]:1080", "[fd00::1]:1080"),
        ("http://planted:12/34@proxy.example:3128", "at an invalid address"),
        ("http://planted:12#34@proxy.example:3128", "at an invalid address"),
        ("http://user:planted?4@proxy.example:3128", "at an invalid address"),
        ("http://user:planted@:3128", "at an invalid address"),
        ("http://proxy.example:planted", "at an invalid address"),
        ("", ""),
    ],
)
def test_proxy_is_named_without_its_credentials(proxy: str, name: str) -> None:
    assert describe_proxy("https://platform.adobe.io/x", {"https": proxy}) == name


@pytest.mark.parametrize("url", ["https://platform.adobe.io/x", "http://platform.example/x"])
def test_error_names_the_proxy_and_not_its_credentials(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(reset_connection) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"http://user:planted@127.0.0.1:{proxy}")
        failed = send_and_fail(url)

    assert f"127.0.0.1:{proxy}" in failed.reason
    assert "planted" not in failed.reason


def test_error_about_a_page_of_a_proxy_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<p>Log in</p>"
    with serve(respond_with(page)) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://user:planted@127.0.0.1:{proxy}")
        response = Transport().send(Request("GET", "http://platform.example/x"), 2.0)

    message = response.to_unexpected_response("without JSON", str).message
    assert f"127.0.0.1:{proxy}" in message
    assert "planted" not in message


def test_error_without_a_proxy_names_none() -> None:
    assert "proxy" not in Response("GET /x", 200, "no").to_unexpected_response("without JSON", str).message
