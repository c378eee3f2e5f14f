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


def test_rows_are_copied_when_the_run_is_due(way: Way, emulator: EmulatorProcess) -> None:
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


def test_later_runs_copy_only_new_rows(way: Way, emulator: EmulatorProcess) -> None:
    flow = way.made("/flows", way.flow())

    emulator.turn_clock(2 * DAY + 120)

    counts = [run["metrics"]["recordSummary"]["inputRecordCount"] for run in way.runs(flow)]
    assert counts == [5, 0, 0]


def test_flow_without_backfill_ignores_earlier_rows(way: Way, emulator: EmulatorProcess) -> None:
    schedule = {**way.flow()["scheduleParams"], "backfill": "false"}
    flow = way.made("/flows", way.flow(scheduleParams=schedule))

    emulator.turn_clock(120)

    assert way.runs(flow)[0]["metrics"]["recordSummary"]["inputRecordCount"] == 0


def test_one_time_flow_copies_all_rows_and_can_be_run_again(way: Way, emulator: EmulatorProcess) -> None:
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


def test_disabled_flow_copies_missed_rows_when_it_is_enabled(way: Way, emulator: EmulatorProcess) -> None:
    flow = way.made("/flows", way.flow())
    disabled = way.adobe.send("POST", f"/flows/{flow}/action?op=disable")
    emulator.turn_clock(DAY)
    assert way.runs(flow) == []
    assert way.read(f"/flows/{flow}")["state"] == "disabled"

    way.adobe.send("POST", f"/flows/{flow}/action", json={"op": "ENABLE"})
    emulator.turn_clock(DAY)

    assert disabled.json()["etag"] != way.read(f"/flows/{flow}")["etag"]
    assert sum(run["metrics"]["recordSummary"]["inputRecordCount"] for run in way.runs(flow)) == 5


def test_missing_column_fails_the_run_with_the_reason(tmp_path: Path) -> None:
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


def test_invalid_credentials_fail_the_run(way: Way, emulator: EmulatorProcess) -> None:
    flow = way.made("/flows", way.flow())
    etag = way.adobe.read(way.base)["etag"]
    way.adobe.patch(way.base, etag, [{"op": "replace", "path": "/auth/params/accessToken", "value": "expired"}])

    emulator.turn_clock(120)

    assert "refused the credentials" in way.runs(flow)[0]["metrics"]["statusSummary"]["errors"][0]["message"]


@pytest.mark.slow
def test_flows_runs_and_rows_are_persistent(tmp_path: Path) -> None:
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
