"""The schedules and the last runs of the dataflows on a connection."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.doctor.connection.dataflow import check_last_runs, check_schedules
from adobe_flow.problem import Problem
from pulumi_adobe.plugin.dynamic.state_format import TYPE_PREFIX as OURS
from tests.cli.doctor.connection.conftest import PathScene
from tests.cli.runs.scene import NO_SPARK_KEY
from tests.emulator.dataflows.way import SCHEMA, target

DAY = 86_400


def make_profile_dataset(scene: PathScene, *tags: str) -> str:
    """Make a dataset with these Profile tags, and a target connection to it; the id of that."""
    body = {"name": "profiles", "schemaRef": {"id": SCHEMA}, "tags": {"unifiedProfile": list(tags)}}
    (reference,) = scene.way.neighbour("POST", "/catalog/dataSets", json=body).json()
    return scene.way.made("/targetConnections", target(params={"dataSetId": reference.rpartition("/")[2]}))


def plan(scene: PathScene, frequency: str, interval: int) -> dict[str, Any]:
    start = scene.way.flow()["scheduleParams"]["startTime"]
    return {"startTime": start, "frequency": frequency, "interval": str(interval)}


def test_dataflow_without_a_schedule_is_reported_as_streaming(scene: PathScene) -> None:
    scene.flow()
    (flow,) = scene.emulator.entities()["flows"]
    scene.emulator.foreign_edit(flow["id"], [{"op": "remove", "path": "/scheduleParams"}])

    assert "streams" in check_schedules(scene.case())


@pytest.mark.parametrize("tag", ["enabled:true", "enabled: true"])
def test_more_than_90_batches_a_day_into_profile_are_reported(scene: PathScene, tag: str) -> None:
    scene.way.target = make_profile_dataset(scene, tag)
    scene.flow(scheduleParams=plan(scene, "minute", 30))
    assert "48 batches a day" in check_schedules(scene.case())
    scene.flow(name="again", scheduleParams=plan(scene, "minute", 30))

    with pytest.raises(Problem, match="96 batches a day") as raised:
        check_schedules(scene.case())

    assert "again" in raised.value.message
    assert "soft" in raised.value.message
    assert "less often" in raised.value.hint


def test_dataset_outside_profile_has_no_batch_limit(scene: PathScene) -> None:
    scene.way.target = make_profile_dataset(scene, "enabled:false")
    scene.flow(scheduleParams=plan(scene, "minute", 15))

    told = check_schedules(scene.case())

    assert "runs 96 times a day" in told
    assert "Profile" not in told


def test_batch_limit_is_a_hint_if_the_dataset_cannot_be_read(scene: PathScene) -> None:
    scene.flow(scheduleParams=plan(scene, "minute", 15))
    scene.emulator.fault("GET /data/foundation/catalog/dataSets/{id}", status=403, times=9)

    assert "could not be read" in check_schedules(scene.case())


@pytest.mark.parametrize("is_declared", [True, False])
def test_disabled_dataflow_is_a_problem_unless_the_program_declares_it(scene: PathScene, *, is_declared: bool) -> None:
    flow = scene.flow()
    answer = scene.way.adobe.send("POST", f"/flows/{flow}/action", params={"op": "disable"})
    assert answer.ok, answer.text
    urn = f"urn:pulumi:dev::p::{OURS}Dataflow::flow"
    inputs = {"enabled": not is_declared}
    scene.resources.append({"type": f"{OURS}Dataflow", "id": flow, "urn": urn, "inputs": inputs})

    if is_declared:
        assert "as the program declares" in check_schedules(scene.case())
        return
    with pytest.raises(Problem, match="orders daily: it has been disabled since") as raised:
        check_schedules(scene.case())
    assert "enabled=True" in raised.value.hint


def test_failed_last_run_is_reported_with_cause_and_remedy(scene: PathScene) -> None:
    scene.flow()
    assert "no run yet" in check_last_runs(scene.case())
    scene.emulator.turn_clock(120)
    assert "success at" in check_last_runs(scene.case())

    scene.emulator.set_scenario(runs=[NO_SPARK_KEY])
    scene.emulator.turn_clock(DAY)

    with pytest.raises(Problem, match="has no credentials for the staging container") as raised:
        check_last_runs(scene.case())
    assert "fs.azure.sas" in raised.value.hint
    assert "CONNECTOR-1001-500" in raised.value.message


def test_failed_rows_of_a_successful_run_are_reported(scene: PathScene) -> None:
    scene.flow()
    scene.emulator.set_scenario(runs=[{"code": "MAPPER-3700-400", "failedRows": 1}])
    scene.emulator.turn_clock(120)

    with pytest.raises(Problem, match="1 failed"):
        check_last_runs(scene.case())


def test_run_in_progress_is_reported_with_the_command_that_waits_for_it(scene: PathScene) -> None:
    flow = scene.flow()
    scene.emulator.set_scenario(runs=[NO_SPARK_KEY])
    scene.emulator.turn_clock(120)
    scene.emulator.set_scenario(runs=[{"seconds": 3600}])
    scene.emulator.turn_clock(DAY)

    told = check_last_runs(scene.case())

    assert "a run is inProgress since" in told
    assert f"adobe-flow watch {flow}" in told
    assert "the previous run: failed" in told
