"""The body of an error: Flow Service's envelope, and the switch that leaves only the message of it."""

from __future__ import annotations

import pytest

from tests.emulator.adobe_client import ORG, AdobeClient
from tests.emulator_process import EmulatorProcess

TEXT = "flows not found with id = [4890fc95]"


def test_error_has_adobes_envelope(adobe: AdobeClient) -> None:
    answer = adobe.get("/flows/4890fc95")

    assert answer.json() == {
        "type": "https://ns.adobe.com/aep/errors/FLOW-1439-404",
        "title": "Resource not found",
        "status": 404,
        "report": {
            "detailed-message": TEXT,
            "request-id": answer.headers["x-request-id"],
            "id": "4890fc95",
            "type": "flows",
        },
        "errorMessage": TEXT,
        "errorDetails": TEXT,
    }


def test_error_code_of_a_connector_keeps_its_prefix(adobe: AdobeClient) -> None:
    answer = adobe.send("POST", "/connections", json={"connectionSpec": None})
    refused = adobe.post({**_connection(), "name": ""})

    assert answer.json() == {"message": "Please provide a valid spec id"}
    assert refused.json()["type"] == "https://ns.adobe.com/aep/errors/CONNECTOR-1304-400"


def test_switch_reduces_the_error_envelope_to_its_message(adobe: AdobeClient, emulator: EmulatorProcess) -> None:
    emulator.switch(error_body="plain")

    assert adobe.get("/flows/4890fc95").json() == {"errorMessage": TEXT, "errorDetails": TEXT}


@pytest.mark.parametrize(
    "path",
    [
        "catalog/dataSets/none",
        "catalog/batches/none",
        "export/batches/none/meta",
        "conversion/mappingSets/none",
        "schemaregistry/tenant/schemas/none",
        "sandbox-management/sandboxes/none",
    ],
)
def test_other_services_have_no_flow_service_error_code(adobe: AdobeClient, path: str) -> None:
    answer = adobe.session.get(f"{adobe.url}/data/foundation/{path}", headers={"x-gw-ims-org-id": ORG}, timeout=10)

    assert answer.status_code == 404
    assert "type" not in answer.json()


def _connection() -> dict[str, object]:
    return {"name": "n", "connectionSpec": {"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "1.0"}}
