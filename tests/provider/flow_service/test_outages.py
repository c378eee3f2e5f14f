"""The memory of definite failures: one full error for each place, short ones after it, and recovery."""

from __future__ import annotations

import socket
import threading

import pytest

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.outages import SECONDS_BEFORE_NEXT_TRY
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.raw_server import respond_with, serve
from tests.provider.flow_service.support import (
    LIST_ROUTE,
    TOKEN_ROUTE,
    TUTORIAL,
    CreateClient,
    get_pauses,
    list_requests,
)

LIST_RESPONSE = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{"items":[]}'


def _fail(client: FlowServiceClient) -> AdobeError:
    with pytest.raises(errors.FlowServiceError) as failed:
        client.list("connections")
    return failed.value


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(params=["nothing listens", "no such host", "not trusted", "refused"])
def failing_endpoint(
    request: pytest.FixtureRequest, emulator: EmulatorProcess, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The address of a host with a definite failure."""
    monkeypatch.setenv("NO_PROXY", "*")
    return {
        "nothing listens": f"http://127.0.0.1:{free_port}",
        "no such host": "https://nowhere.invalid",
        "not trusted": emulator.url.replace("http:", "https:"),
        "refused": f"https://0.0.0.0:{free_port}",
    }[request.param]


def test_second_request_after_a_definite_failure_fails_without_a_pause_and_refers_to_the_first(
    create_client: CreateClient, failing_endpoint: str
) -> None:
    client = create_client(endpoint=failing_endpoint)
    first = _fail(client)
    pauses = len(get_pauses(client))

    second = _fail(client)

    assert len(get_pauses(client)) == pauses
    assert type(second) is type(first)
    assert "GET /data/foundation/flowservice/connections" in second.message
    assert "another message" in second.hint.lower()
    assert len(str(second)) < 200


def test_credentials_that_are_refused_with_a_new_token_too_are_not_tried_for_each_resource(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    emulator.fault(LIST_ROUTE, status=401, times=99)
    client = create_client()

    kinds = {type(_fail(client)) for _ in range(5)}

    assert kinds == {errors.CredentialsRejected}
    assert len(list_requests(emulator, "GET", "/connections")) == 2


def test_refused_client_secret_asks_for_one_token_only(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    client = create_client(client_secret="wrong-secret")

    kinds = {type(_fail(client)) for _ in range(5)}

    assert kinds == {errors.CredentialsRejected}
    assert len(list_requests(emulator, "POST", "/ims/token/v3")) == 1


def test_client_of_another_sandbox_shares_the_memory(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    emulator.fault(LIST_ROUTE, status=401, times=99)
    client = create_client()
    _fail(client)
    emulator.clear_journal()

    _fail(client.for_sandbox("prod"))

    assert emulator.journal() == []


def test_host_is_tried_again_after_some_seconds_and_its_answer_clears_the_memory(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    emulator.fault(LIST_ROUTE, status=401, times=2)
    client = create_client()
    _fail(client)

    client.clock.sleep(SECONDS_BEFORE_NEXT_TRY)

    assert client.list("connections") == []
    assert client.list("connections") == []


def test_service_that_starts_again_is_reached_in_the_same_process(create_client: CreateClient, free_port: int) -> None:
    client = create_client(endpoint=f"http://127.0.0.1:{free_port}", client_secret=None, access_token="ready-token")
    _fail(client)
    client.clock.sleep(SECONDS_BEFORE_NEXT_TRY)

    with serve(respond_with(LIST_RESPONSE), port=free_port):
        assert client.list("connections") == []
        assert client.list("connections") == []


def test_next_try_of_a_host_that_still_refuses_is_a_single_attempt(
    create_client: CreateClient, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    client = create_client(endpoint=f"https://0.0.0.0:{free_port}")
    _fail(client)
    client.clock.sleep(SECONDS_BEFORE_NEXT_TRY)
    pauses = len(get_pauses(client))

    repeated = _fail(client)

    assert len(get_pauses(client)) == pauses
    assert "another message" in repeated.hint.lower()


def test_token_endpoint_that_fails_is_not_asked_by_each_thread(create_client: CreateClient, free_port: int) -> None:
    client = create_client(ims_endpoint=f"http://127.0.0.1:{free_port}")
    failures: list[AdobeError] = []
    threads = [threading.Thread(target=lambda: failures.append(_fail(client))) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum("another message" not in failure.hint.lower() for failure in failures) == 1
    assert get_pauses(client) == []


def test_failure_that_may_pass_is_not_remembered(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    emulator.fault(LIST_ROUTE, status=503, times=6)
    client = create_client()
    _fail(client)

    assert client.list("connections") == []


def test_token_that_the_service_answers_with_clears_no_refused_credentials(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    emulator.fault(LIST_ROUTE, status=401, times=99)
    client = create_client()
    _fail(client)
    client.clock.sleep(SECONDS_BEFORE_NEXT_TRY)

    repeated = _fail(client)

    assert "another message" in repeated.hint.lower()
    assert len(list_requests(emulator, *TOKEN_ROUTE.split())) == 3


def test_post_after_an_outage_is_known_not_to_be_sent(create_client: CreateClient, free_port: int) -> None:
    client = create_client(endpoint=f"http://127.0.0.1:{free_port}")
    _fail(client)

    with pytest.raises(errors.Unreachable):
        client.create("connections", TUTORIAL["request"])
