"""A run needs the landing zone's current token in the Spark configuration of its cluster, if the scenario has one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import DATASET, Way
from tests.emulator.platform_apis.test_landing_zone import read
from tests.emulator_process import EmulatorProcess

DAY = 86_400


@pytest.fixture
def way(emulator: EmulatorProcess) -> Iterator[Way]:
    with AdobeClient(emulator.url) as adobe:
        made = Way(adobe)
        made.made("/flows", made.flow())
        yield made


def build_spark_conf(zone: dict[str, Any]) -> dict[str, str]:
    key = f"fs.azure.sas.{zone['containerName']}.{zone['storageAccountName']}.blob.core.windows.net"
    return {key: zone["SASToken"]}


def let_run(emulator: EmulatorProcess, way: Way, **cluster: Any) -> dict[str, Any]:
    emulator.set_scenario(clusters={"c-1": cluster})
    emulator.turn_clock(DAY)
    run: dict[str, Any] = way.adobe.get("/runs", orderby="-createdAt").json()["items"][0]
    return run


def test_run_without_the_spark_key_fails_with_the_documented_message(way: Way, emulator: EmulatorProcess) -> None:
    zone = read(way.adobe)

    run = let_run(emulator, way, sparkConf={"spark.speculation": "false"})

    assert run["metrics"]["statusSummary"]["errors"][0]["code"] == "CONNECTOR-1001-500"
    detail = run["activities"][0]["statusSummary"]["extensions"]["errorDetail"]
    account = f"{zone['storageAccountName']}.blob.core.windows.net"
    text = f"Unable to access container '{zone['containerName']}' in account '{account}' using anonymous credentials."
    assert detail.startswith(text)
    assert run["metrics"]["recordSummary"]["inputRecordCount"] == 0
    assert emulator.rows(DATASET) == []


def test_renewed_token_fails_the_runs_until_the_cluster_has_it(way: Way, emulator: EmulatorProcess) -> None:
    old = build_spark_conf(read(way.adobe))
    assert let_run(emulator, way, state="running", sparkConf=old)["state"] == "success"

    new = build_spark_conf(read(way.adobe, "POST", action="refresh"))

    assert let_run(emulator, way, sparkConf=old)["state"] == "failed"
    assert let_run(emulator, way, sparkConf=new)["state"] == "success"


def test_run_does_not_renew_an_expired_token(way: Way, emulator: EmulatorProcess) -> None:
    spark_conf = build_spark_conf(read(way.adobe))
    emulator.turn_clock(90 * DAY)
    emulator.clear_journal()

    assert let_run(emulator, way, sparkConf=spark_conf)["state"] == "failed"
    assert read(way.adobe)["SASToken"] not in spark_conf.values()


@pytest.mark.parametrize("cluster", [{}, {"state": "stopped"}], ids=str)
def test_cluster_without_a_spark_configuration_file_is_not_checked(
    way: Way, emulator: EmulatorProcess, cluster: dict[str, Any]
) -> None:
    assert let_run(emulator, way, **cluster)["state"] == "success"
