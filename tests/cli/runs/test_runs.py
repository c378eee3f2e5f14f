"""`adobe-flow runs`: every run of a dataflow, however the service shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.cli.runs.scene import DAY, NO_SPARK_KEY, RunsScene
from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import Way
from tests.emulator_process import EmulatorProcess

pytestmark = pytest.mark.slow


def test_runs_show_rows_duration_error_and_remedy(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    flow = scene.recurring()
    scene.rule(seconds=30)
    scene.go_on()
    scene.go_on(30)
    scene.rule(**NO_SPARK_KEY)
    scene.go_on(DAY)

    outcome, as_json = adobe_flow("runs", "orders daily"), adobe_flow("runs", flow, "--json")

    assert (outcome.exit_code, as_json.exit_code) == (1, 1)
    assert_valid(as_json, "runs")
    (dataflow,) = as_json.json["dataflows"]
    failed, good = dataflow["runs"]
    assert (good["status"], good["seconds"], good["rowsFailed"], good["errors"]) == ("success", 30, 0, [])
    assert good["rowsRead"] == good["rowsWritten"] > 0
    assert (failed["status"], failed["rowsWritten"]) == ("failed", 0)
    assert [each["code"] for each in failed["errors"]] == ["CONNECTOR-1001-500", "2200", None]
    assert failed["remedies"] == [failed["errors"][2]["remedy"]]
    assert "fs.azure.sas" in failed["remedies"][0]
    assert "30 s" in outcome.stdout
    assert failed["id"] in outcome.stdout
    assert "fs.azure.sas" in outcome.stdout


@pytest.mark.parametrize("spelling", ["camel", "upper", "capital"])
@pytest.mark.parametrize("times", ["milliseconds", "seconds"])
@pytest.mark.parametrize("path", ["property", "path"])
def test_run_in_each_documented_format_is_read_the_same(
    adobe_flow: AdobeFlow, scene: RunsScene, spelling: str, times: str, path: str
) -> None:
    flow = scene.recurring()
    scene.go_on()
    plain = adobe_flow("runs", flow, "--json").json
    scene.emulator.switch(run_status=spelling, run_times=times, runs_path=path)

    outcome = adobe_flow("runs", flow, "--json").json

    assert outcome == plain
    assert plain["dataflows"][0]["runs"][0]["status"] == "success"


def test_sizes_missing_in_the_response_are_null(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    scene.recurring()
    scene.go_on()
    scene.emulator.switch(input_bytes="unknown")

    outcome = adobe_flow("runs", "--json")

    assert_valid(outcome, "runs")
    assert outcome.json["dataflows"][0]["runs"][0]["bytesRead"] is None


def test_run_in_progress_has_a_duration_and_is_exit_code_0(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    scene.recurring()
    scene.rule(seconds=3600)
    scene.go_on()
    scene.go_on(600)

    outcome = adobe_flow("runs", "--json")

    (run,) = outcome.json["dataflows"][0]["runs"]
    assert (outcome.exit_code, run["status"], run["completedAt"]) == (0, "inProgress", None)
    assert 600 <= run["seconds"] < 800


def test_failed_rows_of_a_successful_run_are_exit_code_1(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    scene.recurring()
    scene.rule(code="INGEST-1555-400", failedRows=1)
    scene.go_on()

    outcome = adobe_flow("runs", "--json")

    (run,) = outcome.json["dataflows"][0]["runs"]
    assert (outcome.exit_code, run["status"], run["rowsFailed"]) == (1, "success", 1)
    assert [each["code"] for each in run["errors"]] == ["INGEST-1212-400", "INGEST-1555-400"]


def test_option_since_omits_older_runs_and_reads_beyond_the_limit(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    flow = scene.recurring()
    scene.go_on()
    scene.go_on(20 * DAY)

    def count(*arguments: str) -> int:
        return len(adobe_flow("runs", flow, "--json", *arguments).json["dataflows"][0]["runs"])

    assert (count(), count("--limit", "3")) == (10, 3)
    assert (count("--since", "36h"), count("--since", "15d"), count("--since", "2020-01-01")) == (2, 15, 21)
    assert "no run since" in adobe_flow("runs", flow, "--since", "1m").stdout


def test_runs_of_all_sandboxes_are_listed_and_a_refused_sandbox_is_named(
    adobe_flow: AdobeFlow, scene: RunsScene
) -> None:
    scene.recurring()
    scene.go_on()
    scene.emulator.fault("GET /flows", status=403, body={"errorMessage": "no access", "errorCode": "2101-403"})

    outcome = adobe_flow("runs", "--all-sandboxes", "--json")

    assert_valid(outcome, "runs")
    assert [each["sandbox"] for each in outcome.json["dataflows"]] == ["dev"]
    assert [each["sandbox"] for each in outcome.json["refused"]] == ["prod"]


def test_dataflow_name_in_several_sandboxes_is_shown_for_each(
    adobe_flow: AdobeFlow, scene: RunsScene, emulator: EmulatorProcess
) -> None:
    scene.recurring()
    scene.recurring("another")
    with AdobeClient(emulator.url) as adobe:
        adobe.session.headers["x-sandbox-name"] = "stage"
        RunsScene(emulator, Way(adobe)).recurring()

    outcome = adobe_flow("runs", "orders daily", "--all-sandboxes", "--json")
    unknown = adobe_flow("runs", "order daily", "--all-sandboxes")

    found = {(each["sandbox"], each["name"]) for each in outcome.json["dataflows"]}
    assert found == {("dev", "orders daily"), ("stage", "orders daily")}
    assert "Did you mean orders daily?" in unknown.stderr


def test_disabled_dataflow_is_reported_with_the_date(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    scene.recurring()
    scene.rule(**NO_SPARK_KEY)
    scene.go_on(33 * DAY)

    outcome, as_json = adobe_flow("runs"), adobe_flow("runs", "--json")

    (dataflow,) = as_json.json["dataflows"]
    assert dataflow["state"] == "disabled"
    assert f"disabled since {dataflow['changed']['at'][:10]}" in outcome.stdout


def test_dataflow_without_runs_and_sandbox_without_dataflows_are_reported(
    adobe_flow: AdobeFlow, scene: RunsScene
) -> None:
    nothing = adobe_flow("runs")
    scene.recurring()
    no_run = adobe_flow("runs", "orders daily")

    assert (nothing.exit_code, no_run.exit_code) == (0, 0)
    assert "there is no dataflow" in nothing.stdout
    assert "no run yet" in no_run.stdout


def test_unknown_dataflow_is_an_error_with_the_nearest_name(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    scene.recurring()

    outcome = adobe_flow("runs", "order daily")

    assert (outcome.exit_code, outcome.stdout) == (3, "")
    assert "Did you mean orders daily?" in outcome.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--since", "yesterday"), "is not a time"),
        (("--since", "2026-13-01"), "is not a time"),
        (("--since", "999999w"), "is not a time"),
        (("--limit", "0"), "limit"),
        (("--prometheus", "/no/such/folder/adobe.prom"), "no folder"),
        (("--prometheus", "adobe.txt"), ".prom"),
    ],
    ids=str,
)
def test_invalid_input_is_refused_before_any_request(
    adobe_flow: AdobeFlow, scene: RunsScene, arguments: tuple[str, ...], reason: str
) -> None:
    scene.emulator.clear_journal()

    outcome = adobe_flow("runs", *arguments)

    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert reason in " ".join(outcome.stderr.split())
    assert scene.emulator.journal() == []


@pytest.mark.parametrize("columns", ["80", "120"])
def test_no_line_is_wider_than_the_terminal(
    adobe_flow: AdobeFlow, scene: RunsScene, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    scene.recurring()
    scene.recurring("a dataflow whose name is much longer than the column that it stands in")
    scene.rule(code="133")
    scene.go_on()
    monkeypatch.setenv("COLUMNS", columns)

    outcome = adobe_flow("runs")

    assert max(map(len, outcome.stdout.splitlines())) <= int(columns)
    assert ("columns omitted for lack of room: id" in outcome.stdout) is (columns == "80")


def test_metrics_file_is_written_beside_the_printed_table(
    adobe_flow: AdobeFlow, scene: RunsScene, tmp_path: Path
) -> None:
    scene.recurring()
    scene.go_on()
    file = tmp_path / "adobe.prom"

    outcome = adobe_flow("runs", "--prometheus", str(file))

    assert outcome.exit_code == 0
    assert 'dataflow="orders daily"' in file.read_text("utf-8")
    assert "orders daily" in outcome.stdout


def test_metrics_include_a_last_success_beyond_the_limit(
    adobe_flow: AdobeFlow, scene: RunsScene, tmp_path: Path
) -> None:
    plan = {**scene.way.flow()["scheduleParams"], "frequency": "hour"}
    scene.way.made("/flows", scene.way.flow(scheduleParams=plan))
    scene.go_on()
    scene.rule(**NO_SPARK_KEY)
    scene.go_on(150 * 3600)
    file = tmp_path / "adobe.prom"

    adobe_flow("runs", "--prometheus", str(file))

    lines = dict(line.rsplit(" ", 1) for line in file.read_text("utf-8").splitlines() if line[0] != "#")
    values = {name.partition("{")[0]: float(value) for name, value in lines.items()}
    assert values["adobe_flow_consecutive_failures"] == 150
    assert 150 * 3600 <= values["adobe_flow_last_success_age_seconds"] < 151 * 3600


def test_failed_request_keeps_the_old_metrics_file(adobe_flow: AdobeFlow, scene: RunsScene, tmp_path: Path) -> None:
    scene.recurring()
    file = tmp_path / "adobe.prom"
    file.write_text("old\n", "utf-8")
    scene.emulator.fault("GET /runs", status=403, times=9, body={"errorMessage": "no"})

    assert adobe_flow("runs", "--prometheus", str(file)).exit_code == 3
    assert file.read_text("utf-8") == "old\n"
