"""The client against the emulator: requests, responses and errors."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.json_patch import create_json_patch
from pulumi_adobe.flow_service.retry import MAX_ATTEMPTS
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.raw_server import read_request, serve
from tests.provider.flow_service.support import (
    GET_ROUTE,
    LIST_ROUTE,
    ORG,
    POST_ROUTE,
    TUTORIAL,
    CreateClient,
    list_requests,
)


def test_create_sends_the_request_of_the_tutorial(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    result = create_client().create("connections", TUTORIAL["request"])

    (post,) = list_requests(emulator, "POST", "/connections")
    assert post["path"] == "/data/foundation/flowservice/connections"
    assert {name: value for name, value in post["body"].items() if name != "auth"} == {
        name: value for name, value in TUTORIAL["request"].items() if name != "auth"
    }
    assert post["headers"]["content-type"] == "application/json"
    assert post["headers"]["x-gw-ims-org-id"] == ORG
    assert set(TUTORIAL["response"]) == {"id", "etag"}
    assert result.etag is not None
    assert result.etag.startswith('"')


def test_get_update_test_and_delete(create_client: CreateClient) -> None:
    client = create_client()
    result = client.create("connections", TUTORIAL["request"])
    changed = client.update(
        "connections", result.id, [{"op": "replace", "path": "/name", "value": "new"}], str(result.etag)
    )

    assert client.get("connections", result.id)["etag"] == changed.etag != result.etag
    assert client.test_connection("connections", result.id) is True
    assert client.delete("connections", result.id) is True
    with pytest.raises(errors.NotFound, match=result.id):
        client.get("connections", result.id)


def test_flow_service_accepts_a_remove_operation_with_an_empty_value(create_client: CreateClient) -> None:
    client = create_client()
    result = client.create("connections", TUTORIAL["request"])
    patch = create_json_patch({"description": "old"}, {})

    client.update("connections", result.id, patch, str(result.etag))

    assert not client.get("connections", result.id).get("description")


def test_create_response_without_an_id_is_unexpected(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    emulator.fault(POST_ROUTE, status=201, body={"etag": '"1"'})

    with pytest.raises(errors.UnexpectedResponse, match=" answered 201 without an id: "):
        create_client().create("connections", TUTORIAL["request"])


@pytest.mark.parametrize("body", [{"items": []}, {"items": [{}, {}]}, {"id": "bare"}], ids=str)
def test_get_response_without_exactly_one_item_is_unexpected(
    create_client: CreateClient, emulator: EmulatorProcess, body: dict[str, Any]
) -> None:
    emulator.fault(GET_ROUTE, status=200, body=body, times=MAX_ATTEMPTS)

    with pytest.raises(errors.UnexpectedResponse, match="without the one requested item"):
        create_client().get("connections", "some")


@pytest.mark.parametrize("shown_id", ["another", 7, None], ids=str)
def test_get_response_with_another_id_is_unexpected(
    create_client: CreateClient, emulator: EmulatorProcess, shown_id: object
) -> None:
    emulator.fault(GET_ROUTE, status=200, body={"items": [{"id": shown_id}]}, times=MAX_ATTEMPTS)

    with pytest.raises(errors.UnexpectedResponse, match="with another item"):
        create_client().get("connections", "some")


@pytest.mark.parametrize("item", [{}, {"id": "some"}, {"id": "SOME"}], ids=str)
def test_get_accepts_an_item_without_id_or_with_another_case(
    create_client: CreateClient, emulator: EmulatorProcess, item: dict[str, Any]
) -> None:
    emulator.fault(GET_ROUTE, status=200, body={"items": [item]})

    assert create_client().get("connections", "some") == item


def test_connection_test_without_a_result_is_unexpected(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    emulator.fault("GET /connections/{id}/test", status=200, body={"result": "yes"}, times=MAX_ATTEMPTS)

    with pytest.raises(errors.UnexpectedResponse, match="without a result"):
        create_client().test_connection("connections", "some")


def test_accepted_delete_is_not_yet_gone(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    emulator.fault("DELETE /connections/{id}", status=202)

    assert create_client().delete("connections", "some") is False


def test_id_with_a_path_in_it_cannot_reach_another_collection(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    with pytest.raises(errors.ResponseError):
        create_client().get("connections", "../flows?x=1#y")

    assert "/connections/..%2Fflows" in emulator.journal()[-1]["path"] or list_requests(emulator, "GET", "/flows") == []


@pytest.mark.parametrize("id_", ["", ".", ".."])
def test_id_that_would_address_the_collection_is_not_sent(
    create_client: CreateClient, emulator: EmulatorProcess, id_: str
) -> None:
    with pytest.raises(errors.InvalidRequest, match="Nothing was sent"):
        create_client().delete("connections", id_)

    assert emulator.journal() == []


def test_at_most_four_connections_are_kept_open(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    client = create_client()
    client.list("connections")
    emulator.fault("GET /flows", times=24, delayMs=150)
    for _ in range(2):
        threads = [threading.Thread(target=client.list, args=("flows",)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    used = [entry["connection"] for entry in list_requests(emulator, "GET", "/flows")]
    assert len(used) == 24
    assert 1 <= len(set(used[:12]) & set(used[12:])) <= 4


def _get(client: FlowServiceClient) -> object:
    return client.get("connections", "some")


@pytest.mark.parametrize(
    ("route", "ask"),
    [
        (GET_ROUTE, _get),
        (LIST_ROUTE, lambda client: client.list("connections")),
        ("GET /connections/{id}/test", lambda client: client.test_connection("connections", "some")),
        (POST_ROUTE, lambda client: client.create("connections", {"name": "x"})),
    ],
)
def test_unexpected_response_does_not_show_echoed_secrets(
    create_client: CreateClient, emulator: EmulatorProcess, route: str, ask: Callable[[FlowServiceClient], object]
) -> None:
    emulator.fault(route, status=200, rawBody="<html>emulator-client-secret</html>", times=MAX_ATTEMPTS)

    with pytest.raises(errors.UnexpectedResponse) as failed:
        ask(create_client())

    assert "emulator-client-secret" not in str(failed.value)
    assert "[secret]" in str(failed.value)


@pytest.mark.parametrize("body", [{"id": ""}, {"id": 7}, {"id": None}, {}])
def test_created_id_must_be_a_nonempty_string(
    create_client: CreateClient, emulator: EmulatorProcess, body: dict[str, Any]
) -> None:
    emulator.fault(POST_ROUTE, status=201, body=body)

    with pytest.raises(errors.UnexpectedResponse, match=" answered 201 without an id: "):
        create_client().create("connections", {"name": "x"})


def test_etag_that_is_no_string_is_none(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    emulator.fault(POST_ROUTE, status=201, body={"id": "some", "etag": 7})

    assert create_client().create("connections", {"name": "x"}).etag is None


def test_error_has_status_code_text_and_retry_after(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    body = {"errorMessage": "slow down", "errorCode": "429050"}
    emulator.fault(GET_ROUTE, status=429, headers={"Retry-After": "100"}, body=body, times=9)

    with pytest.raises(errors.RateLimited) as failed:
        _get(create_client())

    assert (failed.value.status, failed.value.code, failed.value.retry_after) == (429, "429050", 100.0)
    assert "slow down" in failed.value.text


@pytest.mark.parametrize("status", [300, 301, 399])
def test_redirect_is_not_followed(create_client: CreateClient, emulator: EmulatorProcess, status: int) -> None:
    emulator.fault(GET_ROUTE, status=status, headers={"Location": "http://127.0.0.1:9/"}, rawBody="")

    with pytest.raises(errors.UnexpectedResponse):
        _get(create_client())


def test_client_that_sends_nothing_does_not_import_the_http_library() -> None:
    """It takes a tenth of a second, and most runs of a stack change nothing."""
    code = (
        "import sys\n"
        "from pulumi_adobe.config.credentials import Credentials\n"
        "from pulumi_adobe.flow_service.client import FlowServiceClient\n"
        "FlowServiceClient(Credentials('http://127.0.0.1:1', 'http://127.0.0.1:1', 'org', 'dev', 'client', 'secret'))\n"
        "sys.exit('requests' in sys.modules)\n"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_run_action_and_explore_send_their_queries(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    emulator.fault("POST /flows/{id}/action", status=200, body={"id": "f", "etag": '"2"'})
    emulator.fault("GET /connections/{id}/explore", status=200, body=[])
    client = create_client()

    assert client.run_action("flows", "f", "enable").etag == '"2"'
    assert client.explore("c", (("objectType", "root"),)) == []
    assert [(each["method"], each["query"]) for each in emulator.journal()[1:]] == [
        ("POST", {"op": "enable"}),
        ("GET", {"objectType": "root"}),
    ]


@pytest.mark.parametrize(("draft", "query"), [({}, {}), ({"draft": True}, {"mode": "draft"})], ids=["plain", "draft"])
def test_create_asks_for_draft_mode_only_for_a_draft(
    create_client: CreateClient, emulator: EmulatorProcess, draft: dict[str, bool], query: dict[str, str]
) -> None:
    create_client().create("connections", TUTORIAL["request"], **draft)

    assert list_requests(emulator, "POST", "/connections")[0]["query"] == query


@pytest.mark.parametrize(
    ("ask", "route", "lacks"),
    [
        (lambda client: client.test_connection("connections", "c"), "GET /connections/{id}/test", "without a result"),
        (lambda client: client.explore("c", ()), "GET /connections/{id}/explore", "without JSON"),
        (lambda client: client.get("connections", "c"), GET_ROUTE, "without the one requested item"),
        (lambda client: client.list("connections"), LIST_ROUTE, "without a list of items"),
    ],
    ids=["test", "explore", "get", "list"],
)
def test_unexpected_response_names_what_it_lacks(
    create_client: CreateClient,
    emulator: EmulatorProcess,
    ask: Callable[[FlowServiceClient], Any],
    route: str,
    lacks: str,
) -> None:
    body = {"rawBody": "no"} if "explore" in route else {"body": {"a": 1}}
    emulator.fault(route, status=200, times=MAX_ATTEMPTS, **body)

    with pytest.raises(errors.UnexpectedResponse, match=rf" answered 200 {lacks}: "):
        ask(create_client())


def test_invalid_id_is_named_in_the_error_and_not_sent(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    with pytest.raises(errors.InvalidRequest) as refused:
        create_client().delete("connections", "..")

    assert '".."' in refused.value.message
    assert "Nothing was sent" in refused.value.hint
    assert emulator.journal() == []


def test_id_is_quoted_as_one_path_segment() -> None:
    seen: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        seen.append(read_request(connection))
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with serve(behave) as port:
        credentials = Credentials(f"http://127.0.0.1:{port}", "", ORG, "dev", "id", access_token="ready", timeout=5.0)
        assert FlowServiceClient(credentials).delete("connections", "a/b?c") is True

    assert seen[0].startswith(b"DELETE /data/foundation/flowservice/connections/a%2Fb%3Fc HTTP/1.1\r\n")
