"""`adobe-flow watch`: it ends with the run, and its exit code says how that ended."""

from __future__ import annotations

import pytest

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.cli.runs.scene import NO_SPARK_KEY, RunsScene

pytestmark = pytest.mark.slow

QUICK = ("--interval", "0.2")


@pytest.mark.parametrize(
    ("rule", "exit_code", "status"),
    [
        ({}, 0, "success"),
        ({"code": "CONNECTOR-2001-500"}, 1, "failed"),
        ({"code": "MAPPER-3700-400", "failedRows": 1}, 1, "success"),
    ],
    ids=str,
)
def test_watch_waits_until_the_run_ends(
    adobe_flow: AdobeFlow, scene: RunsScene, rule: dict[str, object], exit_code: int, status: str
) -> None:
    scene.rule(seconds=3600, **rule)
    flow = scene.once()
    run = scene.way.adobe.send("POST", "/runs", json={"flowId": flow}).json()["id"]

    with scene.end_when_watched(run):
        outcome = adobe_flow("watch", "orders once", "--json", *QUICK)

    assert_valid(outcome, "watch")
    assert (outcome.exit_code, outcome.json["run"]["status"], outcome.json["run"]["seconds"]) == (
        exit_code,
        status,
        3600,
    )
    assert outcome.stderr.count("orders once: inProgress") in {1, 2}
    assert outcome.stderr.splitlines()[-1].startswith(f"orders once: {status}, 1 h 0 min")


def test_watch_without_a_run_in_progress_prints_the_last_one_immediately(
    adobe_flow: AdobeFlow, scene: RunsScene
) -> None:
    scene.recurring()
    scene.rule(**NO_SPARK_KEY)
    scene.go_on()

    outcome = adobe_flow("watch", "orders daily")

    assert outcome.exit_code == 1
    assert "failed after 0 s" in outcome.stdout
    assert "fs.azure.sas" in outcome.stdout


def test_watch_finds_an_older_run_in_progress(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    flow = scene.once()
    scene.rule(seconds=3600)
    long = scene.way.adobe.send("POST", "/runs", json={"flowId": flow}).json()["id"]
    scene.rule()
    scene.way.adobe.send("POST", "/runs", json={"flowId": flow})

    with scene.end_when_watched(long):
        assert adobe_flow("watch", flow, "--json", *QUICK).json["runId"] == long


def test_watch_can_wait_for_the_next_run(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    flow = scene.way.flow(name="soon")
    plan = {**flow["scheduleParams"], "startTime": str(int(flow["scheduleParams"]["startTime"]) - 57)}
    scene.way.made("/flows", scene.way.flow(name="soon", scheduleParams=plan))

    outcome = adobe_flow("watch", "soon", "--next", "--json", *QUICK)

    assert (outcome.exit_code, outcome.json["run"]["status"]) == (0, "success")


def test_watch_that_exceeds_its_timeout_ends_with_a_message(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    scene.rule(seconds=3600)
    flow = scene.once()
    scene.way.adobe.send("POST", "/runs", json={"flowId": flow})

    outcome = adobe_flow("watch", flow, "--timeout", "0.01", *QUICK)

    assert (outcome.exit_code, outcome.stdout) == (3, "")
    assert "has not ended" in outcome.stderr


def test_dataflow_that_is_disabled_or_without_runs_is_not_watched(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    flow = scene.recurring()
    no_run = adobe_flow("watch", flow)
    scene.way.adobe.send("POST", f"/flows/{flow}/action?op=disable")
    disabled = adobe_flow("watch", flow, "--next")

    assert (no_run.exit_code, disabled.exit_code) == (3, 3)
    assert "--next" in no_run.stderr
    assert "is disabled" in disabled.stderr


def test_unknown_dataflow_is_an_error_with_the_nearest_name(adobe_flow: AdobeFlow, scene: RunsScene) -> None:
    scene.recurring()

    outcome = adobe_flow("watch", "orders dayly")

    assert outcome.exit_code == 3
    assert "Did you mean orders daily?" in outcome.stderr


@pytest.mark.parametrize("arguments", [("--interval", "0"), ("--timeout", "-1"), ("--interval", "often")], ids=str)
def test_invalid_timeout_is_a_usage_error(adobe_flow: AdobeFlow, scene: RunsScene, arguments: tuple[str, ...]) -> None:
    scene.emulator.clear_journal()

    assert adobe_flow("watch", "orders daily", *arguments).exit_code == 2
    assert scene.emulator.journal() == []
