"""`FlowServiceClient.exchange`: the response to a request, whatever its status."""

from __future__ import annotations

import pytest

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.addresses import build_path
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.support import LIST_ROUTE, CreateClient, list_requests

LIST = build_path("connections")


@pytest.mark.parametrize("status", [200, 302, 404, 409, 500])
def test_send_returns_any_status_after_one_request(
    status: int, create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    emulator.fault(LIST_ROUTE, status=status, body={"errorMessage": "so"})

    response = create_client().exchange("GET", LIST)

    assert (response.status, response.json()) == (status, {"errorMessage": "so"})
    assert len(list_requests(emulator, "GET", "/connections")) == 1


def test_header_with_the_value_none_is_not_sent(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    response = create_client().exchange("GET", LIST, headers={"x-sandbox-name": None, "x-more": "yes"})

    (sent,) = list_requests(emulator, "GET", "/connections")
    assert response.status == 400
    assert "x-sandbox-name" not in sent["headers"]
    assert sent["headers"]["x-more"] == "yes"


def test_rejected_credentials_and_a_lost_response_are_errors(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    emulator.fault(LIST_ROUTE, cut="before")
    with pytest.raises(errors.NoResponse):
        create_client().exchange("GET", LIST)

    emulator.fault(LIST_ROUTE, status=401, times=2, body={"error_code": "401013", "message": "no"})
    with pytest.raises(errors.CredentialsRejected):
        create_client().exchange("GET", LIST)


def test_service_clock_is_read_from_an_error_response_too(
    create_client: CreateClient, emulator: EmulatorProcess
) -> None:
    client = create_client()
    emulator.turn_clock(3600)
    before = client.service_time()

    client.exchange("GET", LIST, headers={"x-sandbox-name": None})

    assert (client.service_time() - before).total_seconds() == pytest.approx(3600, abs=5)
