"""How exchanges are judged, with a small OpenAPI of our own: Adobe's is no part of the project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from tests.contract.errata import Errata
from tests.contract.exchanges import Exchange, RecordingProxy
from tests.contract.judge import DOCUMENTS, Complaint, Judge
from tests.emulator_process import EmulatorProcess
from tests.stack.project import ROOT

THING = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "sizes": {"type": "array", "items": {"type": "integer"}}},
}
BODY = {"content": {"application/json": {"schema": THING}}}
PATHS = {
    "/things/{ID}": {"get": {"responses": {"200": {"description": "one", **BODY}}}},
    "/things": {"post": {"requestBody": BODY, "responses": {"200": {"description": "made", **BODY}}}},
    "/things/{ID}/": {"delete": {"responses": {"204": {"description": "gone"}}}},
}


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    for name in DOCUMENTS:
        paths = PATHS if name == "flow-service.yaml" else {}
        content = {"openapi": "3.0.1", "info": {"title": name, "version": "1"}, "paths": paths}
        (tmp_path / name).write_text(yaml.safe_dump(content))
    return Judge(tmp_path)


def exchange(method: str, path: str, body: Any = None, answer: Any = None, status: int = 200) -> Exchange:
    json_headers = {"content-type": "application/json"}
    return Exchange(
        method,
        f"/data/foundation/flowservice{path}",
        json_headers if body is not None else {},
        b"" if body is None else json.dumps(body).encode(),
        status,
        json_headers,
        b"" if answer is None else json.dumps(answer).encode(),
    )


@pytest.mark.parametrize(
    ("exchanged", "complaints"),
    [
        (exchange("GET", "/things/1", answer={"name": "a"}), []),
        (exchange("GET", "/things/1", answer={"name": 1}), ["response 200 /name type integer"]),
        (exchange("GET", "/things/1", answer={"name": "a", "sizes": [1, "x"]}), ["response 200 /sizes/* type string"]),
        (exchange("GET", "/things/1", answer={"name": "a"}, status=404), ["response 404 ResponseNotFound"]),
        (exchange("POST", "/things", {}, {"name": "a"}), ["request / required"]),
        (exchange("POST", "/nothing", {}), ["request path"]),
        (exchange("DELETE", "/things/1", status=204), ["request path slash"]),
    ],
    ids=["right", "answer", "in a list", "status", "request", "path", "slash"],
)
def test_complaint_about_a_request_names_the_place_and_the_rule_of_the_openapi(
    judge: Judge, exchanged: Exchange, complaints: list[str]
) -> None:
    assert [complaint.about for complaint in judge.judge(exchanged)] == complaints


def test_exchange_with_another_service_is_not_checked(judge: Judge) -> None:
    assert judge.judge(Exchange("POST", "/ims/token/v3")) == []


def test_erratum_excuses_only_its_own_complaints(tmp_path: Path) -> None:
    entry = {
        "name": "texts",
        "operations": ["flow-service.yaml GET *"],
        "complaints": ["response 200 /items/*/interval type string"],
        "openapi": "a number",
        "document": "crm.md",
        "stance": "a text",
    }
    (tmp_path / "errata.json").write_text(json.dumps([entry]))
    errata = Errata(tmp_path / "errata.json")
    covered = Complaint("flow-service.yaml GET /flows", "response 200 /items/*/interval type string")
    others = [
        Complaint("flow-service.yaml GET /flows", "response 200 /items/*/interval type object"),
        Complaint("flow-service.yaml POST /flows", "response 200 /items/*/interval type string"),
    ]

    assert errata.excuse([covered, *others]) == others
    assert errata.used == {"texts": 1}


def test_every_erratum_names_its_document() -> None:
    errata = Errata().all

    assert len({erratum.name for erratum in errata}) == len(errata)
    assert all(erratum.document and erratum.openapi and erratum.stance and erratum.complaints for erratum in errata)


def test_recording_proxy_stores_the_exchanges_that_it_forwards(emulator: EmulatorProcess) -> None:
    with RecordingProxy(emulator.url) as proxy:
        answer = requests.post(f"{proxy.url}/ims/token/v3?x=1", data={"grant_type": "password"}, timeout=10)
        [kept] = proxy.exchanges

    assert (answer.status_code, kept.status) == (400, 400)
    assert (kept.method, kept.path, kept.query) == ("POST", "/ims/token/v3", [("x", "1")])
    assert kept.body == b"grant_type=password"
    assert json.loads(kept.answer) == answer.json()


@pytest.mark.slow
def test_contract_command_without_arguments_prints_its_usage(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "SPECS"}
    command = [sys.executable, "-m", "tests.contract", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "flow-service.yaml" in done.stderr
