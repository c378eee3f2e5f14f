"""`adobe-flow doctor --connection`: a line for each thing that the rows need on their way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adobe_flow.doctor.examination import CHECKS, CONNECTION_CHECKS
from tests.cli.command_line import AdobeFlow, Outcome, assert_valid
from tests.cli.doctor.connection.databricks_server import DatabricksServer, start_databricks_server
from tests.cli.doctor.connection.test_source import MYSQL
from tests.emulator.adobe_client import TOKEN, AdobeClient
from tests.emulator.dataflows.way import Way, source
from tests.emulator_process import EmulatorProcess

pytestmark = pytest.mark.slow

BASE = [check.name for check in CHECKS]
OF_DATABRICKS = {"cluster", "landing zone", "Spark key"}
NEW = [check.name for check in CONNECTION_CHECKS if check.name not in BASE or check.name == "landing zone"]


@pytest.fixture
def way(emulator: EmulatorProcess) -> Iterator[Way]:
    with AdobeClient(emulator.url) as adobe:
        yield Way(adobe)


@pytest.fixture
def databricks(monkeypatch: pytest.MonkeyPatch) -> Iterator[DatabricksServer]:
    with start_databricks_server() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def doctor(adobe_flow: AdobeFlow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AdobeFlow:
    """In a folder without a Pulumi project."""
    for name in ("DATABRICKS_HOST", "DATABRICKS_TOKEN"):
        monkeypatch.delenv(name, raising=False)

    def ask(*arguments: str) -> Outcome:
        return adobe_flow("doctor", "--cwd", str(tmp_path), *arguments)

    return ask


def by_check(outcome: Outcome) -> dict[str, dict[str, Any]]:
    assert_valid(outcome, "doctor")
    return {each["check"]: each for each in outcome.json["checks"]}


def test_each_check_of_a_connection_has_a_line_and_changes_nothing(
    doctor: AdobeFlow, way: Way, emulator: EmulatorProcess
) -> None:
    way.made("/flows", way.flow())
    emulator.clear_journal()

    outcome, as_json = doctor("--connection", "lake"), doctor("--connection", "lake", "--json")

    assert (outcome.exit_code, as_json.exit_code) == (0, 0), outcome.stdout
    found = by_check(as_json)
    assert list(found)[-len(NEW) :] == NEW
    unchecked = [name for name in NEW if found[name]["status"] == "unchecked"]
    assert unchecked == ["landing zone", "Spark key"]
    assert "DATABRICKS_TOKEN" in found["Spark key"]["text"]
    assert [line for line in outcome.stdout.splitlines() if line.startswith("✓  last run")]
    assert as_json.json["connection"] == "lake"
    assert TOKEN not in outcome.stdout + as_json.stdout
    sent = [each for each in emulator.journal() if each["path"] != "/ims/token/v3"]
    assert {each["method"] for each in sent} == {"GET"}
    assert not any("landingzone" in each["path"] for each in sent)


def test_unknown_connection_gets_a_suggestion_and_no_further_checks(doctor: AdobeFlow, way: Way) -> None:
    assert way.base

    outcome = doctor("--connection", "lakee", "--json")

    found = by_check(outcome)
    assert outcome.exit_code == 1
    assert "Did you mean lake?" in found["connection"]["todo"]
    assert {found[name]["status"] for name in NEW if name != "connection"} == {"unchecked"}
    assert found["clock"]["status"] == "ok"


def test_stopped_cluster_skips_only_the_checks_of_its_tables(
    doctor: AdobeFlow, way: Way, emulator: EmulatorProcess, databricks: DatabricksServer
) -> None:
    way.made("/flows", way.flow())
    emulator.set_scenario(clusters={"c-1": "stopped"})
    databricks.state = "TERMINATED"

    outcome = doctor("--connection", "lake", "--json")

    found = by_check(outcome)
    assert outcome.exit_code == 1
    assert {name for name, each in found.items() if each["status"] == "wrong"} == {"cluster", "Spark key"}
    assert "TERMINATED" in found["cluster"]["text"]
    assert found["delta column"]["text"] == "not checked, because the check of the cluster failed"
    assert found["schema"]["status"] == "ok"
    assert "planted" not in outcome.stdout + outcome.stderr


def test_connection_of_another_source_has_only_the_checks_that_apply(doctor: AdobeFlow, way: Way) -> None:
    base = way.adobe.create(MYSQL)["id"]
    body = {**source(base), "connectionSpec": MYSQL["connectionSpec"]}
    way.made("/flows", way.flow(sourceConnectionIds=[way.made("/sourceConnections", body)]))

    outcome = doctor("--connection", "shop", "--json")

    assert outcome.exit_code == 0, outcome.stdout
    assert [name for name in by_check(outcome) if name in NEW] == [name for name in NEW if name not in OF_DATABRICKS]


def test_connections_with_one_name_are_listed_by_id(doctor: AdobeFlow, way: Way) -> None:
    other = way.adobe.create()["id"]

    found = by_check(doctor("--connection", "lake", "--json"))

    assert other in found["connection"]["text"]
    assert doctor("--connection", other).exit_code == 0


@pytest.mark.parametrize("width", ["80", "120"])
def test_no_line_is_longer_than_the_terminal(
    doctor: AdobeFlow, way: Way, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    way.made("/flows", way.flow())
    monkeypatch.setenv("COLUMNS", width)

    assert max(map(len, doctor("--connection", "lake").stdout.splitlines())) <= int(width)
