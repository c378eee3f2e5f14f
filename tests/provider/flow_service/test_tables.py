"""The tables of a base connection's source, in every shape of Adobe's documentation."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.flow_service.tables import Table, explore_table, get_columns, list_tables
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.support import CreateClient, list_requests

EXPLORE_ROUTE = "GET /connections/{id}/explore"
ORDERS = {"type": "table", "name": "orders", "path": "acme.orders"}


@pytest.mark.parametrize("content", [[ORDERS, "no table"], {"items": [ORDERS]}], ids=["list", "items"])
def test_list_tables_reads_both_shapes(create_client: CreateClient, emulator: EmulatorProcess, content: Any) -> None:
    emulator.fault(EXPLORE_ROUTE, status=200, body=content)

    assert list_tables(create_client(), "lake-id") == [Table("acme.orders", "orders", "table")]
    assert list_requests(emulator, "GET", "/lake-id/explore")[0]["query"] == {"objectType": "root"}


def test_table_without_a_path_is_known_by_its_name(create_client: CreateClient, emulator: EmulatorProcess) -> None:
    emulator.fault(EXPLORE_ROUTE, status=200, body=[{"name": "orders"}])

    assert list_tables(create_client(), "lake-id") == [Table("orders", "orders", None)]


@pytest.mark.parametrize("content", [{}, {"items": "none"}, "text", 7], ids=str)
def test_content_of_another_shape_has_no_tables(
    create_client: CreateClient, emulator: EmulatorProcess, content: Any
) -> None:
    emulator.fault(EXPLORE_ROUTE, status=200, body=content)

    assert list_tables(create_client(), "lake-id") == []


@pytest.mark.parametrize(
    ("with_rows", "query"),
    [(False, {}), (True, {"preview": "true"})],
    ids=["schema", "rows"],
)
def test_explore_table_asks_for_rows_only_if_wanted(
    create_client: CreateClient, emulator: EmulatorProcess, *, with_rows: bool, query: dict[str, str]
) -> None:
    emulator.fault(EXPLORE_ROUTE, status=200, body={"data": [{"id": 1}]})

    content = explore_table(create_client(), "lake-id", "acme.orders", with_rows=with_rows)

    assert content == {"data": [{"id": 1}]}
    (request,) = list_requests(emulator, "GET", "/explore")
    assert request["query"] == {"objectType": "table", "object": "acme.orders", **query}


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        ({"schema": {"columns": [{"name": "id"}, "no column"]}}, [{"name": "id"}]),
        ({"schema": {"properties": {}}}, []),
        ([], []),
    ],
    ids=["columns", "JSON schema", "list"],
)
def test_get_columns_returns_the_columns_of_the_schema(
    create_client: CreateClient, emulator: EmulatorProcess, content: Any, columns: list[dict[str, str]]
) -> None:
    emulator.fault(EXPLORE_ROUTE, status=200, body=content)

    assert get_columns(create_client(), "lake-id", "acme.orders") == columns
