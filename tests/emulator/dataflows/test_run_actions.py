"""Runs that take time, fail as Adobe documents it, are run again, and disable their dataflow in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.adobe_client import AdobeClient, code_of
from tests.emulator.dataflows.way import DATASET, Way
from tests.emulator_process import EmulatorProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

DAY = 86400
WINDOW = {"windowStartTime": "1767225600", "windowEndTime": "1798761600", "deltaColumn": {"name": "ordered_at"}}


@pytest.fixture
def way(emulator: EmulatorProcess) -> Iterator[Way]:
    with AdobeClient(emulator.url) as adobe:
        yield Way(adobe)


def once(way: Way) -> str:
    plan = {"startTime": way.flow()["scheduleParams"]["startTime"], "frequency": "once"}
    return way.made("/flows", way.flow(scheduleParams=plan, transformations=way.flow()["transformations"][1:]))


def start(way: Way, flow: str, **params: Any) -> Any:
    body = {"flowId": flow, **({"params": params} if params else {})}
    return way.adobe.send("POST", "/runs", json=body).json()


def act(way: Way, run: str, **headers: str) -> Any:
    return way.adobe.send("POST", f"/runs/{run}/action?op=RE_TRIGGER", headers=headers)


def test_run_with_a_duration_is_in_progress_and_copies_its_rows_at_its_end(emulator: EmulatorProcess, way: Way) -> None:
    emulator.set_scenario(runs=[{"seconds": 600}])
    flow = way.made("/flows", way.flow())
    emulator.turn_clock(120)

    (run,) = way.runs(flow)
    assert (run["state"], run["metrics"]["statusSummary"]["status"]) == ("inProgress", "inProgress")
    assert "completedAtUTC" not in run["metrics"]["durationSummary"]
    assert way.read(f"/flows/{flow}")["lastRunDetails"]["state"] == "inProgress"
    assert emulator.rows(DATASET) == []
    emulator.turn_clock(600)

    (done,) = way.runs(flow)
    times = done["metrics"]["durationSummary"]
    assert (done["id"], done["state"]) == (run["id"], "success")
    assert times["completedAtUTC"] - times["startedAtUTC"] == 600_000
    assert done["etag"] != run["etag"]
    assert len(emulator.rows(DATASET)) == done["metrics"]["recordSummary"]["outputRecordCount"] > 0


@pytest.mark.parametrize(
    ("failure", "own", "nested"),
    [
        ("CONNECTOR-1001-500", "CONNECTOR-1001-500", ["2200"]),
        ("2200", "CONNECTOR-1001-500", ["2200"]),
        ("CONNECTOR-2001-500", "CONNECTOR-2001-500", []),
        ("CONNECTOR-3001-500", "CONNECTOR-3001-500", []),
        ("MAPPER-3700-400", "CONNECTOR-2001-500", ["INGEST-1212-400", "MAPPER-3700-400"]),
        ("INGEST-1401-400", "CONNECTOR-2001-500", ["INGEST-1212-400", "INGEST-1401-400"]),
        ("INGEST-1555-400", "CONNECTOR-2001-500", ["INGEST-1212-400", "INGEST-1555-400"]),
        ("INGEST-1211-400", "CONNECTOR-2001-500", ["INGEST-1211-400"]),
        ("133", "CONNECTOR-2001-500", ["133"]),
    ],
)
def test_failed_run_has_a_documented_code_in_its_documented_place(
    emulator: EmulatorProcess, way: Way, failure: str, own: str, nested: list[str]
) -> None:
    emulator.set_scenario(runs=[{"flow": "orders*", "code": failure}])
    flow = way.made("/flows", way.flow())
    emulator.turn_clock(120)

    (run,) = way.runs(flow)
    extensions = [each["statusSummary"].get("extensions", {}) for each in run["activities"]]
    assert run["state"] == "failed"
    assert [each["code"] for each in run["metrics"]["statusSummary"]["errors"]] == [own]
    assert [each["code"] for part in extensions for each in part.get("errors", [])] == nested
    assert emulator.rows(DATASET) == []


def test_some_rows_may_fail_while_the_others_are_copied(emulator: EmulatorProcess, way: Way) -> None:
    emulator.set_scenario(runs=[{"code": "MAPPER-3700-400", "failedRows": 2}])
    flow = way.made("/flows", way.flow())
    emulator.turn_clock(120)

    (run,) = way.runs(flow)
    records = run["metrics"]["recordSummary"]
    assert (run["state"], records["failedRecordCount"]) == ("success", 2)
    assert records["outputRecordCount"] == len(emulator.rows(DATASET)) == records["inputRecordCount"] - 2


@pytest.mark.parametrize("rule", [{"code": "9999"}, {"seconds": -1}, {"failedRows": "few"}, {"flows": "*"}], ids=str)
def test_invalid_run_rule_is_refused(emulator: EmulatorProcess, rule: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="400"):
        emulator.set_scenario(runs=[rule])


def test_retried_run_reads_the_same_time_window(emulator: EmulatorProcess, way: Way) -> None:
    emulator.set_scenario(runs=[{"code": "CONNECTOR-1001-500"}])
    flow = way.made("/flows", way.flow())
    emulator.turn_clock(120)
    (failed,) = way.runs(flow)
    emulator.set_scenario()

    answer = act(way, failed["id"], **{"If-Match": failed["etag"]})

    (run,) = way.runs(flow)
    assert (answer.status_code, answer.json()["id"]) == (200, failed["id"])
    assert (run["id"], run["state"]) == (failed["id"], "success")
    windows = [each["activities"][0]["durationSummary"]["extensions"] for each in (failed, run)]
    assert windows[0] == windows[1]
    rows = len(emulator.rows(DATASET))
    emulator.turn_clock(DAY)
    assert len(emulator.rows(DATASET)) == rows > 0


def test_only_a_failed_run_of_an_enabled_flow_can_be_retried(emulator: EmulatorProcess, way: Way) -> None:
    emulator.set_scenario(runs=[{"flow": "bad", "code": "133"}, {"flow": "long", "seconds": 600}])
    good, bad, long = (way.made("/flows", way.flow(name=name)) for name in ("good", "bad", "long"))
    emulator.turn_clock(120)
    runs = {name: way.runs(flow)[0]["id"] for name, flow in (("good", good), ("bad", bad), ("long", long))}
    way.adobe.send("POST", f"/flows/{bad}/action?op=disable")

    assert {name: code_of(act(way, run)) for name, run in runs.items()} == {
        "good": "CONNECTOR-1387-400",
        "long": "CONNECTOR-1387-400",
        "bad": "CONNECTOR-1388-400",
    }
    assert code_of(way.adobe.send("POST", f"/runs/{runs['bad']}/action?op=STOP")) == "1422-400"
    assert act(way, runs["bad"], **{"If-Match": '"other"'}).status_code == 412
    assert act(way, "no-such-run").status_code == 404


def test_first_window_must_name_the_delta_column_and_later_ones_may_omit_it(
    emulator: EmulatorProcess, way: Way
) -> None:
    flow = once(way)
    times = {name: WINDOW[name] for name in ("windowStartTime", "windowEndTime")}

    assert code_of(start(way, flow, **times)) == "CONNECTOR-1383-400"
    first = start(way, flow, **WINDOW)
    assert way.read(f"/flows/{flow}")["transformations"][0] == {
        "name": "Copy",
        "params": {"deltaColumn": {"name": "ordered_at"}},
    }
    assert code_of(start(way, flow, **{**WINDOW, "deltaColumn": {"name": "order_id"}})) == "CONNECTOR-1382-400"
    assert start(way, flow, **times)["id"] != first["id"]
    etag = way.read(f"/flows/{flow}")["etag"]
    patch = [{"op": "replace", "path": "/name", "value": "renamed"}]
    assert way.adobe.send("PATCH", f"/flows/{flow}", json=patch, headers={"If-Match": etag}).status_code == 200
    assert way.read(f"/runs/{first['id']}")["state"] == "success"
    assert emulator.rows(DATASET)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"windowStartTime": "1"}, "CONNECTOR-1384-400"),
        ({"windowStartTime": "soon", "windowEndTime": "2"}, "CONNECTOR-1384-400"),
        ({**WINDOW, "windowEndTime": "1"}, "CONNECTOR-1381-400"),
        ({**WINDOW, "deltaColumn": {"name": ""}}, "CONNECTOR-1383-400"),
        ({**WINDOW, "deltaColumn": {"name": " "}}, "CONNECTOR-1383-400"),
    ],
    ids=str,
)
def test_invalid_window_is_refused(way: Way, params: dict[str, Any], expected: str) -> None:
    assert code_of(start(way, once(way), **params)) == expected


def test_run_request_for_a_recurring_flow_is_refused(way: Way) -> None:
    assert code_of(start(way, way.made("/flows", way.flow()))) == "CONNECTOR-1386-400"


def test_run_switches_select_between_contradicting_documents(emulator: EmulatorProcess, way: Way) -> None:
    flow = once(way)
    emulator.switch(run_answer="items")
    (receipt,) = start(way, flow)["items"]
    emulator.switch(run_answer="run", run_status="upper", run_times="seconds", input_bytes="unknown")
    run = start(way, flow)

    assert set(receipt) == {"id", "etag"}
    assert run["metrics"]["statusSummary"]["status"] == "SUCCESS"
    assert run["metrics"]["sizeSummary"]["inputBytes"] == run["metrics"]["fileSummary"]["inputFileCount"] == -1
    assert run["metrics"]["durationSummary"]["startedAtUTC"] == run["createdAt"] // 1000
    emulator.switch(run_window="milliseconds", run_status="capital")
    milliseconds = {**WINDOW, "windowStartTime": "1767225600000", "windowEndTime": "1798761600000"}
    made = start(way, flow, **milliseconds)
    assert made["state"] == "Success"
    assert made["activities"][0]["durationSummary"]["extensions"]["windowStart"] == 1767225600000


def test_runs_of_a_flow_are_listed_under_one_of_two_routes(emulator: EmulatorProcess, way: Way) -> None:
    flow = once(way)
    start(way, flow)
    assert way.read(f"/flows/{flow}")["runs"] == f"/runs?property=flowId=={flow}"
    assert way.adobe.get(f"/flows/{flow}/runs").status_code == 404
    emulator.switch(runs_path="path")

    assert way.read(f"/flows/{flow}")["runs"] == f"/flows/{flow}/runs"
    assert [run["flowId"] for run in way.adobe.get(f"/flows/{flow}/runs").json()["items"]] == [flow]
    assert way.adobe.get("/runs", property=f"flowId=={flow}").status_code == 400


def test_flow_that_fails_for_thirty_days_is_disabled_and_a_successful_run_resets_the_count(
    emulator: EmulatorProcess, way: Way
) -> None:
    flow = way.made("/flows", way.flow())
    emulator.set_scenario(runs=[{"code": "CONNECTOR-1001-500"}])
    emulator.turn_clock(20 * DAY)
    emulator.set_scenario()
    emulator.turn_clock(DAY)
    emulator.set_scenario(runs=[{"code": "CONNECTOR-1001-500"}])
    emulator.turn_clock(29 * DAY)
    before = way.read(f"/flows/{flow}")
    emulator.turn_clock(10 * DAY)

    after = way.read(f"/flows/{flow}")
    assert (before["state"], after["state"]) == ("enabled", "disabled")
    assert (after["etag"], after["updatedBy"]) != (before["etag"], before["updatedBy"])
    assert after["updatedAt"] == after["lastRunDetails"]["completedAtUTC"]
    way.adobe.send("POST", f"/flows/{flow}/action?op=enable")
    emulator.turn_clock(2 * DAY)
    assert way.read(f"/flows/{flow}")["state"] == "enabled"
