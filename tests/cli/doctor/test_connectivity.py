"""Which variables count for the way to Adobe, and what is in the way, without a password."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from adobe_flow.doctor.connectivity import check_network, describe_network
from adobe_flow.doctor.context import DoctorContext
from adobe_flow.problem import Problem
from tests.provider.flow_service.raw_server import respond_with, serve
from tests.provider.lifecycle.world import ORG

ADOBE = "https://platform.adobe.io"
BEHIND = {"HTTPS_PROXY": "http://me:planted-pw@proxy.acme.com:3128"}


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "no proxy is set; certificates of Python's certifi"),
        (BEHIND, "by the proxy http://me:…@proxy.acme.com:3128;"),
        ({"HTTP_PROXY": "http://other"}, "no proxy is set;"),
        ({"ALL_PROXY": "socks5://proxy:1080"}, "by the proxy socks5://proxy:1080;"),
        ({**BEHIND, "https_proxy": "http://lower"}, "by the proxy http://lower;"),
        ({"HTTPS_PROXY": "me:planted-pw@proxy:1"}, "by the proxy me:…@proxy:1;"),
        ({**BEHIND, "NO_PROXY": "localhost, .adobe.io"}, "no proxy for platform.adobe.io, by NO_PROXY="),
        ({**BEHIND, "NO_PROXY": "localhost"}, "by the proxy http://me"),
        ({"CURL_CA_BUNDLE": "/a.pem"}, "certificates of CURL_CA_BUNDLE=/a.pem"),
        ({"CURL_CA_BUNDLE": "/a.pem", "REQUESTS_CA_BUNDLE": "/b.pem"}, "certificates of REQUESTS_CA_BUNDLE=/b.pem"),
        ({"SSL_CERT_FILE": "/a.pem"}, "SSL_CERT_FILE is set, but not read"),
    ],
    ids=str,
)
def test_effective_proxy_and_ca_variables_are_reported(environment: dict[str, str], words: str) -> None:
    told = describe_network(environment, ADOBE)

    assert words in told
    assert "planted" not in told


def case(folder: Path, endpoint: str, **environment: str) -> DoctorContext:
    settings = {
        "ADOBE_ENDPOINT": endpoint,
        "ADOBE_IMS_ENDPOINT": endpoint,
        "ADOBE_ORG_ID": ORG,
        "ADOBE_SANDBOX": "dev",
        "ADOBE_CLIENT_ID": "id",
        "ADOBE_CLIENT_SECRET": "planted-secret",
        "ADOBE_TIMEOUT": "1",
    }
    return DoctorContext(folder, None, None, {**settings, **environment})


def test_missing_ca_bundle_is_reported_before_any_request(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"REQUESTS_CA_BUNDLE names /no/such\.pem, which does not exist"):
        check_network(case(tmp_path, ADOBE, REQUESTS_CA_BUNDLE="/no/such.pem"))


def test_untrusted_certificate_is_reported_with_the_variable_that_sets_the_ca_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "server.pem"
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject)
    subprocess.run([*made, "-keyout", f"{file}.key", "-out", f"{file}.crt"], capture_output=True, check=True)
    file.write_text(Path(f"{file}.key").read_text(encoding="utf-8") + Path(f"{file}.crt").read_text(encoding="utf-8"))
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)

    with serve(respond_with(b""), tls=file) as port, pytest.raises(Problem) as found:
        check_network(case(tmp_path, f"https://127.0.0.1:{port}"))

    assert found.value.message.startswith("The server's certificate is not trusted: ")
    assert "self-signed certificate" in found.value.message
    assert "REQUESTS_CA_BUNDLE=/path/to/ca.pem" in found.value.hint
    assert "planted" not in str(found.value)


def test_unreachable_address_is_reported_with_the_effective_proxy_settings(tmp_path: Path) -> None:
    with pytest.raises(Problem) as found:
        check_network(case(tmp_path, "http://127.0.0.1:1", http_proxy="", **BEHIND))

    assert "could not be sent to 127.0.0.1:1" in found.value.message
    assert "In force: no proxy is set" in found.value.hint


def test_proxy_page_is_reported_as_no_response_of_adobe(tmp_path: Path) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html>login</"
    with serve(respond_with(page)) as port, pytest.raises(Problem, match="adobe:imsEndpoint"):
        check_network(case(tmp_path, f"http://127.0.0.1:{port}"))
