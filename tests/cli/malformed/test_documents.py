"""Whatever a state, a config, a plan or a preview holds, a command reads it or says what is wrong with it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from pulumi_adobe.plugin.dynamic.state_format import TYPE_PREFIX as OURS
from tests.cli.malformed.conftest import MalformedWorld
from tests.cli.malformed.test_entities import CONNECTION, FLOW, ID, SOURCE
from tests.cli.malformed.values import MALFORMED_VALUES, nested, replaced, variants
from tests.cli.report.digests import lake, step

TYPE = f"{OURS}DatabricksSourceConnection"
STACK = "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev"
PROVIDER = "urn:pulumi:dev::p::pulumi:providers:pulumi-python::default"
INPUTS = {
    "name": "Lake",
    "description": "the lake",
    "authSpec": "Access Token Authentication",
    "connectionSpec": CONNECTION["connectionSpec"],
    "domain": "https://adb-1.7.azuredatabricks.net",
    "accessToken": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"},
    "accessTokenExpiresAt": "2027-01-01",
}
RESOURCE = {
    "urn": f"urn:pulumi:dev::p::{TYPE}::lake",
    "type": TYPE,
    "id": ID,
    "custom": True,
    "inputs": INPUTS,
    "outputs": {**INPUTS, "sandboxName": "dev", "etag": '"1"', "secretConfirmed": False},
    "initErrors": ["failed"],
}
IMPORT = {"resources": [{"type": TYPE, "name": "new", "id": "<PLACEHOLDER>"}]}
GOALS = {
    STACK: {"goal": {"type": "pulumi:pulumi:Stack", "custom": False}, "steps": ["same"]},
    PROVIDER: {"goal": {"type": "pulumi:providers:pulumi-python", "custom": True}, "steps": ["same"], "state": {}},
    f"urn:pulumi:dev::p::{TYPE}::new": {
        "goal": {
            "type": TYPE,
            "custom": True,
            "parent": STACK,
            "provider": f"{PROVIDER}::1",
            "inputDiff": {"adds": INPUTS},
        },
        "steps": ["create"],
    },
}

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def service(world: MalformedWorld) -> None:
    for collection, item in (("connections", CONNECTION), ("sourceConnections", SOURCE), ("flows", FLOW)):
        world.show(collection, [item])


def state(*resources: Any) -> dict[str, Any]:
    return {"version": 3, "deployment": {"resources": list(resources)}}


@pytest.mark.parametrize("member", ["inputs", "outputs"])
def test_every_command_accepts_malformed_properties_of_a_state(world: MalformedWorld, member: str) -> None:
    resources = [
        {**RESOURCE, "urn": f"{RESOURCE['urn']}{number}", "id": f"{number}", member: properties}
        for number, (_, properties) in enumerate(variants(RESOURCE[member]))
    ]
    world.write(state=state(*resources))

    for command in ("list", "expiring --tokens-only", "doctor", "export"):
        world(*command.split(), "--stack", "dev", "--json")
    world("compare", "stack:dev", "dev", "--json")
    world("compare", "dev", "stack:dev")
    world("promote", "stack:dev", "dev", "--json")


def test_file_that_is_no_pulumi_state_is_refused(world: MalformedWorld) -> None:
    shell = {**RESOURCE, "inputs": {}, "outputs": {}, "initErrors": []}
    for _, document in list(variants(state(shell)))[::3]:
        world.write(state=document)
        said = world("list", "--stack", "dev")
        assert said.exit_code == 0 or "The state of dev" in said.stderr or "printed no JSON object" in said.stderr


@pytest.mark.parametrize("text", ["", "{", "[]", "5", "null", '{"a": NaN}', '{"a": 1e999}', "[" * 2000])
def test_document_that_is_no_json_object_is_refused(world: MalformedWorld, text: str) -> None:
    plan = world.folder / "report.json"
    plan.write_text(text)
    world.write(state=text, preview=text)

    listed, sent = world("list", "--stack", "dev"), world("report", str(plan))
    mapped = world("adopt", "--stack", "dev", "--map-file", str(plan), "--dry-run")

    assert (listed.exit_code, sent.exit_code, mapped.exit_code) == (3, 3, 3)
    world.write(config=text, plan=text, state=state(RESOURCE))
    assert world("list", "--stack", "dev").exit_code == 3
    world.config()
    world("adopt", "--stack", "dev", "--dry-run")


@pytest.mark.parametrize("key", ["connections", "accessTokens"])
def test_every_command_accepts_malformed_config(world: MalformedWorld, key: str) -> None:
    world.write(state=state(RESOURCE))
    for value in (*MALFORMED_VALUES, {"lake": 5}, {"lake": None}, {"lake": {"name": [], "accessTokenExpiresAt": {}}}):
        if value is None:
            continue
        world.config(**{"connections": "{}", "accessTokens": '{"lake": "dapi-1"}', key: json.dumps(value)})
        world("expiring", "--stack", "dev", "--tokens-only", "--json")
        world("promote", "dev", "stack:dev", "--dry-run", "--json")
        world("rotate", "lake", "--stack", "dev", "--resume", "--yes")
    world.config(**{key: "no JSON"})
    assert world("rotate", "lake", "--stack", "dev", "--resume", "--yes").exit_code == 3


def test_every_malformed_plan_is_reported_or_refused(world: MalformedWorld) -> None:
    new = lake(params={"a": ["b"]})
    digest = {
        "steps": [step("update", "DatabricksSourceConnection", "lake", lake(), new, dependencies={"name": [STACK]})],
        "diagnostics": [{"severity": "info", "message": "text", "urn": STACK}],
        "changeSummary": {"same": 1, "update": 1},
        "config": {"a:b": "c"},
        "duration": 1,
    }
    plan = world.folder / "report.json"
    for _, document in list(variants(digest))[::7]:
        plan.write_text(json.dumps(document))
        world("report", str(plan), "--fail-on", "delete>0,dataflow>5", "--json")
    for event in MALFORMED_VALUES:
        plan.write_text(json.dumps(digest))
        events = world.folder / "events.jsonl"
        events.write_text(
            "\n".join(json.dumps(each) for each in ({"policyEvent": event}, {"policyEvent": {"message": event}}))
        )
        world("report", str(plan), "--events", str(events), "--json")


@pytest.mark.parametrize("part", ["members", "inputs"])
def test_every_malformed_plan_of_an_adoption_is_processed_or_refused(world: MalformedWorld, part: str) -> None:
    urn = list(GOALS)[-1]
    if part == "inputs":
        documents = [
            replaced(GOALS, (urn, "goal", "inputDiff", "adds", name), value)
            for name in INPUTS
            for value in MALFORMED_VALUES[::3]
        ]
    else:
        shell = {**GOALS, urn: replaced(GOALS[urn], ("goal", "inputDiff"), {})}
        documents = [document for _, document in variants(shell)][::4]
    for document in documents:
        world.write(state=state(), plan={"resourcePlans": document}, **{"import": IMPORT})
        world("adopt", "--stack", "dev", "--dry-run", "--json")


def test_every_malformed_import_file_is_processed_or_refused(world: MalformedWorld) -> None:
    for _, document in list(variants({**IMPORT, "nameTable": {"a": "urn"}}))[::2]:
        world.write(state=state(), plan={"resourcePlans": GOALS}, **{"import": document})
        world("adopt", "--stack", "dev", "--dry-run", "--json")


def test_stack_file_without_an_end_is_refused(world: MalformedWorld) -> None:
    endless = "config:\n  p:accessTokens: &a\n    lake: *a\n"
    deep = f"config:\n  p:accessTokens: {'[' * 2000}\n"
    for text in (endless, deep, "config: 2026-99-99", "a: !!python/object:os.system x", "\0"):
        (world.folder / "Pulumi.dev.yaml").write_text(text)
        assert world("doctor").exit_code == 1


def test_standard_input_in_another_encoding_is_refused(world: MalformedWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    world.write(state=state(RESOURCE))
    world.config(accessTokens='{"lake": "dapi-1"}', connections="{}")
    for arguments in (("report", "-"), ("rotate", "lake", "--stack", "dev", "--token-stdin", "--yes")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe{"), "utf-8"))
        said = world(*arguments)
        assert (said.exit_code, "UTF-8" in said.stderr) == (3, True)


def test_date_in_the_far_future_breaks_no_command(world: MalformedWorld) -> None:
    headers = {"date": "Fri, 31 Dec 9999 23:59:59 GMT"}
    landing_zone = dict.fromkeys(("containerName", "storageAccountName", "SASToken", "SASUri"), "x" * 9)
    for end in ("0001-01-01", "9999-12-31T23:59:59-14:00", "99999-01-01", "soon", ""):
        body = json.dumps({**landing_zone, "expiryDate": end})
        route = "GET /data/foundation/connectors/landingzone/credentials"
        world.emulator.fault(route, status=200, headers=headers, rawBody=body)
        world("expiring", "--json")


def test_nesting_within_the_limit_is_shown_and_deeper_nesting_is_cut(world: MalformedWorld, tmp_path: Path) -> None:
    assert tmp_path.is_dir()
    for depth in (15, 30, 90, 330):
        world.show("connections", [])
        world.emulator.clear_faults()
        world.show(
            "connections", [{**CONNECTION, "connectionSpec": {**CONNECTION["connectionSpec"], "more": nested(depth)}}]
        )
        assert world("show", "Lake", "--json").exit_code == 0
