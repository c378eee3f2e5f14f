"""Bad rows, partial ingestion, error diagnostics and change data capture, from a table to its dataset."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import SCHEMA, Way, mapping_set, source, target
from tests.emulator_process import EmulatorProcess

DAY = 86400
DATASET, MIRROR = "6889f4f89b982b2b90bc1207", "6889f4f89b982b2b90bc1209"
MIRROR_SCHEMA = "https://ns.adobe.com/acme/schemas/mirrored-orders"
ROWS_CODE = "INGEST-1212-400"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@pytest.fixture(scope="module")
def process(folder: Path) -> Iterator[EmulatorProcess]:
    with EmulatorProcess.start(folder.with_name("own.sqlite"), "--workspace", str(folder)) as own:
        yield own


@pytest.fixture
def own(process: EmulatorProcess) -> EmulatorProcess:
    process.reset()
    return process


@pytest.fixture
def client(own: EmulatorProcess) -> Iterator[AdobeClient]:
    with AdobeClient(own.url) as adobe:
        yield adobe


def _write_orders(folder: Path, *rows: str, header: str = "order_id,amount,ordered_at") -> None:
    (folder / "acme.orders.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")


def _write_amounts(folder: Path, *amounts: str) -> None:
    rows = (f"O-{number},{amount},2026-02-01T08:30:00Z" for number, amount in enumerate(amounts, 1))
    _write_orders(folder, *rows)


def _create_flow(client: AdobeClient, **changes: Any) -> tuple[Way, str]:
    way = Way(client)
    way.source = way.made("/sourceConnections", source(way.base, params={"tableName": "acme.orders"}))
    return way, way.made("/flows", way.flow(**changes))


def _create_mirror(client: AdobeClient, *, cdc: bool = True, **changes: Any) -> tuple[Way, str]:
    """Create a dataflow into the dataset whose schema has a primary key."""
    way = Way(client)
    params = {"tableName": "acme.orders", "cdcEnabled": cdc}
    way.source = way.made("/sourceConnections", source(way.base, params=params))
    data = {"schema": {"id": MIRROR_SCHEMA, "version": "application/vnd.adobe.xed+json;version=1"}}
    way.target = way.made("/targetConnections", target(data=data, params={"dataSetId": MIRROR}))
    mappings = mapping_set(order_id="orderId", amount="amount", ordered_at="orderedAt")
    body = {**mappings, "xdmSchema": MIRROR_SCHEMA}
    way.mapping = way.neighbour("POST", "/conversion/mappingSets", json=body).json()["id"]
    return way, way.made("/flows", way.flow(**changes))


def _get_meta(way: Way, run: dict[str, Any], path: str) -> Any:
    (ids,) = [each["reference"]["ids"] for each in run["activities"][-1]["targetInfo"]]
    return way.neighbour("GET", f"/export/batches/{ids[0]}/meta", params={"path": path})


def _list_nested_codes(run: dict[str, Any]) -> list[str]:
    return [each["code"] for each in run["activities"][-1]["statusSummary"]["extensions"]["errors"]]


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ({}, ("failed", 0)),
        ({"partialIngestionPercent": 10}, ("failed", 0)),
        ({"partialIngestionPercent": 25}, ("success", 3)),
        ({"partialIngestionPercent": 50, "errorDiagnosticsEnabled": True}, ("success", 3)),
    ],
    ids=str,
)
def test_invalid_rows_up_to_the_threshold_do_not_stop_the_valid_ones(
    own: EmulatorProcess, client: AdobeClient, folder: Path, options: dict[str, Any], outcome: tuple[str, int]
) -> None:
    state, arrived = outcome
    _write_amounts(folder, "1.5", "much", "2", "3")
    way, flow = _create_flow(client, options=options)

    own.turn_clock(120)

    (run,) = way.runs(flow)
    records = run["metrics"]["recordSummary"]
    assert (run["state"], len(own.rows(DATASET))) == (state, arrived)
    assert (records["inputRecordCount"], records["outputRecordCount"], records["failedRecordCount"]) == (
        4,
        arrived,
        4 - arrived,
    )
    has_errors = "errors" in run["metrics"]["statusSummary"]
    assert has_errors is (state == "failed")


def test_error_diagnostics_list_each_invalid_row_with_its_error(
    own: EmulatorProcess, client: AdobeClient, folder: Path
) -> None:
    _write_amounts(folder, "1.5", "much", "2", "more")
    options = {"errorDiagnosticsEnabled": True, "partialIngestionPercent": 50}
    way, flow = _create_flow(client, options=options)
    own.turn_clock(120)

    (run,) = way.runs(flow)
    files = _get_meta(way, run, "row_errors").json()
    lines = _get_meta(way, run, f"row_errors/{files['data'][0]['name']}").text

    assert _list_nested_codes(run) == [ROWS_CODE, "MAPPER-3700-400"]
    rows = [json.loads(line) for line in lines.splitlines()]
    assert [row["_errors"][0]["code"] for row in rows] == ["MAPPER-3700-400"] * 2
    assert [row["_acme"]["amount"] for row in rows] == ["much", "more"]
    assert files["data"][0]["length"] == str(len(lines))
    assert _get_meta(way, run, "row_error_samples.json").text == lines
    batch = run["activities"][-1]["targetInfo"][0]["reference"]["ids"][0]
    (errors,) = [each["errors"] for each in way.neighbour("GET", f"/catalog/batches/{batch}").json().values()]
    assert errors[1]["recordCount"] == 2


def test_error_diagnostics_are_deleted_after_30_days(own: EmulatorProcess, client: AdobeClient, folder: Path) -> None:
    _write_amounts(folder, "much")
    way, flow = _create_flow(client, options={"errorDiagnosticsEnabled": True})
    own.turn_clock(120)
    run = way.runs(flow)[0]
    assert len(_get_meta(way, run, "row_errors").json()["data"]) == 1

    own.turn_clock(31 * DAY)

    assert _get_meta(way, run, "row_errors").json()["data"] == []


def test_without_error_diagnostics_invalid_rows_are_not_listed(
    own: EmulatorProcess, client: AdobeClient, folder: Path
) -> None:
    _write_amounts(folder, "much")
    way, flow = _create_flow(client)
    own.turn_clock(120)

    (run,) = way.runs(flow)

    assert _list_nested_codes(run) == ["INGEST-1211-400"]
    assert _get_meta(way, run, "row_errors").json() == {"data": [], "_page": {"limit": 100, "count": 0}}
    assert _get_meta(way, run, "row_errors/conversion_errors_0.json").status_code == 404
    assert way.neighbour("GET", "/export/batches/unknown/meta", params={"path": "row_errors"}).status_code == 404


def test_missing_required_field_has_its_own_code(own: EmulatorProcess, client: AdobeClient, folder: Path) -> None:
    _write_orders(folder, "O-1,1,2026-02-01T08:30:00Z", ",2,2026-02-01T08:30:00Z")
    options = {"errorDiagnosticsEnabled": True, "partialIngestionPercent": 50}
    way, flow = _create_mirror(client, cdc=False, options=options)
    own.turn_clock(120)

    (run,) = way.runs(flow)

    assert _list_nested_codes(run) == [ROWS_CODE, "INGEST-1555-400"]
    assert [row["orderId"] for row in own.rows(MIRROR)] == ["O-1"]


FEED_HEADER = "order_id,amount,ordered_at,_change_request_type"
FIRST_FEED = ("O-1,1,2026-02-01T08:30:00Z,u", "O-2,2,2026-02-01T08:30:00Z,")
SECOND_FEED = ("O-1,9,2026-02-02T08:30:00Z,U", "O-2,,2026-02-02T08:30:00Z,d", "O-3,3,2026-02-02T08:30:00Z,u")


@pytest.mark.parametrize("copy", [[], [{"name": "Copy", "params": {"deltaColumn": {"name": "ordered_at"}}}]], ids=str)
def test_change_feed_updates_and_deletes_rows_by_primary_key(
    own: EmulatorProcess, client: AdobeClient, folder: Path, copy: list[Any]
) -> None:
    _write_orders(folder, *FIRST_FEED, header=FEED_HEADER)
    way, flow = _create_mirror(client, options={"errorDiagnosticsEnabled": True})
    _replace_copy(way, flow, copy)
    own.turn_clock(120)
    if copy:
        # The delta column says what is new: the changes happen while the emulator runs.
        later = own.control("GET", "clock")["now"]
        second = tuple(row.replace("2026-02-02T08:30:00Z", later) for row in SECOND_FEED)
    else:
        second = SECOND_FEED
    _write_orders(folder, *FIRST_FEED, *second, header=FEED_HEADER)

    own.turn_clock(2 * DAY)

    first, changed, unchanged = (run["metrics"]["recordSummary"] for run in way.runs(flow))
    names = ("createdRecordCount", "updatedRecordCount", "deletedRecordCount", "failedRecordCount")
    assert [first[name] for name in names] == [2, 0, 0, 0]
    assert [changed[name] for name in names] == [1, 1, 1, 0]
    assert unchanged["inputRecordCount"] == 0
    assert sorted((row["orderId"], row["amount"]) for row in own.rows(MIRROR)) == [("O-1", 9), ("O-3", 3)]


def _replace_copy(way: Way, flow: str, copy: list[Any]) -> None:
    entity = way.read(f"/flows/{flow}")
    operation = {"op": "replace", "path": "/transformations", "value": [*copy, entity["transformations"][-1]]}
    headers = {"If-Match": entity["etag"]}
    answer = way.adobe.send("PATCH", f"/flows/{flow}", json=[operation], headers=headers)
    assert answer.status_code == 200, answer.text


def test_without_change_data_capture_deletions_are_ignored(
    own: EmulatorProcess, client: AdobeClient, folder: Path
) -> None:
    _write_orders(folder, *FIRST_FEED, *SECOND_FEED, header=FEED_HEADER)
    way, flow = _create_mirror(client, cdc=False)

    own.turn_clock(120)

    (run,) = way.runs(flow)
    assert "deletedRecordCount" not in run["metrics"]["recordSummary"]
    assert [row["orderId"] for row in own.rows(MIRROR)] == ["O-1", "O-2", "O-1", "O-3"]


def test_change_type_column_is_no_column_of_the_table(client: AdobeClient, folder: Path) -> None:
    _write_orders(folder, *FIRST_FEED, header=FEED_HEADER)

    base = client.create()["id"]
    answer = client.get(f"/connections/{base}/explore", objectType="table", object="acme.orders", preview="true")

    assert "_change_request_type" not in answer.text


def test_change_data_capture_without_a_primary_key_fails_the_run(
    own: EmulatorProcess, client: AdobeClient, folder: Path
) -> None:
    _write_orders(folder, *FIRST_FEED, header=FEED_HEADER)
    way = Way(client)
    params = {"tableName": "acme.orders", "cdcEnabled": True}
    way.source = way.made("/sourceConnections", source(way.base, params=params))
    flow = way.made("/flows", way.flow())

    own.turn_clock(120)

    (run,) = way.runs(flow)
    assert SCHEMA in run["metrics"]["statusSummary"]["errors"][0]["message"]
    assert own.rows(DATASET) == []


def test_next_run_repeats_the_change_rows_of_a_failed_run(
    own: EmulatorProcess, client: AdobeClient, folder: Path
) -> None:
    _write_orders(folder, *FIRST_FEED, header=FEED_HEADER)
    way, flow = _create_mirror(client)
    _replace_copy(way, flow, [])
    own.set_scenario(runs=[{"code": "CONNECTOR-1001-500"}])
    own.turn_clock(120)
    own.set_scenario(runs=[])

    own.turn_clock(DAY)

    assert [run["state"] for run in way.runs(flow)] == ["failed", "success"]
    assert len(own.rows(MIRROR)) == 2
