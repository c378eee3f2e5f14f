"""Faults: what goes wrong when a test says so."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import requests

from flow_service_emulator.faults import Fault, Faults
from tests.emulator.adobe_client import CREDENTIALS, AdobeClient, lake, replace
from tests.waiting import wait_until

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess

ONE, LIST, CREATE, PATCH = "GET /connections/{id}", "GET /connections", "POST /connections", "PATCH /connections/{id}"


def statuses(adobe: AdobeClient, times: int) -> list[int]:
    return [adobe.get("/connections").status_code for _ in range(times)]


def test_fault_affects_only_the_next_request_of_its_route(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(LIST, status=503)
    assert statuses(adobe, 2) == [503, 200]


def test_fault_affects_the_nth_request_as_often_as_declared(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(LIST, status=503, nth=2, times=2)
    assert statuses(adobe, 4) == [200, 503, 503, 200]


def test_faults_of_one_route_apply_one_after_another(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(LIST, status=503)
    emulator.fault(LIST, status=500)
    assert statuses(adobe, 3) == [503, 500, 200]


def test_fault_does_not_affect_other_routes(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(ONE, status=503)
    assert statuses(adobe, 1) == [200]
    assert adobe.get("/connections/unknown/").status_code == 503


def test_fault_can_affect_the_token_endpoint(emulator: EmulatorProcess) -> None:
    emulator.fault("POST /ims/token/v3", status=500)
    answer = requests.post(f"{emulator.url}/ims/token/v3", data=CREDENTIALS, timeout=10)
    assert answer.status_code == 500


def test_fault_response_has_the_declared_headers_and_body(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(LIST, status=418, headers={"Retry-After": "7"}, body={"said": "so"})
    answer = adobe.get("/connections")
    assert (answer.status_code, answer.headers["Retry-After"], answer.json()) == (418, "7", {"said": "so"})


def test_fault_body_can_be_other_than_json(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(LIST, rawBody="<html>login</html>")
    answer = adobe.get("/connections")
    assert (answer.status_code, answer.text) == (200, "<html>login</html>")


def test_fault_429_without_a_body_gets_the_body_of_the_gateway(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(LIST, status=429)
    assert adobe.get("/connections").json() == {"error_code": "429050", "message": "Too many requests"}


def test_fault_with_a_response_keeps_the_request_from_the_service(
    emulator: EmulatorProcess, adobe: AdobeClient
) -> None:
    emulator.fault(CREATE, status=503)
    adobe.post(lake())
    assert emulator.connections() == []


def test_fault_after_the_effect_applies_the_change_and_returns_its_own_response(
    emulator: EmulatorProcess, adobe: AdobeClient
) -> None:
    emulator.fault(CREATE, status=500, afterEffect=True)
    assert adobe.post(lake()).status_code == 500
    assert len(emulator.connections()) == 1


@pytest.mark.parametrize(("cut", "made"), [("before", 0), ("after", 1)])
def test_cut_fault_resets_the_connection_without_a_response(
    emulator: EmulatorProcess, adobe: AdobeClient, cut: str, made: int
) -> None:
    emulator.fault(CREATE, cut=cut)
    with pytest.raises(requests.ConnectionError, match="reset"):
        adobe.post(lake())
    assert len(emulator.connections()) == made


def test_cut_fault_in_the_body_sends_half_a_response(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(CREATE, cut="mid-body")
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        adobe.post(lake())
    assert len(emulator.connections()) == 1


def test_request_after_a_cut_fault_is_answered(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(LIST, cut="before")
    with pytest.raises(requests.ConnectionError):
        adobe.get("/connections")
    assert statuses(adobe, 1) == [200]


def test_delay_fault_changes_only_the_duration(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(CREATE, delayMs=150)
    begun = time.monotonic()
    assert adobe.post(lake()).status_code == 201
    assert time.monotonic() - begun >= 0.15


def test_request_of_a_client_that_times_out_takes_effect(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(CREATE, delayMs=300)
    with pytest.raises(requests.exceptions.ReadTimeout):
        adobe.session.post(f"{adobe.url}/data/foundation/flowservice/connections", json=lake(), timeout=(20, 0.05))
    wait_until(emulator.connections, 20)
    assert len(emulator.connections()) == 1


def test_stale_etag_fault_makes_a_patch_fail_and_changes_nothing_else(
    emulator: EmulatorProcess, adobe: AdobeClient
) -> None:
    made = adobe.create()
    before = adobe.read(made["id"])
    emulator.fault(PATCH, staleEtag=True)
    assert adobe.patch(made["id"], made["etag"], replace("/name", "n")).status_code == 412
    after = adobe.read(made["id"])
    assert after["etag"] != before["etag"]
    assert {**after, "etag": 0, "version": 0} == {**before, "etag": 0, "version": 0}


@pytest.mark.parametrize("route", [CREATE, ONE])
def test_stale_etag_fault_can_be_combined_with_a_response(
    emulator: EmulatorProcess, adobe: AdobeClient, route: str
) -> None:
    emulator.fault(route, staleEtag=True)
    made = adobe.create()
    etag = made["etag"] if route == CREATE else adobe.read(made["id"])["etag"]
    assert adobe.patch(made["id"], etag, replace("/name", "n")).status_code == 412


def test_pending_faults_can_be_listed_and_removed(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.fault(LIST, status=503, nth=3)
    statuses(adobe, 1)
    assert [(fault["route"], fault["nth"]) for fault in emulator.control("GET", "faults")] == [(LIST, 2)]
    emulator.clear_faults()
    assert statuses(adobe, 3) == [200, 200, 200]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"route": "GET"},
        {"route": LIST, "cut": "sideways"},
        {"route": LIST, "statusCode": 503},
        {"route": LIST, "nth": 0},
        {"route": 7},
        {"route": LIST, "nth": True},
        {"route": LIST, "times": 1.5},
        {"route": LIST, "status": 1e300},
        {"route": LIST, "status": "503"},
        {"route": LIST, "status": 503.0},
        {"route": LIST, "status": 100},
        {"route": LIST, "delayMs": -1},
        {"route": LIST, "headers": ["a"]},
        {"route": LIST, "headers": {"a": "b\nc: d"}},
        {"route": LIST, "headers": {"a\n": "b"}},
        {"route": LIST, "rawBody": {}},
        {"route": LIST, "staleEtag": "yes"},
    ],
    ids=str,
)
def test_invalid_fault_is_refused_and_never_takes_effect(
    emulator: EmulatorProcess, adobe: AdobeClient, body: dict[str, Any]
) -> None:
    answer = requests.post(f"{emulator.url}/_emulator/faults", json=body, timeout=10)

    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert emulator.control("GET", "faults") == []
    assert statuses(adobe, 1) == [200]


@pytest.mark.parametrize("status", [299, 418, 520, 599])
def test_fault_can_return_a_status_unknown_to_http(emulator: EmulatorProcess, adobe: AdobeClient, status: int) -> None:
    """Proxies send such."""
    emulator.fault(LIST, status=status)

    assert statuses(adobe, 2) == [status, 200]


def test_star_in_a_fault_matches_any_method_and_path() -> None:
    faults = Faults()
    faults.add(Fault("* *", status=503, times=2))
    assert faults.take_matching("GET", "/anything") is not None
    assert faults.take_matching("PUT", "/else") is not None
    assert faults.take_matching("GET", "/anything") is None
