"""The client against the emulator: tokens, headers, retries, deadlines, pages."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.access import Credentials
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.json_patch import create_json_patch
from pulumi_adobe.flow_service.redaction import Redactor
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.one_server import answering, resetting, serving, whole_request
from tests.provider.lifecycle.world import ORG, SkippingClock

TUTORIAL = json.loads((Path(__file__).parents[2] / "data" / "tutorial.json").read_text(encoding="utf-8"))
POST, GET = "POST /connections", "GET /connections/{id}"
TOKEN = "POST /ims/token/v3"

Make = Callable[..., FlowServiceClient]


@pytest.fixture
def make(emulator: EmulatorProcess) -> Make:
    def made(**changed: Any) -> FlowServiceClient:
        given = {
            "endpoint": emulator.url,
            "ims_endpoint": emulator.url,
            "org_id": ORG,
            "sandbox": "dev",
            "client_id": "emulator-client-id",
            "client_secret": "emulator-client-secret",
            "scopes": "openid",
            "timeout": 60.0,
            **changed,
        }
        return FlowServiceClient(Credentials(**given), Redactor(), SkippingClock())

    return made


def slept(service: FlowServiceClient) -> list[float]:
    assert isinstance(service.clock, SkippingClock)
    return service.clock.slept


def asked(emulator: EmulatorProcess, method: str, end: str) -> list[dict[str, Any]]:
    return [each for each in emulator.journal() if each["method"] == method and each["path"].endswith(end)]


def test_a_create_is_the_tutorials_request(make: Make, emulator: EmulatorProcess) -> None:
    written = make().create("connections", TUTORIAL["request"])

    (post,) = asked(emulator, "POST", "/connections")
    assert post["path"] == "/data/foundation/flowservice/connections"
    assert {name: value for name, value in post["body"].items() if name != "auth"} == {
        name: value for name, value in TUTORIAL["request"].items() if name != "auth"
    }
    assert post["headers"]["content-type"] == "application/json"
    assert post["headers"]["x-gw-ims-org-id"] == ORG
    assert set(TUTORIAL["response"]) == {"id", "etag"}
    assert written.etag is not None
    assert written.etag.startswith('"')


def test_get_update_test_and_delete(make: Make) -> None:
    service = make()
    written = service.create("connections", TUTORIAL["request"])
    changed = service.update(
        "connections", written.id, [{"op": "replace", "path": "/name", "value": "new"}], str(written.etag)
    )

    assert service.get("connections", written.id)["etag"] == changed.etag != written.etag
    assert service.test_connection("connections", written.id) is True
    assert service.delete("connections", written.id) is True
    with pytest.raises(errors.NotFound, match="pulumi refresh"):
        service.get("connections", written.id)


def test_flow_service_takes_a_removal_with_its_empty_value(make: Make) -> None:
    service = make()
    written = service.create("connections", TUTORIAL["request"])
    patch = create_json_patch({"description": "old"}, {})

    service.update("connections", written.id, patch, str(written.etag))

    assert not service.get("connections", written.id).get("description")


def test_an_answer_to_a_create_without_an_id_is_unexpected(make: Make, emulator: EmulatorProcess) -> None:
    emulator.fault(POST, status=201, body={"etag": '"1"'})

    with pytest.raises(errors.UnexpectedResponse, match=" answered 201 without an id: "):
        make().create("connections", TUTORIAL["request"])


def test_many_threads_share_one_token_and_four_connections(make: Make, emulator: EmulatorProcess) -> None:
    service = make()
    id_ = service.create("connections", TUTORIAL["request"]).id
    threads = [threading.Thread(target=service.get, args=("connections", id_)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(asked(emulator, "POST", "/ims/token/v3")) == 1
    assert len(asked(emulator, "GET", id_)) == 16


def test_a_token_is_renewed_before_it_ends(make: Make, emulator: EmulatorProcess) -> None:
    service = make()
    service.list("connections")
    service.clock.sleep(86399 - 301)
    service.list("connections")
    assert len(asked(emulator, "POST", "/ims/token/v3")) == 1
    service.clock.sleep(2)
    service.list("connections")
    assert len(asked(emulator, "POST", "/ims/token/v3")) == 2


def test_a_token_that_was_revoked_is_renewed_once(make: Make, emulator: EmulatorProcess) -> None:
    service = make()
    service.list("connections")
    emulator.expire_tokens()
    service.list("connections")
    assert len(asked(emulator, "POST", "/ims/token/v3")) == 2

    emulator.fault("GET /connections", status=401, times=10, body={"error_code": "401013", "message": "no"})
    with pytest.raises(errors.CredentialsRejected):
        service.list("connections")
    assert len(asked(emulator, "POST", "/ims/token/v3")) == 3


def test_signing_in_gets_the_token_that_later_requests_use_and_asks_nothing_else(
    make: Make, emulator: EmulatorProcess
) -> None:
    service = make()

    service.authenticate()
    assert [each["path"] for each in emulator.journal()] == ["/ims/token/v3"]
    service.list("connections")

    assert len(asked(emulator, "POST", "/ims/token/v3")) == 1
    with pytest.raises(errors.CredentialsRejected):
        make(client_secret="wrong-client-secret").authenticate()
    emulator.clear_journal()
    make(access_token="ready-token-0001").authenticate()
    assert emulator.journal() == []


def test_a_ready_token_is_used_as_it_is(make: Make, emulator: EmulatorProcess) -> None:
    with pytest.raises(errors.CredentialsRejected, match="ADOBE_ACCESS_TOKEN"):
        make(access_token="expired-token", client_secret=None).list("connections")

    assert asked(emulator, "POST", "/ims/token/v3") == []
    assert len(asked(emulator, "GET", "/connections")) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
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
def test_a_token_that_cannot_be_had_is_an_error_with_its_reason(
    make: Make, emulator: EmulatorProcess, fault: dict[str, Any], kind: type[Exception]
) -> None:
    emulator.fault(TOKEN, times=20, **fault)

    with pytest.raises(kind) as failed:
        make().list("connections")

    assert "emulator-client-secret" not in str(failed.value)
    assert str(failed.value).startswith("POST /ims/token/v3 answered ")
    assert asked(emulator, "GET", "/connections") == []


@pytest.mark.parametrize("retry_after", ["7", None])
def test_429_is_waited_out_for_every_method_retry_after_first(
    make: Make, emulator: EmulatorProcess, retry_after: str | None
) -> None:
    headers = {"Retry-After": retry_after} if retry_after else {}
    emulator.fault(POST, status=429, headers=headers, body={"error_code": "429050", "message": "Too many requests"})
    service = make()

    service.create("connections", TUTORIAL["request"])

    assert slept(service) == [7.0] if retry_after else len(slept(service)) == 1
    assert len(asked(emulator, "POST", "/connections")) == 2


def test_an_endless_429_ends_with_the_time_out(make: Make, emulator: EmulatorProcess) -> None:
    emulator.fault(POST, status=429, headers={"Retry-After": "25"}, times=50)
    service = make()

    with pytest.raises(errors.RateLimited):
        service.create("connections", TUTORIAL["request"])

    assert sum(slept(service)) <= 60


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 502}, {"status": 504}, {"cut": "before"}], ids=str)
def test_a_post_is_never_repeated_where_it_may_have_taken_effect(
    make: Make, emulator: EmulatorProcess, fault: dict[str, Any]
) -> None:
    emulator.fault(POST, **fault)

    with pytest.raises((errors.Unavailable, errors.NoResponse)):
        make().create("connections", TUTORIAL["request"])

    assert len(asked(emulator, "POST", "/connections")) == 1


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 504}, {"cut": "before"}, {"cut": "mid-body"}], ids=str)
def test_what_is_safe_to_repeat_is_repeated(make: Make, emulator: EmulatorProcess, fault: dict[str, Any]) -> None:
    service = make()
    written = service.create("connections", TUTORIAL["request"])
    emulator.fault(GET, times=2, **fault)
    assert service.get("connections", written.id)["id"] == written.id

    if fault.get("cut") != "mid-body":
        emulator.fault("DELETE /connections/{id}", **fault)
        assert service.delete("connections", written.id) is True


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 422])
def test_what_would_be_refused_again_is_not_repeated(make: Make, emulator: EmulatorProcess, status: int) -> None:
    emulator.fault(GET, status=status, times=10)

    with pytest.raises(errors.ResponseError):
        make().get("connections", "some")

    assert len(asked(emulator, "GET", "/some")) == (2 if status == 401 else 1)


def test_a_refused_connection_is_tried_again_and_named_with_its_address(make: Make) -> None:
    service = make(endpoint="http://127.0.0.1:9")

    with pytest.raises(errors.Unreachable, match=r"127\.0\.0\.1:9 after 6 attempts") as failed:
        service.create("connections", TUTORIAL["request"])

    assert "Start the emulator" in str(failed.value)
    assert len(slept(service)) == 5


def test_elsewhere_an_unreachable_address_is_a_matter_of_the_network(make: Make) -> None:
    service = make(endpoint="https://127.0.0.1:9")

    with pytest.raises(errors.Unreachable, match="HTTPS_PROXY"):
        service.create("connections", TUTORIAL["request"])


def test_a_rate_of_its_own_is_kept(make: Make) -> None:
    service = make(requests_per_second=2)

    for _ in range(4):
        service.list("connections")

    assert sum(slept(service)) == pytest.approx(2.0)


def test_pages_are_followed_to_the_last(make: Make, emulator: EmulatorProcess) -> None:
    service = make()
    for number in range(7):
        service.create("connections", {**TUTORIAL["request"], "name": str(number)})

    found = service.list("connections", (("limit", "3"),))

    assert [each["name"] for each in found] == [str(number) for number in range(7)]
    assert len(asked(emulator, "GET", "/connections")) == 3


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"items": "none"}, "without a list of items"),
        ({"items": [1]}, "without a list of items"),
        ({"items": [], "_links": {"next": {"href": "/connections?limit=3"}}}, "with a next page that was read already"),
        (
            {"items": [], "_links": {"next": {"href": "/connections"}}},
            "with a next page whose address makes no sense",
        ),
        ({"items": [], "_links": {"next": {"href": 7}}}, "with a next page whose address makes no sense"),
        ({"items": [], "_links": {"next": ["/connections?a=b"]}}, "with a next page whose address makes no sense"),
    ],
)
def test_pages_that_make_no_sense_are_an_error_and_no_loop(
    make: Make, emulator: EmulatorProcess, body: dict[str, Any], words: str
) -> None:
    emulator.fault("GET /connections", status=200, times=5, body=body)

    with pytest.raises(errors.UnexpectedResponse, match=rf" answered 200 {words}: "):
        make().list("connections", (("limit", "3"),))


@pytest.mark.parametrize(
    "links", [None, [], {}, {"next": None}, {"next": {}}, {"next": ""}, {"next": {"href": None}}], ids=str
)
def test_a_page_without_a_link_is_the_last(make: Make, emulator: EmulatorProcess, links: Any) -> None:
    emulator.fault("GET /connections", status=200, body={"items": [{"id": "a"}], "_links": links})

    assert make().list("connections") == [{"id": "a"}]


def test_no_content_is_an_empty_list(make: Make, emulator: EmulatorProcess) -> None:
    emulator.fault("GET /flows", status=204, rawBody="")

    assert make().list("flows") == []


@pytest.mark.parametrize("body", [{"items": []}, {"items": [{}, {}]}, {"id": "bare"}], ids=str)
def test_a_get_without_its_one_item_is_unexpected(make: Make, emulator: EmulatorProcess, body: dict[str, Any]) -> None:
    emulator.fault(GET, status=200, body=body)

    with pytest.raises(errors.UnexpectedResponse, match="one item"):
        make().get("connections", "some")


@pytest.mark.parametrize("there", ["another", 7, None], ids=str)
def test_another_entity_than_was_asked_for_is_not_taken_for_it(
    make: Make, emulator: EmulatorProcess, there: object
) -> None:
    emulator.fault(GET, status=200, body={"items": [{"id": there}]})

    with pytest.raises(errors.UnexpectedResponse, match="another item"):
        make().get("connections", "some")


@pytest.mark.parametrize("item", [{}, {"id": "some"}, {"id": "SOME"}], ids=str)
def test_an_entity_is_known_by_its_id_as_far_as_it_shows_one(
    make: Make, emulator: EmulatorProcess, item: dict[str, Any]
) -> None:
    emulator.fault(GET, status=200, body={"items": [item]})

    assert make().get("connections", "some") == item


def test_a_test_without_a_result_is_unexpected(make: Make, emulator: EmulatorProcess) -> None:
    emulator.fault("GET /connections/{id}/test", status=200, body={"result": "yes"})

    with pytest.raises(errors.UnexpectedResponse, match="without a result"):
        make().test_connection("connections", "some")


def test_a_delete_that_is_only_accepted_is_not_yet_gone(make: Make, emulator: EmulatorProcess) -> None:
    emulator.fault("DELETE /connections/{id}", status=202)

    assert make().delete("connections", "some") is False


def test_an_id_cannot_leave_its_place_in_the_path(make: Make, emulator: EmulatorProcess) -> None:
    with pytest.raises(errors.ResponseError):
        make().get("connections", "../flows?x=1#y")

    assert "/connections/..%2Fflows" in emulator.journal()[-1]["path"] or asked(emulator, "GET", "/flows") == []


def test_the_whole_operation_is_bounded_by_its_time_out(make: Make) -> None:
    with serving(answering(b"HTTP/1.1 503 Unavailable\r\nRetry-After: 59\r\nContent-Length: 0\r\n\r\n")) as port:
        service = make(endpoint=f"http://127.0.0.1:{port}", access_token="ready", timeout=100.0)
        with pytest.raises(errors.Unavailable):
            service.list("connections")

    assert 59 <= sum(slept(service)) <= 100


@pytest.mark.parametrize("id_", ["", ".", ".."])
def test_an_id_that_would_name_the_whole_collection_is_never_sent(
    make: Make, emulator: EmulatorProcess, id_: str
) -> None:
    with pytest.raises(errors.InvalidRequest, match="nothing was sent"):
        make().delete("connections", id_)

    assert emulator.journal() == []


def test_a_next_page_that_cannot_be_asked_for_is_no_end_of_the_list(make: Make, emulator: EmulatorProcess) -> None:
    body = {"items": [{"id": "a"}], "_links": {"next": {"href": "/connections/page/2"}}}
    emulator.fault("GET /connections", status=200, body=body)

    with pytest.raises(errors.UnexpectedResponse, match="next page"):
        make().list("connections")


def test_a_last_attempt_that_was_not_sent_does_not_undo_an_earlier_one_that_was() -> None:
    """Otherwise the error of a PATCH that may have worked would say that nothing was changed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def once() -> None:
            connection, _ = server.accept()
            server.close()
            resetting(connection)
            connection.close()

        threading.Thread(target=once, daemon=True).start()
        access = Credentials(f"http://127.0.0.1:{port}", "", ORG, "dev", "client", access_token="ready-token")
        with pytest.raises(errors.NoResponse, match="may have taken effect"):
            FlowServiceClient(access, clock=SkippingClock()).update("connections", "some", [], '"1"')


