"""The first run of each dataflow with a new token."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adobe_flow.rotate.first_runs import are_all_first_runs_successful, find_first_runs
from adobe_flow.rotate.outcome import verify_rotated_connection
from tests.cli.runs.scene import DAY, NO_SPARK_KEY, RunsScene, runs_scene
from tests.emulator.adobe_client import lake, replace
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World

pytestmark = pytest.mark.slow


@pytest.fixture
def scene(emulator: EmulatorProcess) -> Iterator[RunsScene]:
    with runs_scene(emulator) as made:
        yield made


def rotate(scene: RunsScene) -> None:
    params = {**lake()["auth"]["params"], "accessToken": "dapi-new-0001"}
    base = scene.way.adobe.read(scene.way.base)
    scene.way.adobe.patch(scene.way.base, base["etag"], replace("/auth/params", params))


def find(scene: RunsScene, minutes: float = 0.02, interval: float = 0.2) -> dict[str, Any]:
    service = World(scene.emulator).start_process().service
    after = verify_rotated_connection(service, scene.way.base)
    rows = find_first_runs(service, after["dataflows"], minutes, interval)
    (row,) = rows
    return {**row, "good": are_all_first_runs_successful(rows)}


def test_failed_last_run_is_retried_after_a_rotation(scene: RunsScene) -> None:
    scene.recurring()
    scene.rule(**NO_SPARK_KEY)
    scene.go_on()
    scene.rule()
    scene.go_on(60)
    rotate(scene)

    row = find(scene)

    assert (row["action"], row["run"]["status"], row["good"]) == ("retried", "success", True)


def test_failed_retry_is_a_failed_rotation_result(scene: RunsScene) -> None:
    scene.recurring()
    scene.rule(**NO_SPARK_KEY)
    scene.go_on()
    rotate(scene)

    row = find(scene)

    assert (row["action"], row["run"]["status"], row["good"]) == ("retried", "failed", False)


@pytest.mark.parametrize("unit", ["milliseconds", "seconds"])
def test_run_since_the_rotation_is_reported_with_its_status(scene: RunsScene, unit: str) -> None:
    scene.emulator.switch(run_times=unit)
    scene.recurring()
    rotate(scene)
    scene.go_on()

    assert (find(scene)["action"], find(scene)["good"]) == ("already", True)


def test_next_run_after_a_successful_one_is_awaited_until_the_timeout(scene: RunsScene) -> None:
    flow = scene.recurring()
    scene.go_on()
    rotate(scene)
    good = scene.newest(flow)["id"]
    scene.emulator.clear_journal()

    row = find(scene)

    assert (row["action"], row["run"], row["good"]) == ("waited", None, False)
    assert "no run has begun" in row["reason"]
    assert not any("/action" in each for each in scene.writes())
    assert scene.newest(flow)["id"] == good


def test_dataflow_that_cannot_run_is_no_failure(scene: RunsScene) -> None:
    flow = scene.recurring()
    scene.way.adobe.send("POST", f"/flows/{flow}/action?op=disable")
    scene.go_on(DAY)
    rotate(scene)

    row = find(scene)

    assert (row["action"], row["reason"], row["good"]) == ("nothing", "it is disabled", True)


def test_streaming_dataflow_has_no_run_to_wait_for(scene: RunsScene) -> None:
    flow = scene.recurring()
    scene.emulator.foreign_edit(flow, [{"op": "remove", "path": "/scheduleParams"}])
    rotate(scene)

    row = find(scene)

    assert (row["action"], row["good"]) == ("nothing", True)
    assert "streams" in row["reason"]


def test_successful_one_time_dataflow_is_not_run_again(scene: RunsScene) -> None:
    flow = scene.once()
    scene.way.adobe.send("POST", "/runs", json={"flowId": flow})
    scene.go_on(60)
    rotate(scene)

    assert (find(scene)["action"], len(scene.way.runs(flow))) == ("nothing", 1)


def test_refused_retry_is_reported_with_the_reason_of_the_service(scene: RunsScene) -> None:
    scene.recurring()
    scene.rule(**NO_SPARK_KEY)
    scene.go_on()
    rotate(scene)
    body = {"errorMessage": "not now", "errorCode": "CONNECTOR-1388-400"}
    scene.emulator.fault("POST /runs/{id}/action", status=400, body=body)

    row = find(scene)

    assert (row["action"], row["run"], row["good"]) == ("retried", None, False)
    assert "not now" in row["reason"]
