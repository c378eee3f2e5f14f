"""The fixtures of the client's tests."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.redaction import Redactor
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.support import ORG, CreateClient, FakeClock


@pytest.fixture
def create_client(emulator: EmulatorProcess) -> CreateClient:
    """A function that creates a client of the emulator; its arguments replace fields of the credentials."""

    def create(**changes: Any) -> FlowServiceClient:
        fields = {
            "endpoint": emulator.url,
            "ims_endpoint": emulator.url,
            "org_id": ORG,
            "sandbox": "dev",
            "client_id": "emulator-client-id",
            "client_secret": "emulator-client-secret",
            "scopes": "openid",
            "timeout": 60.0,
            **changes,
        }
        return FlowServiceClient(Credentials(**fields), Redactor(), FakeClock())

    return create


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the proxies and CA bundles of the environment."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a self-signed certificate of 127.0.0.1 and its key."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    command = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject)
    subprocess.run([*command, "-keyout", str(file), "-out", f"{file}.crt"], check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text(encoding="utf-8"))
    return file