def test_who_waits_for_a_pause_longer_than_the_time_out_hears_of_the_pause(make: Make) -> None:
    with serving(answering(b"HTTP/1.1 429 Slow\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n")) as port:
        service = make(endpoint=f"http://127.0.0.1:{port}", access_token="ready")
        with pytest.raises(errors.RateLimited):
            service.list("connections")
        with pytest.raises(errors.Unreachable, match="adobe:timeout") as failed:
            service.list("connections")

    assert "HTTPS_PROXY" not in str(failed.value)
    assert "attempts" not in failed.value.message


def test_at_most_four_connections_are_kept(make: Make, emulator: EmulatorProcess) -> None:
    service = make()
    service.list("connections")
    emulator.fault("GET /flows", times=24, delayMs=150)
    for _ in range(2):
        threads = [threading.Thread(target=service.list, args=("flows",)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    used = [entry["connection"] for entry in asked(emulator, "GET", "/flows")]
    assert len(used) == 24
    assert 1 <= len(set(used[:12]) & set(used[12:])) <= 4


def _get(service: FlowServiceClient) -> object:
    return service.get("connections", "some")


@pytest.mark.parametrize(
    ("route", "ask"),
    [
        (GET, _get),
        ("GET /connections", lambda service: service.list("connections")),
        ("GET /connections/{id}/test", lambda service: service.test("connections", "some")),
        (POST, lambda service: service.create("connections", {"name": "x"})),
    ],
)
def test_a_success_that_makes_no_sense_hides_what_it_echoes(
    make: Make, emulator: EmulatorProcess, route: str, ask: Callable[[FlowServiceClient], object]
) -> None:
    emulator.fault(route, status=200, rawBody="<html>emulator-client-secret</html>")

    with pytest.raises(errors.UnexpectedResponse) as failed:
        ask(make())

    assert "emulator-client-secret" not in str(failed.value)
    assert "[secret]" in str(failed.value)


def test_a_secret_is_known_before_the_first_request(make: Make) -> None:
    assert make().redactor.redact("emulator-client-secret") == "[secret]"
    assert make(access_token="ready-token").redactor.redact("ready-token") == "[secret]"


@pytest.mark.parametrize("body", [{"id": ""}, {"id": 7}, {"id": None}, {}])
def test_an_id_is_a_text_with_something_in_it(make: Make, emulator: EmulatorProcess, body: dict[str, Any]) -> None:
    emulator.fault(POST, status=201, body=body)

    with pytest.raises(errors.UnexpectedResponse, match=" answered 201 without an id: "):
        make().create("connections", {"name": "x"})


def test_an_etag_that_is_no_text_is_none(make: Make, emulator: EmulatorProcess) -> None:
    emulator.fault(POST, status=201, body={"id": "some", "etag": 7})

    assert make().create("connections", {"name": "x"}).etag is None


def test_an_error_carries_what_the_answer_said(make: Make, emulator: EmulatorProcess) -> None:
    body = {"errorMessage": "slow down", "errorCode": "429050"}
    emulator.fault(GET, status=429, headers={"Retry-After": "100"}, body=body, times=9)

    with pytest.raises(errors.RateLimited) as failed:
        _get(make())

    assert (failed.value.status, failed.value.code, failed.value.retry_after) == (429, "429050", 100.0)
    assert "slow down" in failed.value.text


@pytest.mark.parametrize("status", [300, 301, 399])
def test_no_redirect_is_followed_wherever_it_leads(make: Make, emulator: EmulatorProcess, status: int) -> None:
    emulator.fault(GET, status=status, headers={"Location": "http://127.0.0.1:9/"}, rawBody="")

    with pytest.raises(errors.UnexpectedResponse):
        _get(make())


def test_a_token_request_is_sent_again_like_a_read(make: Make, emulator: EmulatorProcess) -> None:
    emulator.fault(TOKEN, status=500, times=2)

    make().list("connections")

    assert len(asked(emulator, "POST", "/token/v3")) == 3


def test_the_services_clock_is_known_from_its_last_answer(make: Make, emulator: EmulatorProcess) -> None:
    service = make()
    before = service.service_time()
    emulator.turn_clock(86_400)
    service.list("connections")

    assert abs((service.service_time() - before).total_seconds() - 86_400) < 30


def test_a_retry_after_date_is_measured_by_the_services_clock(make: Make, emulator: EmulatorProcess) -> None:
    said = {"Date": "Tue, 24 Nov 2020 12:00:00 GMT", "Retry-After": "Tue, 24 Nov 2020 12:00:09 GMT"}
    emulator.fault("GET /connections", status=429, headers=said)
    service = make()

    service.list("connections")

    assert slept(service) == [9.0]


def test_a_run_that_sends_nothing_does_not_import_the_http_library() -> None:
    """It takes a tenth of a second, and most runs of a stack change nothing."""
    code = (
        "import sys\n"
        "from pulumi_adobe.flow_service.access import Access\n"
        "from pulumi_adobe.flow_service.client import FlowService\n"
        "FlowService(Access('http://127.0.0.1:1', 'http://127.0.0.1:1', 'org', 'dev', 'client', 'secret'))\n"
        "sys.exit('requests' in sys.modules)\n"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_another_sandbox_is_asked_with_the_same_token_and_session(make: Make, emulator: EmulatorProcess) -> None:
    service = make()
    service.create("connections", TUTORIAL["request"])

    assert service.for_sandbox("prod").list("connections") == []
    assert len(service.list("connections")) == 1
    assert len(asked(emulator, "POST", "/token/v3")) == 1
    assert len({each["connection"] for each in emulator.journal()}) == 1


def test_an_action_and_an_exploration_are_requests_of_their_own(make: Make, emulator: EmulatorProcess) -> None:
    emulator.fault("POST /flows/{id}/action", status=200, body={"id": "f", "etag": '"2"'})
    emulator.fault("GET /connections/{id}/explore", status=200, body=[])
    service = make()

    assert service.run_action("flows", "f", "enable").etag == '"2"'
    assert service.explore("c", (("objectType", "root"),)) == []
    assert [(each["method"], each["query"]) for each in emulator.journal()[1:]] == [
        ("POST", {"op": "enable"}),
        ("GET", {"objectType": "root"}),
    ]


def test_an_exploration_is_repeated_as_a_read_and_an_action_is_not(make: Make, emulator: EmulatorProcess) -> None:
    for route in ("POST /flows/{id}/action", "GET /connections/{id}/explore"):
        emulator.fault(route, status=503)
        emulator.fault(route, status=200, body={"id": "f"})

    assert make().explore("c", ()) == {"id": "f"}
    with pytest.raises(errors.Unavailable, match=r"^POST ") as failed:
        make().run_action("flows", "f", "enable")

    assert "/flows/f/action answered 503" in failed.value.message


@pytest.mark.parametrize(("draft", "query"), [({}, {}), ({"draft": True}, {"mode": "draft"})], ids=["plain", "draft"])
def test_only_a_draft_is_made_as_one(
    make: Make, emulator: EmulatorProcess, draft: dict[str, bool], query: dict[str, str]
) -> None:
    make().create("connections", TUTORIAL["request"], **draft)

    assert asked(emulator, "POST", "/connections")[0]["query"] == query


@pytest.mark.parametrize(
    ("ask", "route", "lacks"),
    [
        (lambda service: service.test("connections", "c"), "GET /connections/{id}/test", "without a result"),
        (lambda service: service.explore("c", ()), "GET /connections/{id}/explore", "without JSON"),
        (lambda service: service.get("connections", "c"), GET, "without the one item that was asked for"),
        (lambda service: service.list("connections"), "GET /connections", "without a list of items"),
    ],
    ids=["test", "explore", "get", "list"],
)
def test_what_an_answer_lacks_is_named(
    make: Make, emulator: EmulatorProcess, ask: Callable[[FlowServiceClient], Any], route: str, lacks: str
) -> None:
    emulator.fault(route, status=200, **({"rawBody": "no"} if "explore" in route else {"body": {"a": 1}}))

    with pytest.raises(errors.UnexpectedResponse, match=rf" answered 200 {lacks}: "):
        ask(make())


def test_an_id_that_is_none_is_told_and_nothing_sent(make: Make, emulator: EmulatorProcess) -> None:
    with pytest.raises(errors.InvalidRequest) as refused:
        make().delete("connections", "..")

    assert str(refused.value) == '".." is no id of Flow Service.\nCorrect the id; nothing was sent.'
    assert emulator.journal() == []


ADDRESS = "/connections?property=a?b&start=2#part"


@pytest.mark.parametrize("following", [{"href": ADDRESS}, ADDRESS], ids=["documented", "bare"])
def test_the_next_page_is_all_that_its_address_asks_for(
    make: Make, emulator: EmulatorProcess, following: object
) -> None:
    page = {"items": [{"id": "1"}], "_links": {"next": following}}
    emulator.fault("GET /connections", status=200, body=page)
    emulator.fault("GET /connections", status=200, body={"items": [{"id": "2"}]})

    assert make().list("connections") == [{"id": "1"}, {"id": "2"}]
    assert asked(emulator, "GET", "/connections")[1]["query"] == {"property": "a?b", "start": "2"}


def test_an_id_is_one_segment_of_the_path() -> None:
    seen: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        seen.append(whole_request(connection))
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with serving(behave) as port:
        access = Credentials(f"http://127.0.0.1:{port}", "", ORG, "dev", "id", access_token="ready", timeout=5.0)
        assert FlowServiceClient(access).delete("connections", "a/b?c") is True

    assert seen[0].startswith(b"DELETE /data/foundation/flowservice/connections/a%2Fb%3Fc HTTP/1.1\r\n")


@pytest.mark.parametrize("rate", [0.01, 0.02], ids=["too late", "at the very end"])
def test_who_has_no_time_for_its_turn_is_told_at_once(make: Make, rate: float) -> None:
    service = make(requests_per_second=rate, timeout=50.0)
    service.clock.sleep(1000.0)

    with pytest.raises(errors.FlowServiceError, match=r"no time was left of the 50 s of adobe:timeout"):
        service.list("connections")  # its token takes its turn

    assert slept(service) == [1000.0]


def test_a_pause_that_takes_all_the_time_that_is_left_is_not_waited_for(make: Make, emulator: EmulatorProcess) -> None:
    emulator.fault("GET /connections", status=429, headers={"Retry-After": "60"}, times=2)
    service = make(timeout=60.0)

    with pytest.raises(errors.RateLimited):
        service.list("connections")

    assert slept(service) == []


def test_less_than_a_second_is_time_enough(make: Make) -> None:
    assert make(timeout=0.95).list("connections") == []


def test_the_pauses_of_clients_that_failed_together_are_spread(make: Make, emulator: EmulatorProcess) -> None:
    doublings = [0.5, 1.0, 2.0, 4.0, 8.0]
    shares: list[float] = []
    for _ in range(6):
        emulator.fault("GET /connections", status=503, times=6)
        service = make()
        with pytest.raises(errors.Unavailable):
            service.list("connections")
        shares += [pause / longest for pause, longest in zip(slept(service), doublings, strict=True)]

    # Thirty of them: that these hold by chance is less likely than one in a hundred million.
    assert all(0.5 <= share <= 1.0 for share in shares)
    assert min(shares) < 0.75 < max(shares)
