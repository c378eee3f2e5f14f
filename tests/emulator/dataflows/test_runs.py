"""When a run is made, what it reads, and why it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.adobe_client import AdobeClient, code_of
from tests.emulator.dataflows.way import DATASET, SCHEMA, Way, mapping_set, source
from tests.emulator_process import EmulatorProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

DAY = 86400
ORDERS = "order_id,customer_id,amount,ordered_at\n"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "acme.orders.csv").write_text(f"{ORDERS}O-1,C-1,1.5,2026-01-01T00:00:00Z\n", encoding="utf-8")
    return folder


@pytest.fixture
def own(tmp_path: Path, tables: Path) -> Iterator[EmulatorProcess]:
    with EmulatorProcess.start(tmp_path / "own.sqlite", "--workspace", str(tables)) as process:
        yield process


@pytest.fixture
def way(own: EmulatorProcess) -> Iterator[Way]:
    with AdobeClient(own.url) as adobe:
        yield Way(adobe)


def once(way: Way) -> dict[str, Any]:
    start = way.flow()["scheduleParams"]["startTime"]
    mapping = way.flow()["transformations"][1:]
    return way.flow(scheduleParams={"startTime": start, "frequency": "once"}, transformations=mapping)


def order(id_: str, emulator: EmulatorProcess) -> str:
    return f"{id_},C-1,2,{emulator.control('GET', 'clock')['now']}\n"


def append(tables: Path, line: str) -> None:
    with (tables / "acme.orders.csv").open("a", encoding="utf-8") as file:
        file.write(line)


def read_counts(way: Way, flow: str) -> list[int]:
    return [run["metrics"]["recordSummary"]["inputRecordCount"] for run in way.runs(flow)]


def reason(way: Way, flow: str) -> str:
    (error,) = way.runs(flow)[-1]["metrics"]["statusSummary"]["errors"]
    assert error["code"] == "CONNECTOR-2001-500"
    return str(error["message"])


def test_rows_added_after_a_run_are_copied_by_the_next_run(own: EmulatorProcess, way: Way, tables: Path) -> None:
    flow = way.made("/flows", way.flow())
    own.turn_clock(120)
    append(tables, order("O-2", own))
    own.turn_clock(DAY)

    assert [row["_id"] for row in own.rows(DATASET)] == ["O-1", "O-2"]
    assert read_counts(way, flow) == [1, 1]


def test_time_windows_of_runs_have_no_gap(own: EmulatorProcess, way: Way) -> None:
    flow = way.made("/flows", way.flow())
    own.turn_clock(2 * DAY + 120)

    windows = [run["activities"][0]["durationSummary"]["extensions"] for run in way.runs(flow)]
    start = int(way.read(f"/flows/{flow}")["scheduleParams"]["startTime"]) * 1000
    assert windows[0] == {"windowStart": 0, "windowEnd": start}
    assert [each["windowStart"] for each in windows[1:]] == [each["windowEnd"] for each in windows[:-1]]
    assert [run["createdAt"] for run in way.runs(flow)] == [each["windowEnd"] for each in windows]


def test_rows_missed_while_a_flow_was_disabled_are_copied_by_one_run(own: EmulatorProcess, way: Way) -> None:
    flow = way.made("/flows", way.flow())
    way.adobe.send("POST", f"/flows/{flow}/action?op=disable")
    own.turn_clock(5 * DAY)
    way.adobe.send("POST", f"/flows/{flow}/action?op=enable")
    assert way.runs(flow) == []
    own.turn_clock(DAY)

    assert read_counts(way, flow) == [1]


def test_one_time_flow_that_was_disabled_at_its_time_runs_when_it_is_enabled(own: EmulatorProcess, way: Way) -> None:
    flow = way.made("/flows", once(way))
    way.adobe.send("POST", f"/flows/{flow}/action?op=disable")
    own.turn_clock(DAY)
    assert way.runs(flow) == []
    assert code_of(way.adobe.send("POST", "/runs", json={"flowId": flow})) == "1422-400"
    way.adobe.send("POST", f"/flows/{flow}/action?op=enable")

    assert read_counts(way, flow) == [1]


def test_requested_run_does_not_replace_the_scheduled_run(own: EmulatorProcess, way: Way) -> None:
    flow = way.made("/flows", once(way))
    asked = way.adobe.send("POST", "/runs", json={"flowId": flow})
    own.turn_clock(DAY)

    assert len(way.runs(flow)) == 2
    assert asked.headers["Location"].endswith(f"/runs/{asked.json()['id']}")
    assert way.read(f"/runs/{asked.json()['id']}")["metrics"]["statusSummary"]["status"] == "success"


def test_run_can_be_requested_for_a_time_window(own: EmulatorProcess, way: Way, tables: Path) -> None:
    append(tables, "O-2,C-1,2,2026-01-02T00:00:00Z\nO-3,C-1,3,2026-01-03T00:00:00Z\n")
    flow = way.made("/flows", once(way))
    window = {"windowStartTime": "1767312000", "windowEndTime": 1767398400, "deltaColumn": {"name": "ordered_at"}}
    way.adobe.send("POST", "/runs", json={"flowId": flow, "params": window})

    assert [row["_id"] for row in own.rows(DATASET)] == ["O-2"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "1446-400"),
        ({"flowId": ["x"]}, "1446-400"),
        ({"params": {"windowStartTime": 2, "windowEndTime": 1}}, "CONNECTOR-1381-400"),
        ({"params": {"windowStartTime": 1, "windowEndTime": 2}}, "CONNECTOR-1383-400"),
    ],
    ids=str,
)
def test_invalid_run_request_is_refused(way: Way, body: dict[str, Any], code: str) -> None:
    ids = {"flowId": way.made("/flows", once(way))} if "params" in body else {}

    assert code_of(way.adobe.send("POST", "/runs", json={**ids, **body})) == code


def test_runs_are_filtered_by_their_state(own: EmulatorProcess, way: Way, tables: Path) -> None:
    flow = way.made("/flows", way.flow())
    own.turn_clock(120)
    (tables / "acme.orders.csv").unlink()
    own.turn_clock(DAY)

    def count(*filters: str) -> int:
        found = way.adobe.get("/runs", property=[f"flowId=={flow}", *filters], count="true").json()["count"]
        assert isinstance(found, int)
        return found

    assert count() == 2
    assert count("state==failed") == count("metrics.statusSummary.status==success") == 1
    assert code_of(way.adobe.get("/runs", property="nothing==1")) == "1449-400"


def test_deleted_table_fails_the_run(own: EmulatorProcess, way: Way, tables: Path) -> None:
    flow = way.made("/flows", way.flow())
    (tables / "acme.orders.csv").unlink()
    own.turn_clock(120)

    assert reason(way, flow) == "the table acme.orders does not exist"
    assert way.read(f"/flows/{flow}")["lastRunDetails"]["state"] == "failed"
    assert own.rows(DATASET) == []


def test_file_that_is_not_csv_fails_only_the_run(own: EmulatorProcess, way: Way, tables: Path) -> None:
    flow = way.made("/flows", way.flow())
    (tables / "acme.orders.csv").write_bytes(b"\xff\xfe\x00")
    own.turn_clock(120)

    assert "cannot be read" in reason(way, flow)
    explored = way.adobe.get(f"/connections/{way.base}/explore", objectType="table", object="acme.orders")
    assert code_of(explored) == "1100-400"


def test_delta_column_that_is_missing_or_holds_no_time_fails_the_run(own: EmulatorProcess, way: Way) -> None:
    def delta(name: str) -> list[dict[str, Any]]:
        return [{"name": "Copy", "params": {"deltaColumn": {"name": name}}}, way.flow()["transformations"][1]]

    missing = way.made("/flows", way.flow(transformations=delta("changed_at")))
    wrong = way.made("/flows", way.flow(transformations=delta("order_id")))
    own.turn_clock(120)

    assert reason(way, missing) == "the table acme.orders has no column changed_at"
    assert reason(way, wrong) == "the delta column holds 'O-1', which is no time"
    assert own.rows(DATASET) == []


def test_row_without_a_time_is_never_copied(own: EmulatorProcess, way: Way, tables: Path) -> None:
    append(tables, "O-2,C-1,2,\n")
    way.made("/flows", way.flow())
    own.turn_clock(120)

    assert [row["_id"] for row in own.rows(DATASET)] == ["O-1"]


def test_mapping_of_an_unselected_column_fails_the_run(own: EmulatorProcess, way: Way) -> None:
    way.source = way.made(
        "/sourceConnections", source(way.base, params={"tableName": "acme.orders", "columns": [{"name": "order_id"}]})
    )
    flow = way.made("/flows", way.flow())
    own.turn_clock(120)

    assert "does not select" in reason(way, flow)


def test_one_column_can_be_mapped_to_two_paths(own: EmulatorProcess, way: Way) -> None:
    mappings = [{"sourceAttribute": "order_id", "destinationXdmPath": path} for path in ("_id", "_acme.status")]
    body = {"xdmSchema": SCHEMA, "mappings": mappings}
    way.mapping = way.neighbour("POST", "/conversion/mappingSets", json=body).json()["id"]
    way.made("/flows", way.flow())
    own.turn_clock(120)

    assert own.rows(DATASET) == [{"_id": "O-1", "_acme": {"status": "O-1"}}]


def test_source_connection_without_columns_reads_all_columns(own: EmulatorProcess, way: Way) -> None:
    way.source = way.made("/sourceConnections", source(way.base, params={"tableName": "acme.orders"}))
    flow = way.made("/flows", way.flow())
    own.turn_clock(120)

    assert read_counts(way, flow) == [1]


def test_deleted_dataset_fails_the_run(own: EmulatorProcess, way: Way) -> None:
    flow = way.made("/flows", way.flow())
    way.neighbour("DELETE", f"/catalog/dataSets/{DATASET}")
    own.turn_clock(120)

    assert reason(way, flow) == "the dataset is gone"


def test_runs_over_a_long_period_are_made_in_portions(own: EmulatorProcess, way: Way) -> None:
    often = {**way.flow()["scheduleParams"], "frequency": "minute", "interval": "15"}
    flow = way.made("/flows", way.flow(scheduleParams=often))
    own.turn_clock(12 * DAY)

    counts = [entry for entry in own.entities()["runs"] if entry["flowId"] == flow]
    assert len(counts) == 1000
    assert way.adobe.get("/runs", property=f"flowId=={flow}", count="true").json() == {"count": 12 * 96}


def test_mapping_set_is_visible_only_in_its_sandbox(way: Way) -> None:
    elsewhere = way.neighbour(
        "POST", "/conversion/mappingSets", json=mapping_set(), headers={"x-sandbox-name": "stage"}
    ).json()["id"]
    way.mapping = elsewhere

    assert code_of(way.adobe.send("POST", "/flows", json=way.flow())) == "1419-400"
    assert way.neighbour("GET", f"/conversion/mappingSets/{elsewhere}").status_code == 404


def test_clock_moves_only_forward(own: EmulatorProcess) -> None:
    for body in ({"advance": -1}, {"advance": 1e15}, {"to": "2020-01-01T00:00Z"}, {"to": "soon"}, {}):
        with pytest.raises(AssertionError, match="400"):
            own.control("POST", "clock", body)
    assert own.control("POST", "clock", {"to": "2099-01-01T00:00:00Z"})["now"] == "2099-01-01T00:00:00Z"
    own.reset()
    assert own.control("GET", "clock")["now"] < "2099"


def test_entity_created_later_has_a_later_timestamp(own: EmulatorProcess, way: Way) -> None:
    before = way.adobe.read(way.base)["createdAt"]
    own.turn_clock(DAY)
    later = way.adobe.read(way.adobe.create()["id"])["createdAt"]

    assert DAY * 1000 <= later - before < (DAY + 60) * 1000
