"""The client against the emulator: access tokens."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from pulumi_adobe.flow_service import errors
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.support import (
    LIST_ROUTE,
    TOKEN_ROUTE,
    TUTORIAL,
    CreateClient,
    list_requests,
)


def test_threads_share_one_token(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    client = create_client()
    id_ = client.create("connections", TUTORIAL["request"]).id
    threads = [threading.Thread(target=client.get, args=("connections", id_)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(list_requests(emulator, "POST", "/ims/token/v3")) == 1
    assert len(list_requests(emulator, "GET", id_)) == 16


def test_token_is_renewed_before_it_expires(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    client = create_client()
    client.list("connections")
    client.clock.sleep(86399 - 301)
    client.list("connections")
    assert len(list_requests(emulator, "POST", "/ims/token/v3")) == 1
    client.clock.sleep(2)
    client.list("connections")
    assert len(list_requests(emulator, "POST", "/ims/token/v3")) == 2


def test_revoked_token_is_renewed_once(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    client = create_client()
    client.list("connections")
    emulator.expire_tokens()
    client.list("connections")
    assert len(list_requests(emulator, "POST", "/ims/token/v3")) == 2

    emulator.fault(LIST_ROUTE, status=401, times=10, body={"error_code": "401013", "message": "no"})
    with pytest.raises(errors.CredentialsRejected):
        client.list("connections")
    assert len(list_requests(emulator, "POST", "/ims/token/v3")) == 3


def test_authenticate_fetches_the_token_for_later_requests_and_sends_no_other_request(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    client = create_client()

    client.authenticate()
    assert [each["path"] for each in emulator.journal()] == ["/ims/token/v3"]
    client.list("connections")

    assert len(list_requests(emulator, "POST", "/ims/token/v3")) == 1
    with pytest.raises(errors.CredentialsRejected):
        create_client(client_secret="wrong-client-secret").authenticate()
    emulator.clear_journal()
    create_client(access_token="ready-token-0001").authenticate()
    assert emulator.journal() == []


def test_ready_token_is_not_renewed(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    with pytest.raises(errors.CredentialsRejected):
        create_client(access_token="expired-token", client_secret=None).list("connections")

    assert list_requests(emulator, "POST", "/ims/token/v3") == []
    assert len(list_requests(emulator, "GET", "/connections")) == 1


@pytest.mark.parametrize(
    ("fault", "error_class"),
    [
        ({"status": 400, "body": {"error": "invalid_scope"}}, errors.CredentialsRejected),
        ({"status": 401, "body": {"error": "invalid_client"}}, errors.CredentialsRejected),
        ({"status": 200, "body": {"access_token": "x"}}, errors.UnexpectedResponse),
        ({"status": 200, "rawBody": "<html>login</html>"}, errors.UnexpectedResponse),
        ({"status": 302, "headers": {"Location": "http://127.0.0.1:9/"}}, errors.UnexpectedResponse),
        ({"status": 500}, errors.Unavailable),
    ],
    ids=str,
)
def test_failed_token_request_is_an_error_with_its_reason(
    create_client: CreateClient, emulator: EmulatorProcess, fault: dict[str, Any], error_class: type[Exception]
) -> None:
    emulator.fault(TOKEN_ROUTE, times=20, **fault)

    with pytest.raises(error_class) as failed:
        create_client().list("connections")

    assert "emulator-client-secret" not in str(failed.value)
    assert str(failed.value).startswith("POST /ims/token/v3 answered ")
    assert list_requests(emulator, "GET", "/connections") == []


def test_token_request_is_retried(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    emulator.fault(TOKEN_ROUTE, status=500, times=2)

    create_client().list("connections")

    assert len(list_requests(emulator, "POST", "/token/v3")) == 3


def test_secrets_of_the_credentials_are_redacted_before_the_first_request(create_client: CreateClient) -> None:
    assert create_client().redactor.redact("emulator-client-secret") == "[secret]"
    assert create_client(access_token="ready-token").redactor.redact("ready-token") == "[secret]"


def test_client_for_another_sandbox_shares_token_and_connections(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    client = create_client()
    client.create("connections", TUTORIAL["request"])

    assert client.for_sandbox("prod").list("connections") == []
    assert len(client.list("connections")) == 1
    assert len(list_requests(emulator, "POST", "/token/v3")) == 1
    assert len({each["connection"] for each in emulator.journal()}) == 1
