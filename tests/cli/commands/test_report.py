from __future__ import annotations

import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from adobe_flow.report.gates import CONDITIONS, COUNTED
from tests.cli.command_line import AdobeFlow, Outcome, assert_valid
from tests.cli.report.digests import TOKEN_CHANGES, chain, digest, lake, step, text
from tests.cli.report.planned import HOUSE_RULES, SECRETS, planned_project
from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import Way, source
from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import ADAPTERS


@pytest.fixture
def report(adobe_flow: AdobeFlow, tmp_path: Path) -> AdobeFlow:
    """The command on a plan, whose file it is given first."""

    def run(document: dict[str, Any] | str, *options: str) -> Outcome:
        file = tmp_path / "plan.json"
        file.write_text(document if isinstance(document, str) else text(document), encoding="utf-8")
        return adobe_flow("report", str(file), *options)

    return run


def test_plan_is_reported_in_every_output_format(report: AdobeFlow, tmp_path: Path) -> None:
    document = chain("update", description="new")
    outcome = report(document, "--json", "--markdown", str(tmp_path / "p.md"), "--html", str(tmp_path / "p.html"))

    assert outcome.exit_code == 0
    assert_valid(outcome, "report")
    assert outcome.json["summary"] == {
        "create": 0,
        "update": 1,
        "replace": 0,
        "delete": 0,
        "unchanged": 3,
        "other": 0,
        "existing": 4,
        "deletions": 0,
    }
    assert outcome.json["dataflows"][0]["name"] == "orders daily"
    assert "1 to update; 3 unchanged" in (tmp_path / "p.md").read_text(encoding="utf-8")
    assert "</html>" in (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "1 to update; 3 unchanged" in report(document).stdout


def test_failed_gate_is_exit_code_1_and_an_override_passes_it_and_is_recorded(
    report: AdobeFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTOR", "dana")
    document = digest(step("delete", "DatabricksSourceConnection", "lake", lake(), None))

    stopped = report(document, "--fail-on", "delete>0,create>0", "--json")
    passed = report(document, "--fail-on", "delete>0", "--override", "delete: OPS-12", "--json")

    assert (stopped.exit_code, stopped.json["verdict"]) == (1, "stopped")
    assert [(each["gate"], each["stops"], each["found"]) for each in stopped.json["gates"]] == [
        ("delete>0", True, ["lake"]),
        ("create>0", False, []),
    ]
    assert (passed.exit_code, passed.json["verdict"]) == (0, "passes")
    assert_valid(passed, "report")
    override = passed.json["gates"][0]["override"]
    assert (override["reason"], override["by"], override["byWordOf"]) == ("OPS-12", "dana", "GITHUB_ACTOR")


def test_failed_preview_is_exit_code_3_whatever_the_gates_decide(report: AdobeFlow) -> None:
    error = {"message": "error: preview failed\n", "severity": "error"}
    outcome = report(digest(diagnostics=[error]), "--fail-on", "delete>0")

    assert outcome.exit_code == 3
    assert "error: preview failed" in outcome.stdout
    assert "The preview failed: this plan may not be complete" in outcome.stdout


@pytest.mark.parametrize(
    ("options", "code", "hint"),
    [
        (("--fail-on", "delet>0"), 2, "did you mean delete"),
        (("--fail-on", "delete>0", "--override", "delete:"), 2, "needs a reason"),
        (("--override", "delete: x"), 2, "there are none"),
        (("--refresh",), 2, "leave out PLAN"),
        (("--fail-on", "violation>0"), 3, "--events"),
        (("--events", "no-such.jsonl"), 3, "no-such.jsonl cannot be read"),
        (("--markdown", "no/such/folder.md"), 3, "cannot be written"),
    ],
)
def test_invalid_report_options_are_explained(
    report: AdobeFlow, options: tuple[str, ...], code: int, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "dana")  # an override says who made it

    outcome = report(chain(), *options)

    assert outcome.exit_code == code
    assert hint in " ".join(outcome.stderr.replace("│", " ").split())


def test_malformed_plan_is_exit_code_3(report: AdobeFlow, adobe_flow: AdobeFlow, tmp_path: Path) -> None:
    (tmp_path / "utf16.json").write_bytes(text(chain()).encode("utf-16"))

    assert "is cut off" in report(text(chain())[:200]).stderr
    assert report(text(chain())[:200]).exit_code == 3
    assert "cannot be read" in adobe_flow("report", str(tmp_path / "no-such.json")).stderr
    assert "is not UTF-8" in adobe_flow("report", str(tmp_path / "utf16.json")).stderr
    assert "There is no plan to report on" in adobe_flow("report").stderr
    assert "--events is the event log of a PLAN" in " ".join(adobe_flow("report", "--events", "e.jsonl").stderr.split())


def test_plan_can_be_read_from_standard_input(adobe_flow: AdobeFlow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sys.stdin", io.TextIOWrapper(io.BytesIO(text(chain("update", description="new")).encode()), encoding="utf-8")
    )

    assert adobe_flow("report", "-", "--json").json["summary"]["update"] == 1


def test_policy_violations_are_read_from_the_event_log(report: AdobeFlow, tmp_path: Path) -> None:
    event = {"policyName": "owner", "policyPackName": "p", "enforcementLevel": "mandatory", "message": "no owner\n"}
    urn = chain()["steps"][1]["urn"]
    log = tmp_path / "events.jsonl"
    log.write_text("\n".join([json.dumps({"policyEvent": {**event, "resourceUrn": urn}})] * 2 + ["", "{}"]))

    outcome = report(chain(), "--events", str(log), "--fail-on", "violation>0", "--json")
    log.write_text("not json")

    assert outcome.exit_code == 1
    assert [(each["policy"], each["resource"]) for each in outcome.json["policies"]] == [("owner", "lake")]
    assert "line 1 is not a JSON object" in report(chain(), "--events", str(log)).stderr
    log.write_text('{"summaryEvent": {}}')
    assert report(chain(), "--events", str(log), "--json").json["policies"] is None


def test_report_lists_dataflows_of_flow_service_that_no_stack_manages(
    report: AdobeFlow, emulator: EmulatorProcess
) -> None:
    with AdobeClient(emulator.url) as adobe:
        way = Way(adobe)
        there = way.made("/flows", way.flow())
    document = digest(step("replace", "DatabricksSourceConnection", "lake", lake(), lake(name="b"), id=way.base))
    gate = ("--fail-on", "replace-in-use", "--json")

    blind, seeing = report(document, *gate), report(document, *gate, "--live")

    assert (blind.exit_code, blind.json["dataflows"]) == (0, [])
    assert seeing.exit_code == 1
    assert_valid(seeing, "report")
    assert [(each["id"], each["managedAs"]) for each in seeing.json["dataflows"]] == [(there, None)]
    assert seeing.json["gates"][0]["found"] == ["lake (orders daily)"]


def test_other_organization_and_unreachable_service_are_reported_and_not_ignored(
    report: AdobeFlow, emulator: EmulatorProcess
) -> None:
    document = digest(step("delete", "DatabricksSourceConnection", "lake", lake(), None))
    emulator.fault("GET /flows", status=403, body={"errorMessage": "no access", "errorCode": "2101-403"})

    outcome = report(document, "--live")

    assert outcome.exit_code == 3
    assert "no access" in outcome.stderr


def test_changed_secret_is_reported_and_can_fail_a_gate(report: AdobeFlow) -> None:
    document = chain("update")
    document["diagnostics"] = [{"message": TOKEN_CHANGES, "severity": "info"}]

    outcome = report(document, "--fail-on", "secret>0")

    assert outcome.exit_code == 1
    assert "(a secret, changed)" in outcome.stdout
    assert "gate secret>0 stops it: lake.accessToken" in outcome.stdout


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("adapter", ADAPTERS)
def test_a_real_preview_is_reported_with_all_that_it_does_and_no_secret(
    emulator: EmulatorProcess, tmp_path: Path, adapter: str
) -> None:
    """One preview with a create, an update, a replacement and a deletion, a rotated token and a policy.

    Every gate stops it, that of deletions in use because of a dataflow that no stack manages.
    """
    project = planned_project(tmp_path / "planned", emulator, adapter)
    foreign = flow_of_somebody_else(emulator, "Nightly exports")
    files = ("--markdown", str(tmp_path / "plan.md"), "--html", str(tmp_path / "plan.html"))
    gates = [name if name in CONDITIONS else f"{name}>0" for name in (*COUNTED, *CONDITIONS)]
    gate_options = ("--fail-on", ",".join(gates), "--live")
    options = ("--stack", "dev", "--policy-pack", str(HOUSE_RULES), *gate_options, *files, "--json")

    outcome = project.adobe_flow("report", *options)
    result = json.loads(outcome.stdout)

    assert outcome.exit_code == 1, outcome.stderr
    assert {each["name"]: each["operation"] for each in result["changes"]} == {
        "warehouse": "create",
        "lake": "update",
        "orders": "replace",
        "orders-daily": "replace",
        "exports": "delete",
    }
    fields = {(c["name"], f["name"]): f["secret"] or f["new"] for c in result["changes"] for f in c["fields"]}
    assert fields["lake", "accessToken"] == "changed"
    assert fields["warehouse", "params.privateKey"] == "set"
    assert fields["exports", "params.s3SecretKey"] == "removed"
    assert fields["orders", "tableName"] == '"acme.customers"'
    assert fields["orders-daily", "sourceConnectionIds"] == "[(known after the update)]"
    assert [(each["policy"], each["level"], each["resource"]) for each in result["policies"]] == [
        ("description", "advisory", "warehouse")
    ]
    assert {each["gate"]: each["stops"] for each in result["gates"]} == dict.fromkeys(gates, True)
    assert result["whole"]
    assert {each["name"]: each["managedAs"] for each in result["dataflows"]} == {
        "orders-daily": "orders-daily",
        foreign: None,
    }
    listed = json.loads(project.adobe_flow("list", "--stack", "dev", "--json").stdout)["connections"]
    assert {"lake", "exports"} <= {each["managedAs"] for each in listed}
    labels = {each["id"]: each["label"] for each in result["drawing"]["nodes"]}
    ends = {(labels[each["from"]], labels[each["to"]]) for each in result["drawing"]["edges"]}
    way = ["Databricks", "lake", "orders", "orders-daily", "profiles", "dataset"]
    assert set(pairwise(way)) <= ends
    everything = (
        outcome.stdout + outcome.stderr + "".join(Path(each).read_text(encoding="utf-8") for each in files[1::2])
    )
    assert not [each for each in SECRETS if each in everything]


def flow_of_somebody_else(emulator: EmulatorProcess, connection: str) -> str:
    """The name of a dataflow that reads from a bucket and that no stack manages."""
    (base,) = [each for each in emulator.connections() if each["name"] == connection]
    spec = {"id": base["connectionSpec"]["id"], "version": "1.0"}
    with AdobeClient(emulator.url) as adobe:
        way = Way(adobe)
        reads = {"params": {"path": "acme.orders"}, "data": {"format": "delimited"}, "connectionSpec": spec}
        files = way.made("/sourceConnections", source(base["id"], **reads))
        mapping = {"name": "Mapping", "params": {"mappingId": way.mapping, "mappingVersion": 0}}
        spec = {"id": "9753525b-82c7-4dce-8a9b-5ccfce2b9876", "version": "1.0"}
        body = {"name": "by hand", "flowSpec": spec, "sourceConnectionIds": [files], "transformations": [mapping]}
        way.made("/flows", way.flow(**body))
    return "by hand"
