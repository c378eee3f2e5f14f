"""`adobe-flow retry`: a failed run begins anew, and nothing else does."""

from __future__ import annotations

import pytest

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.cli.runs.scene import NO_SPARK_KEY, RunsScene
from tests.emulator.dataflows.way import DATASET

pytestmark = pytest.mark.slow

YES = ("--yes", "--json")


@pytest.fixture
def failed(scene: RunsScene) -> str:
    flow = scene.recurring()
    scene.rule(**NO_SPARK_KEY)
    scene.go_on()
    scene.rule()
    return str(scene.newest(flow)["id"])


def test_a_failed_run_is_retried_and_can_be_waited_for(adobe_flow: AdobeFlow, scene: RunsScene, failed: str) -> None:
    scene.rule(seconds=0.5)

    outcome = adobe_flow("retry", failed, *YES, "--watch", "--interval", "0.2")

    assert_valid(outcome, "retry")
    assert (outcome.exit_code, outcome.json["runId"], outcome.json["run"]["status"]) == (0, failed, "success")
    assert scene.emulator.rows(DATASET)


def test_retry_without_a_wait_prints_the_command_that_waits(adobe_flow: AdobeFlow, failed: str) -> None:
    outcome = adobe_flow("retry", failed, "--yes")

    assert outcome.exit_code == 0
    assert "adobe-flow watch" in outcome.stdout


def test_only_a_failed_run_of_an_enabled_dataflow_is_retried(
    adobe_flow: AdobeFlow, scene: RunsScene, failed: str
) -> None:
    good = scene.recurring("good")
    scene.go_on()
    scene.rule(seconds=3600)
    running = scene.recurring("running")
    scene.go_on()
    flow = scene.way.read(f"/runs/{failed}")["flowId"]
    scene.way.adobe.send("POST", f"/flows/{flow}/action?op=disable")
    scene.emulator.clear_journal()

    outcome = [
        adobe_flow("retry", run, *YES) for run in (scene.newest(good)["id"], scene.newest(running)["id"], failed)
    ]

    assert [each.exit_code for each in outcome] == [3, 3, 3]
    assert "only a failed run" in outcome[0].stderr
    assert "adobe-flow watch" in outcome[1].stderr
    assert "is disabled" in outcome[2].stderr
    assert not any("/action" in each for each in scene.writes())


def test_run_that_somebody_else_retries_is_refused_with_the_remedy(
    adobe_flow: AdobeFlow, scene: RunsScene, failed: str
) -> None:
    body = {"errorMessage": "invalid state", "errorCode": "CONNECTOR-1387-400"}
    scene.emulator.fault("POST /runs/{id}/action", status=400, body=body)

    outcome = adobe_flow("retry", failed, *YES)

    assert outcome.exit_code == 3
    assert "Only a failed run can be retried" in outcome.stderr


def test_unknown_run_and_run_of_a_deleted_dataflow_are_errors(
    adobe_flow: AdobeFlow, scene: RunsScene, failed: str
) -> None:
    unknown = adobe_flow("retry", "65b7cfcc-6b2e-47c8-8194-13005b792752", *YES)
    scene.emulator.foreign_delete(scene.way.read(f"/runs/{failed}")["flowId"])
    deleted = adobe_flow("retry", failed, *YES)

    assert (unknown.exit_code, deleted.exit_code) == (3, 3)
    assert "adobe-flow runs" in unknown.stderr
    assert "is deleted" in deleted.stderr


def test_retry_without_a_terminal_to_confirm_is_refused(adobe_flow: AdobeFlow, scene: RunsScene, failed: str) -> None:
    scene.emulator.clear_journal()

    assert adobe_flow("retry", failed).exit_code == 3
    assert scene.emulator.journal() == []
