"""The whole path of the rows, from a cluster without the Spark key to a dataflow that the service has disabled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command_line import OnStack, assert_valid
from tests.cli.doctor.connection.databricks_server import DatabricksServer, start_databricks_server
from tests.emulator_process import EmulatorProcess
from tests.provider.resources.flow_world import format_time_from_now
from tests.stack.pipelines import ORDERS
from tests.stack.project import ACCESS_TOKEN, PROGRAMS, StackProject

DAY = 86_400
CLUSTER = "0612-200003-abc123"
FLOW = "orders-daily"


@pytest.fixture
def databricks(monkeypatch: pytest.MonkeyPatch) -> Iterator[DatabricksServer]:
    with start_databricks_server(cluster_id=CLUSTER) as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


def test_rows_are_copied_and_the_reason_why_they_are_not_is_named(
    tmp_path: Path,
    emulator: EmulatorProcess,
    databricks: DatabricksServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project = StackProject(tmp_path / "pipeline", emulator, PROGRAMS / "rows_arrive")
    for name, value in {**project.environment(), "COLUMNS": "160"}.items():
        monkeypatch.setenv(name, value)
    adobe_flow = OnStack(project, capsys)

    def configure_cluster(spark_conf: dict[str, str]) -> None:
        databricks.spark_conf = spark_conf
        emulator.set_scenario(clusters={CLUSTER: {"state": "running", "sparkConf": spark_conf}})

    def find_wrong() -> dict[str, str]:
        said = adobe_flow("doctor", "--connection", "ACME lake", "--stack", "dev", "--json")
        assert_valid(said, "doctor")
        assert token not in said.stdout + said.stderr
        # The emulator's clock runs ahead of this machine's, as the check of the clock says.
        wrong = {
            each["check"]: each["text"] + each["todo"] for each in said.json["checks"] if each["status"] == "wrong"
        }
        assert wrong.pop("clock")
        return wrong

    # The cluster lacks the key of the landing zone: the run fails, and the doctor says why.
    project.set_access_token("lake", ACCESS_TOKEN)
    project.write_config(**{"flow-connections:start": format_time_from_now(60)})
    project.up()
    spark_conf = project.output("sparkConf")
    [(key, token)] = spark_conf.items()
    configure_cluster({})
    emulator.turn_clock(120)
    wrong = find_wrong()
    assert set(wrong) == {"Spark key", "last run"}
    assert key in wrong["Spark key"]
    assert "has no credentials for the staging container" in wrong["last run"]
    assert emulator.rows(ORDERS) == []

    # With the key, the next run also moves what the failed one has missed.
    configure_cluster(spark_conf)
    emulator.turn_clock(DAY)
    assert adobe_flow("watch", FLOW, "--stack", "dev").exit_code == 0
    assert [row["_id"] for row in emulator.rows(ORDERS)] == [f"O-500{number}" for number in range(1, 6)]
    assert find_wrong() == {}

    # A new access token of Databricks.
    project.set_access_token("lake", f"{ACCESS_TOKEN}-new")
    rotated = adobe_flow("rotate", "lake", "--stack", "dev", "--resume", "--yes", "--json")
    assert (rotated.exit_code, rotated.json["update"], rotated.json["test"]["result"]) == (0, "done", "passed")
    emulator.turn_clock(DAY)
    watched = adobe_flow("watch", FLOW, "--stack", "dev", "--json")
    assert (watched.exit_code, watched.json["run"]["status"]) == (0, "success")
    assert watched.json["runId"] == emulator.entities()["runs"][-1]["id"]

    # A month of failure: the service disables the dataflow, which is drift until an `up` that shows it.
    configure_cluster({})
    emulator.turn_clock(32 * DAY)
    refreshed = project.refresh("--diff").text
    assert re.search(r"is disabled since 20\d\d-\d\d-\d\d", refreshed)
    assert "anonymous credentials" in refreshed
    configure_cluster(spark_conf)
    assert re.search(r"~ enabled\s*: false => true", project.preview("--diff").text)
    project.up()
    assert [flow["state"] for flow in emulator.entities()["flows"]] == ["enabled"]
