"""The token endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from tests.emulator.adobe_client import CREDENTIALS, AdobeClient
from tests.emulator_process import EmulatorProcess

if TYPE_CHECKING:
    from pathlib import Path


def ask(emulator: EmulatorProcess, **changes: Any) -> requests.Response:
    return requests.post(f"{emulator.url}/ims/token/v3", data={**CREDENTIALS, **changes}, timeout=10)


def test_valid_credentials_get_a_long_bearer_token_for_a_day(emulator: EmulatorProcess) -> None:
    body = ask(emulator).json()
    assert (body["token_type"], body["expires_in"]) == ("bearer", 86399)
    assert len(body["access_token"]) > 1000


@pytest.mark.parametrize("version", ["v3", "v2"])
def test_credentials_in_the_query_are_accepted(emulator: EmulatorProcess, version: str) -> None:
    """Adobe's Postman collection asks so, and v2."""
    answer = requests.post(f"{emulator.url}/ims/token/{version}", params=CREDENTIALS, timeout=10)

    assert (answer.status_code, answer.json()["token_type"]) == (200, "bearer")
    assert CREDENTIALS["client_secret"] not in str(emulator.journal())


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_secret": ""}, 400, "invalid_request"),
        ({"scope": ""}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_invalid_credentials_get_the_errors_of_rfc_6749(
    emulator: EmulatorProcess, changes: dict[str, str], status: int, error: str
) -> None:
    answer = ask(emulator, **changes)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert "error_description" in answer.json()


def test_token_is_refused_after_its_lifetime(tmp_path: Path) -> None:
    started = EmulatorProcess.start(tmp_path / "e.sqlite", "--token-lifetime", "0")
    with started as emulator, AdobeClient(emulator.url) as adobe:
        assert adobe.get("/connections").json()["error_code"] == "401013"


def test_token_expired_by_the_control_route_is_refused(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.expire_tokens()
    assert adobe.get("/connections").status_code == 401


def test_client_of_the_command_line_replaces_the_default_client(tmp_path: Path) -> None:
    flags = ("--client-id", "mine", "--client-secret", "my-secret")
    with EmulatorProcess.start(tmp_path / "e.sqlite", *flags) as emulator:
        assert ask(emulator, client_id="mine", client_secret="my-secret").status_code == 200
        assert ask(emulator).status_code == 401
