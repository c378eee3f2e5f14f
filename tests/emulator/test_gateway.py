"""The checks of Adobe's gateway, in their order, and that of the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.emulator.adobe_client import OTHER_ORG, AdobeClient, code_of, lake

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess

HEADERS = ("Authorization", "x-api-key", "x-gw-ims-org-id", "x-sandbox-name")


@pytest.mark.parametrize(
    ("header", "value", "status", "code"),
    [
        ("Authorization", None, 403, "403010"),
        ("Authorization", "Bearer nonsense", 401, "401013"),
        ("Authorization", "Basic nonsense", 401, "401013"),
        ("x-api-key", None, 403, "403000"),
        ("x-api-key", "nobody", 403, "403003"),
        ("x-gw-ims-org-id", None, 400, "400003"),
        ("x-gw-ims-org-id", "ACME", 403, "403027"),
        ("x-gw-ims-org-id", "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg", 403, "403025"),
    ],
)
def test_invalid_header_gets_the_error_of_the_gateway(
    adobe: AdobeClient, header: str, value: str | None, status: int, code: str
) -> None:
    answer = adobe.send("GET", "/connections", headers={header: value})
    assert (answer.status_code, answer.json()["error_code"]) == (status, code)
    assert set(answer.json()) == {"error_code", "message"}


@pytest.mark.parametrize(
    ("header", "code"), list(zip(HEADERS, ["403010", "403000", "400003", "2105-400"], strict=True))
)
def test_first_missing_header_is_reported(adobe: AdobeClient, header: str, code: str) -> None:
    missing: dict[str, str | None] = dict.fromkeys(HEADERS[HEADERS.index(header) :])
    body = adobe.send("GET", "/connections", headers=missing).json()
    assert body.get("error_code", code_of(body)) == code


def test_token_is_checked_before_the_body(adobe: AdobeClient) -> None:
    answer = adobe.send("POST", "/connections", data="{", headers={"Authorization": None})
    assert answer.json()["error_code"] == "403010"


@pytest.mark.parametrize("content_type", ["text/plain", None])
def test_body_of_another_content_type_is_refused(adobe: AdobeClient, content_type: str | None) -> None:
    answer = adobe.send("POST", "/connections", data=b"{}", headers={"Content-Type": content_type})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "A valid content-type must be specified"


def test_content_type_may_name_its_charset(adobe: AdobeClient) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    assert adobe.send("POST", "/connections", json=lake(), headers=headers).status_code == 201


def test_unknown_sandbox_is_not_found(adobe: AdobeClient) -> None:
    answer = adobe.send("GET", "/connections", headers={"x-sandbox-name": "nowhere"})
    assert (answer.status_code, code_of(answer)) == (404, "2100-404")


def test_sandbox_of_the_other_organization_is_not_found(adobe: AdobeClient) -> None:
    headers = {"x-gw-ims-org-id": OTHER_ORG, "x-sandbox-name": "stage"}
    assert adobe.send("GET", "/connections", headers=headers).status_code == 404


def test_sandbox_id_header_is_refused_for_users(adobe: AdobeClient) -> None:
    answer = adobe.send("GET", "/connections", headers={"x-sandbox-id": "some-id"})
    assert code_of(answer) == "2110-400"


@pytest.mark.parametrize("path", ["/connections", "/nowhere", "/connections/unknown"])
def test_every_response_has_its_own_request_id(adobe: AdobeClient, path: str) -> None:
    ids = {adobe.get(path).headers["X-Request-Id"] for _ in range(2)}
    assert len(ids) == 2


def test_organizations_can_be_set_on_the_command_line(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    assert emulator.foreign_create(name="n", org=OTHER_ORG, sandbox="prod")["id"]
    headers = {"x-gw-ims-org-id": OTHER_ORG, "x-sandbox-name": "prod"}
    assert len(adobe.send("GET", "/connections", headers=headers).json()["items"]) == 1
