"""Answers that no probe expects: each becomes an unknown switch with a reason, and no secret is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from adobe_flow.commands.schema import read_output_schemas
from adobe_flow.probe.report import build_markdown
from adobe_flow.probe.table import PROBES
from tests.cli.command_line import AdobeFlow
from tests.cli.probe.probed import CLIENT_SECRET, Probed, find_throw_aways
from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess

pytestmark = pytest.mark.slow

_JSON = {"content-type": "application/json"}
_MANY = 1_000_000
_MALFORMED_BODIES: tuple[Any, ...] = (
    [],
    None,
    "text",
    {"items": None},
    {"items": [None, 7, {"id": 5, "name": [], "state": {}, "auth": 1, "connectionSpec": "x", "createdAt": "soon"}]},
    {"items": [{"id": "../..", "metrics": {"statusSummary": {"status": 5}}, "createdAt": True, "transformations": 1}]},
    {"items": [{"id": "a", "createdAt": 1e300}], "_links": {"next": {"href": "/connections?continuationToken=a"}}},
    {"items": {"id": "a"}, "_links": []},
    {"id": "somebody-elses", "etag": '"1"', "items": [{"id": "somebody-elses", "name": "theirs", "state": "enabled"}]},
)


def assert_unknown(result: dict[str, Any]) -> None:
    """Nothing was measured, and each switch has a reason."""
    jsonschema.validate(result, json.loads(read_output_schemas()["probe"]), jsonschema.Draft202012Validator)
    assert {each["switch"] for each in result["switches"] if each["status"] == "measured"} == set()
    assert all(each["because"] for each in result["switches"])
    assert build_markdown(result).count("unknown") >= len(PROBES) - 3


@pytest.mark.parametrize(
    "status", [500, 302, 403, *(pytest.param(status, marks=pytest.mark.slow) for status in (503, 401, 429))]
)
def test_service_that_returns_errors_only_leaves_every_switch_unknown(status: int, emulator: EmulatorProcess) -> None:
    for method in ("GET", "POST", "PATCH", "DELETE"):
        route = "POST /connections" if method == "POST" else f"{method} *"
        emulator.fault(route, status=status, times=_MANY, body={"error_code": "1", "message": "no"}, headers=_JSON)

    result = Probed(emulator.url, timeout=0.5, is_patient=False).run()

    assert_unknown(result)
    assert result["switchFile"] == {}


@pytest.mark.parametrize("garbage", ["", "<html>no</html>", '{"items": [', "[" * 100_000, '{"items": NaN}'])
def test_service_that_returns_garbage_leaves_every_switch_unknown(garbage: str, emulator: EmulatorProcess) -> None:
    emulator.fault("GET *", status=200, headers=_JSON, rawBody=garbage, times=_MANY)
    emulator.fault("POST /connections", status=201, headers=_JSON, rawBody=garbage, times=_MANY)

    result = Probed(emulator.url, timeout=0.5, is_patient=False).run()

    known = {each["switch"] for each in result["switches"] if each["status"] == "measured"}
    # A success is a success: these are told by the status alone.
    assert known <= {"sandbox", "unknown_parameters", "spec_version", "credentials"}


@pytest.mark.parametrize(
    "body", [*_MALFORMED_BODIES[-3:], *(pytest.param(body, marks=pytest.mark.slow) for body in _MALFORMED_BODIES[:-3])]
)
def test_malformed_body_causes_no_traceback(body: Any, emulator: EmulatorProcess) -> None:
    for route in ("GET *", "POST /connections", "PATCH *"):
        emulator.fault(route, status=200, headers=_JSON, rawBody=json.dumps(body), times=_MANY)

    probed = Probed(emulator.url, timeout=0.5, is_patient=False)
    result = probed.run()

    jsonschema.validate(result, json.loads(read_output_schemas()["probe"]), jsonschema.Draft202012Validator)
    assert "DELETE" not in {each["method"] for each in emulator.journal()}
    assert probed.session.cleanup.deleted == set()


def test_timed_out_request_leaves_its_switch_unknown(
    emulator: EmulatorProcess,
) -> None:
    emulator.fault("GET /connections/{id}", delayMs=600, times=2)

    result = Probed(emulator.url, timeout=0.5, is_patient=False).run(write=False)

    (error_body,) = (each for each in result["switches"] if each["switch"] == "error_body")
    assert (error_body["status"], "no complete response" in error_body["because"]) == ("unknown", True)
    assert {each["status"] for each in result["switches"] if each["switch"] == "sandbox"} == {"measured"}


def test_unreachable_endpoint_ends_the_probe(adobe_flow: AdobeFlow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADOBE_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("ADOBE_TIMEOUT", "1")

    said = adobe_flow("probe", "--write", "--yes")

    assert said.exit_code == 3
    assert "Traceback" not in said.stderr


@pytest.mark.slow
@pytest.mark.parametrize("status", [201, 400, 500])
def test_probe_report_files_and_output_contain_no_secret(
    status: int, emulator: EmulatorProcess, adobe_flow: AdobeFlow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with AdobeClient(emulator.url) as adobe:
        token = adobe.token
    monkeypatch.setenv("ADOBE_ACCESS_TOKEN", token)
    monkeypatch.setenv("ADOBE_TIMEOUT", "1")
    echo: dict[str, Any] = {
        **dict.fromkeys(("errorMessage", "code", "error_code", "title"), f"{CLIENT_SECRET} {token}"),
        "type": f"https://ns.adobe.com/aep/errors/{token}",
        "report": {token: CLIENT_SECRET},
        token: token,
        "id": token[:40],
        "etag": token,
        "items": [
            {
                "id": token[:40],
                "name": token,
                "state": token,
                "createdAt": 1,
                "auth": {"params": {token: CLIENT_SECRET}},
            },
            {"id": "b", "name": CLIENT_SECRET, "state": CLIENT_SECRET, "createdAt": 2},
        ],
    }
    headers = {**_JSON, "x-request-id": token}
    for route in ("GET /connections/{id}", "POST /connections", "PATCH /connections/{id}", "GET /runs", "GET /flows"):
        emulator.fault(route, status=status, headers=headers, body=echo, times=_MANY)
    emulator.fault("GET /connections", nth=2, status=status, headers=headers, body=echo, times=_MANY)

    said = [adobe_flow("probe", "--write", "--yes", "--output", str(tmp_path)), adobe_flow("probe", "--json")]

    texts = [each.stdout + each.stderr for each in said] + [file.read_text() for file in tmp_path.iterdir()]
    assert len(texts) == 5
    for text in texts:
        assert CLIENT_SECRET not in text
        assert token[:12] not in text


@pytest.mark.parametrize("code", ["ACME lake", "https://acme.example/1100-400", "1100-400 of Dana", "x" * 50])
def test_malformed_error_code_is_not_in_the_report(code: str, emulator: EmulatorProcess) -> None:
    body = {"errorMessage": "ACME lake of Dana", "code": code}
    emulator.fault("GET *", status=400, body=body, headers=_JSON, times=_MANY)

    result = Probed(emulator.url).run(write=False)

    text = json.dumps(result) + build_markdown(result)
    assert "answered with 400" in text
    assert not any(word in text for word in (code, "ACME", "Dana"))


def test_made_up_password_that_the_service_echoes_is_not_in_the_report(emulator: EmulatorProcess) -> None:
    probed = Probed(emulator.url)
    password = probed.session.throw_away.made_up_secret
    emulator.fault("PATCH *", status=400, body={"errorMessage": password, "code": password}, headers=_JSON, times=_MANY)

    result = probed.run()

    assert password not in json.dumps(result) + build_markdown(result) + "".join(probed.said)
    assert password not in repr(probed.session.throw_away)
    assert find_throw_aways(emulator) == []
