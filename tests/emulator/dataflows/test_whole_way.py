"""From a table to a dataset."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flow_service_emulator.workspace.tables import BUILT_IN
from tests.emulator.adobe_client import AdobeClient, code_of
from tests.emulator.dataflows.way import DATASET, Way
from tests.emulator_process import EmulatorProcess

DAY = 86400


@pytest.fixture
def way(adobe: AdobeClient) -> Way:
    return Way(adobe)


def test_rows_arrive_when_their_time_has_come(way: Way, emulator: EmulatorProcess) -> None:
    flow = way.made("/flows", way.flow())
    assert way.runs(flow) == []

    emulator.turn_clock(120)

    (run,) = way.runs(flow)
    assert run["metrics"]["statusSummary"]["status"] == run["state"] == "success"
    assert run["metrics"]["statusSummary"]["activityRefs"] == [each["id"] for each in run["activities"]]
    assert run["metrics"]["recordSummary"]["inputRecordCount"] == 5
    assert run["metrics"]["recordSummary"]["outputRecordCount"] == 5
    assert [each["name"] for each in run["activities"]] == ["Copy Activity", "Promotion Activity"]
    rows = emulator.rows(DATASET)
    assert rows[0] == {"_id": "O-5001", "timestamp": "2026-02-01T08:30:00Z", "_acme": {"amount": 19.9}}
    assert len(rows) == 5
    assert emulator.rows(DATASET, sandbox="prod") == []
    assert way.read(f"/flows/{flow}")["lastRunDetails"]["state"] == "success"


def test_the_next_runs_take_only_what_is_new(way: Way, emulator: EmulatorProcess) -> None:
    flow = way.made("/flows", way.flow())

    emulator.turn_clock(2 * DAY + 120)

    counts = [run["metrics"]["recordSummary"]["inputRecordCount"] for run in way.runs(flow)]
    assert counts == [5, 0, 0]


def test_without_backfill_the_past_stays_where_it_is(way: Way, emulator: EmulatorProcess) -> None:
    schedule = {**way.flow()["scheduleParams"], "backfill": "false"}
    flow = way.made("/flows", way.flow(scheduleParams=schedule))

    emulator.turn_clock(120)

    assert way.runs(flow)[0]["metrics"]["recordSummary"]["inputRecordCount"] == 0


def test_a_flow_that_runs_once_takes_all_and_can_be_run_again(way: Way, emulator: EmulatorProcess) -> None:
    start = way.flow()["scheduleParams"]["startTime"]
    once = way.flow(
        scheduleParams={"startTime": start, "frequency": "once"}, transformations=way.flow()["transformations"][1:]
    )
    flow = way.made("/flows", once)
    emulator.turn_clock(3 * DAY)
    again = way.adobe.send("POST", "/runs", json={"flowId": flow})
    daily = way.made("/flows", way.flow(scheduleParams={**way.flow()["scheduleParams"], "startTime": 4102444800}))

    assert again.status_code == 201
    assert len(way.runs(flow)) == 2
    assert len(emulator.rows(DATASET)) == 10
    refused = way.adobe.send("POST", "/runs", json={"flowId": daily})
    assert code_of(refused) == "CONNECTOR-1386-400"


def test_a_disabled_flow_waits_and_then_catches_up(way: Way, emulator: EmulatorProcess) -> None:
    flow = way.made("/flows", way.flow())
    disabled = way.adobe.send("POST", f"/flows/{flow}/action?op=disable")
    emulator.turn_clock(DAY)
    assert way.runs(flow) == []
    assert way.read(f"/flows/{flow}")["state"] == "disabled"

    way.adobe.send("POST", f"/flows/{flow}/action", json={"op": "ENABLE"})
    emulator.turn_clock(DAY)

    assert disabled.json()["etag"] != way.read(f"/flows/{flow}")["etag"]
    assert sum(run["metrics"]["recordSummary"]["inputRecordCount"] for run in way.runs(flow)) == 5


def test_a_column_that_is_gone_is_a_failed_run_with_its_reason(tmp_path: Path) -> None:
    shutil.copytree(BUILT_IN, tmp_path / "tables")
    flags = ("--workspace", str(tmp_path / "tables"))
    with EmulatorProcess.start(tmp_path / "own.sqlite", *flags) as own, AdobeClient(own.url) as adobe:
        way = Way(adobe)
        flow = way.made("/flows", way.flow())
        text = (tmp_path / "tables" / "acme.orders.csv").read_text(encoding="utf-8")
        (tmp_path / "tables" / "acme.orders.csv").write_text(text.replace("amount", "total"), encoding="utf-8")
        own.turn_clock(120)
        (failed,) = way.runs(flow)
        (tmp_path / "tables" / "acme.orders.csv").write_text(text, encoding="utf-8")
        own.turn_clock(DAY)
        mended = way.runs(flow)[-1]
        rows = own.rows(DATASET)

    errors = [{"code": "CONNECTOR-2001-500", "message": "the table acme.orders has no column amount"}]
    assert failed["metrics"]["statusSummary"].items() >= {"status": "failed", "errors": errors}.items()
    assert mended["metrics"]["recordSummary"]["inputRecordCount"] == 5  # what the failed one missed
    assert len(rows) == 5


def test_credentials_that_do_not_work_fail_the_run(way: Way, emulator: EmulatorProcess) -> None:
    flow = way.made("/flows", way.flow())
    etag = way.adobe.read(way.base)["etag"]
    way.adobe.patch(way.base, etag, [{"op": "replace", "path": "/auth/params/accessToken", "value": "expired"}])

    emulator.turn_clock(120)

    assert "refused the credentials" in way.runs(flow)[0]["metrics"]["statusSummary"]["errors"][0]["message"]


@pytest.mark.slow
def test_what_is_there_outlives_the_process(tmp_path: Path) -> None:
    with EmulatorProcess.start(tmp_path / "own.sqlite") as own:
        with AdobeClient(own.url) as adobe:
            way = Way(adobe)
            flow = way.made("/flows", way.flow())
            own.turn_clock(120)
        own.restart()
        with AdobeClient(own.url) as adobe:
            way.adobe = adobe
            assert len(way.runs(flow)) == 1
            assert len(own.rows(DATASET)) == 5
        own.reset()
        assert own.entities() == {
            "sourceConnections": [],
            "targetConnections": [],
            "flows": [],
            "runs": [],
            "mappingSets": [],
        }
