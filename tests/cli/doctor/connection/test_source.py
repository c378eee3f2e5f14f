"""The source of a connection: licence, credentials, tables and delta columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adobe_flow.doctor.connection.landing_zone import check_landing_zone, check_spark_key
from adobe_flow.doctor.connection.source import (
    check_cluster,
    check_connection,
    check_credentials,
    check_delta_columns,
    check_licence,
    check_tables,
)
from adobe_flow.doctor.context import DoctorContext
from adobe_flow.doctor.finding import CheckSkipped, NotApplicable
from adobe_flow.problem import Problem
from tests.cli.doctor.connection.conftest import PathScene
from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import Way, source
from tests.emulator_process import EmulatorProcess

MYSQL: dict[str, Any] = {
    "name": "shop",
    "connectionSpec": {"id": "26d738e0-8963-47ea-aadf-c60de735468a", "version": "1.0"},
    "auth": {
        "specName": "Connection String Based Authentication",
        "params": {"connectionString": "server=db.acme.example;password=planted"},
    },
}


def test_unknown_connection_is_reported_with_a_similar_name(scene: PathScene) -> None:
    with pytest.raises(Problem, match="lak") as raised:
        check_connection(scene.case("lak"))

    assert "Did you mean lake?" in raised.value.hint


def test_connection_is_found_by_name_or_id_with_its_dataflows(scene: PathScene) -> None:
    assert "none yet" in check_connection(scene.case())
    scene.flow()

    for wanted in ("lake", scene.way.base):
        assert "orders daily" in check_connection(scene.case(wanted))


def test_connection_that_is_not_enabled_is_reported(scene: PathScene) -> None:
    operation = {"op": "replace", "path": "/state", "value": "disabled"}
    scene.emulator.foreign_edit(scene.way.base, [operation])

    with pytest.raises(Problem, match="is disabled"):
        check_connection(scene.case())


def test_cloud_hosting_and_licence_are_printed_as_hints_because_no_api_returns_them(scene: PathScene) -> None:
    told = check_licence(scene.case())

    assert "Azure" in told
    assert "Ultimate" in told


def test_source_missing_in_the_organization_is_reported(scene: PathScene) -> None:
    scene.emulator.fault("GET /connectionSpecs/{id}", status=404, body={"errorMessage": "not found"})

    with pytest.raises(Problem, match="databricks") as raised:
        check_licence(scene.case())

    assert "licence" in raised.value.hint


@pytest.mark.parametrize("fault", [None, {"status": 400, "body": {"errorMessage": "no"}}], ids=["failed", "refused"])
def test_a_failed_connection_test_names_the_likely_causes(scene: PathScene, fault: dict[str, Any] | None) -> None:
    assert "passed" in check_credentials(scene.case())
    scene.emulator.switch(test_result="false")
    if fault:
        scene.emulator.fault("GET /connections/{id}/test", **fault)

    with pytest.raises(Problem, match="lake") as raised:
        check_credentials(scene.case())

    assert "access token" in raised.value.hint
    assert "adobe-flow rotate" in raised.value.hint


def test_connection_of_another_source_has_only_the_checks_that_apply(scene: PathScene) -> None:
    scene.way.adobe.create(MYSQL)
    case = scene.case("shop")

    for check in (check_cluster, check_landing_zone, check_spark_key):
        with pytest.raises(NotApplicable):
            check(case)
    assert "mysql" in check_licence(case)
    assert "Databricks" not in check_licence(case)


@pytest.mark.parametrize("check", [check_tables, check_delta_columns])
def test_connection_without_a_dataflow_has_no_table_check(
    scene: PathScene, check: Callable[[DoctorContext], str]
) -> None:
    with pytest.raises(CheckSkipped, match="no dataflow"):
        check(scene.case())


def test_table_and_delta_column_of_each_dataflow_are_checked(scene: PathScene) -> None:
    for name in ("orders daily", "orders hourly"):
        scene.flow(name=name)
    case = scene.case()

    assert check_tables(case) == "orders daily, orders hourly: acme.orders can be read"
    assert "ordered_at can be a time" in check_delta_columns(case)
    explored = [each for each in scene.emulator.journal() if each["path"].endswith("/explore")]
    assert len(explored) == 1


def test_invisible_table_is_reported_with_a_similar_name(scene: PathScene) -> None:
    body = {**source(scene.way.base), "params": {"tableName": "acme.order"}}
    scene.flow(sourceConnectionIds=[scene.way.made("/sourceConnections", body)])
    scene.flow(name="in order")

    with pytest.raises(Problem, match=r"orders daily: .*acme\.order") as raised:
        check_tables(scene.case())

    assert "acme.orders" in raised.value.hint
    assert "in order" not in raised.value.message


@pytest.mark.parametrize(("column", "told"), [("customer_id", "its type is string"), ("ordered_ad", "ordered_at")])
def test_delta_column_of_a_type_other_than_time_is_reported(scene: PathScene, column: str, told: str) -> None:
    copy = {"name": "Copy", "params": {"deltaColumn": {"name": column}}}
    scene.flow(transformations=[copy, *scene.way.flow()["transformations"][1:]])

    with pytest.raises(Problem, match=told) as raised:
        check_delta_columns(scene.case())

    assert "delta_column" in raised.value.hint


def test_a_one_time_dataflow_needs_no_delta_column(scene: PathScene) -> None:
    scene.once()

    assert "no delta column" in check_delta_columns(scene.case())


def test_change_data_capture_needs_no_delta_column(scene: PathScene) -> None:
    reader = source(scene.way.base)
    reader["params"]["cdcEnabled"] = True
    scene.way.source = scene.way.made("/sourceConnections", reader)
    scene.once()

    assert "change data capture" in check_delta_columns(scene.case())


@pytest.mark.slow
def test_empty_table_is_reported(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "acme.orders.csv").write_text("order_id,customer_id,amount,ordered_at\n")
    with (
        EmulatorProcess.start(tmp_path / "own.sqlite", "--workspace", str(tmp_path / "tables")) as emulator,
        AdobeClient(emulator.url) as adobe,
    ):
        scene = PathScene(emulator, Way(adobe), tmp_path)
        scene.flow()

        with pytest.raises(Problem, match=r"acme\.orders has no rows") as raised:
            check_tables(scene.case())

        assert "adobe-flow explore" in raised.value.hint
