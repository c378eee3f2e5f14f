"""`adobe-flow run`: a run of a one-time dataflow, over all rows or a window."""

from __future__ import annotations

import pytest

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.cli.runs.scene import RunsScene
from tests.emulator.dataflows.way import DATASET

pytestmark = pytest.mark.slow

YES = ("--yes", "--json")
QUICK = ("--watch", "--interval", "0.2")
YEAR = ("--from", "2026-01-01", "--to", "2027-01-01T00:00Z")


@pytest.mark.parametrize("answer", ["receipt", "items", "run"])
def test_run_starts_with_any_response_format_of_the_service(
    adobe_flow: AdobeFlow, scene: RunsScene, answer: str
) -> None:
    flow = scene.once()
    scene.emulator.switch(run_answer=answer)

    outcome = adobe_flow("run", "orders once", *YES)

    assert_valid(outcome, "run")
    assert (outcome.exit_code, outcome.json["run"], outcome.json["runId"]) == (0, None, scene.newest(flow)["id"])


def test_run_can_be_awaited_and_its_result_is_the_exit_code(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    scene.once()
    good = adobe_flow("run", "orders once", *YES, *QUICK)
    scene.rule(code="133", seconds=0.5)
    bad = adobe_flow("run", "orders once", *YES, *QUICK)

    assert_valid(bad, "run")
    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert (good.json["run"]["status"], bad.json["run"]["status"]) == ("success", "failed")


@pytest.mark.parametrize(("unit", "option"), [("seconds", ()), ("milliseconds", ("--milliseconds",))])
def test_run_with_a_time_window_reads_only_its_rows_in_either_time_unit(
    adobe_flow: AdobeFlow, scene: RunsScene, unit: str, option: tuple[str, ...]
) -> None:
    flow = scene.once()
    scene.emulator.switch(run_window=unit)
    delta = ("--delta-column", "ordered_at")

    first = adobe_flow("run", flow, *YEAR, *delta, *option, *YES)
    none = adobe_flow("run", flow, "--from", "2020-01-01", "--to", "2020-02-01", *option, *YES, *QUICK)

    assert (first.exit_code, none.exit_code) == (0, 0)
    assert none.json["run"]["rowsRead"] == 0
    window = scene.way.read(f"/runs/{first.json['runId']}")["activities"][0]["durationSummary"]["extensions"]
    assert window == {"windowStart": 1767225600000, "windowEnd": 1798761600000}
    assert scene.emulator.rows(DATASET)


def test_time_window_without_an_end_ends_now(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    flow = scene.once()

    outcome = adobe_flow("run", flow, "--from", "7d", "--delta-column", "ordered_at", *YES)

    window = scene.way.read(f"/runs/{outcome.json['runId']}")["activities"][0]["durationSummary"]["extensions"]
    assert window["windowEnd"] - window["windowStart"] == pytest.approx(7 * 86_400_000, abs=120_000)


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (YEAR, "--delta-column"),
        ((*YEAR, "--delta-column", "order_id"), "Leave out `--delta-column`"),
    ],
    ids=["none is named", "another one"],
)
def test_refused_delta_column_is_reported_with_the_remedy(
    adobe_flow: AdobeFlow, scene: RunsScene, arguments: tuple[str, ...], remedy: str
) -> None:
    flow = scene.once()
    if "order_id" in arguments:
        adobe_flow("run", flow, *YEAR, "--delta-column", "ordered_at", *YES)

    outcome = adobe_flow("run", flow, *arguments, *YES)

    assert (outcome.exit_code, outcome.stdout) == (3, "")
    assert remedy in outcome.stderr


def test_recurring_disabled_or_running_dataflow_is_not_started(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    scene.recurring()
    disabled, running = scene.once("disabled"), scene.once("running")
    scene.way.adobe.send("POST", f"/flows/{disabled}/action?op=disable")
    scene.rule(seconds=3600)
    scene.way.adobe.send("POST", "/runs", json={"flowId": running})
    scene.emulator.clear_journal()

    outcome = {name: adobe_flow("run", name, *YES) for name in ("orders daily", "disabled", "running")}

    assert {each.exit_code for each in outcome.values()} == {3}
    assert "one-time" in outcome["orders daily"].stderr
    assert "is disabled" in outcome["disabled"].stderr
    assert "adobe-flow watch" in outcome["running"].stderr
    assert not any(each.endswith("/runs") for each in scene.writes())


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--from", "soon"), "is not a time"),
        (("--from", "2026-01-01", "--to", "31.12.2026"), "is not a time"),
        (("--from", "2026-02-01", "--to", "2026-01-01"), "reversed"),
        (("--from", "2026-02-01", "--to", "2026-02-01"), "reversed or empty"),
        (("--from", "2099-01-01"), "reversed"),
        (("--to", "2026-02-01"), "--from"),
        (("--delta-column", "ordered_at"), "--from"),
    ],
    ids=str,
)
def test_invalid_time_window_is_refused_before_any_request(
    adobe_flow: AdobeFlow, scene: RunsScene, arguments: tuple[str, ...], reason: str
) -> None:
    scene.once()
    scene.emulator.clear_journal()

    outcome = adobe_flow("run", "orders once", *arguments, *YES)

    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert reason in " ".join(outcome.stderr.split())
    assert scene.emulator.journal() == []


def test_run_without_a_terminal_or_with_an_unknown_dataflow_starts_nothing(
    adobe_flow: AdobeFlow, scene: RunsScene
) -> None:
    scene.once()
    scene.emulator.clear_journal()

    nobody, unknown = adobe_flow("run", "orders once"), adobe_flow("run", "order once", "--yes")

    assert (nobody.exit_code, unknown.exit_code) == (3, 3)
    assert "--yes" in nobody.stderr
    assert "Did you mean orders once?" in unknown.stderr
    assert not any(each.endswith("/runs") for each in scene.writes())


def test_lost_response_to_a_run_request_is_reported_with_where_to_look(
    adobe_flow: AdobeFlow, scene: RunsScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.once()
    monkeypatch.setenv("ADOBE_TIMEOUT", "2")
    scene.emulator.fault("POST /runs", cut="after")

    outcome = adobe_flow("run", "orders once", *YES)

    assert outcome.exit_code == 3
    assert "adobe-flow runs" in outcome.stderr
