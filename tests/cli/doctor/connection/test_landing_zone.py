"""The Spark key: compared with the landing zone's current token, which no question renews; and no value is shown."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.doctor.connection.landing_zone import check_landing_zone, check_spark_key
from adobe_flow.doctor.connection.source import check_cluster
from adobe_flow.doctor.finding import CheckSkipped
from adobe_flow.problem import Problem
from pulumi_adobe.flow_service.platform_apis import LandingZone, renew_landing_zone
from tests.cli.doctor.connection.conftest import KIND, PathScene
from tests.cli.doctor.connection.databricks_server import TOKEN, DatabricksServer
from tests.provider.lifecycle.world import World

pytestmark = pytest.mark.slow

DAY = 86_400


def key_of(zone: LandingZone) -> str:
    return f"fs.azure.sas.{zone.container}.{zone.account}.blob.core.windows.net"


def test_cluster_with_the_current_token_is_healthy(scene: PathScene, databricks: DatabricksServer) -> None:
    zone = scene.store_credentials()
    databricks.spark_conf = {key_of(zone): zone.sas_token}
    case = scene.case()

    assert zone.expiry_date in check_landing_zone(case)
    assert "c-1 has the current token" in check_spark_key(case)
    assert scene.list_credential_requests() == ["GET"]
    assert databricks.paths == ["/api/2.1/clusters/get?cluster_id=c-1"]


def test_missing_spark_key_is_reported_with_the_remedy(scene: PathScene, databricks: DatabricksServer) -> None:
    zone = scene.store_credentials()
    databricks.spark_conf = {"fs.azure.sas.c.other.blob.core.windows.net": "sv=planted&sig=planted"}

    with pytest.raises(Problem) as raised:
        check_spark_key(scene.case())

    assert key_of(zone) in raised.value.message
    assert "fs.azure.sas.c.other.blob" in raised.value.message
    assert "spark_conf" in raised.value.hint
    assert "restart" in raised.value.hint
    assert "planted" not in str(raised.value)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("sv=2020&sig=planted", "another token"),
        ("", "another token"),
        ("?{token}", "around the token"),
        ("https://a.blob.core.windows.net/c?{token}", "SAS URI"),
    ],
)
def test_wrong_spark_value_is_reported_and_not_shown(
    scene: PathScene, databricks: DatabricksServer, pattern: str, told: str
) -> None:
    zone = scene.store_credentials()
    databricks.spark_conf = {key_of(zone): pattern.format(token=zone.sas_token)}

    with pytest.raises(Problem, match=told) as raised:
        check_spark_key(scene.case())

    assert zone.sas_token not in str(raised.value)
    assert "planted" not in str(raised.value)


def test_renewed_token_is_reported_as_missing_on_the_cluster(scene: PathScene, databricks: DatabricksServer) -> None:
    zone = scene.store_credentials()
    databricks.spark_conf = {key_of(zone): zone.sas_token}
    renew_landing_zone(World(scene.emulator).start_process().service, KIND)

    with pytest.raises(Problem, match="another token"):
        check_spark_key(scene.case())


def test_spark_value_that_references_a_databricks_secret_is_not_compared(
    scene: PathScene, databricks: DatabricksServer
) -> None:
    databricks.spark_conf = {key_of(scene.store_credentials()): "{{secrets/adobe/sas}}"}

    assert "reference to a secret" in check_spark_key(scene.case())


def test_check_never_renews_an_expired_token(scene: PathScene, databricks: DatabricksServer, today: str) -> None:
    scene.store_credentials(expiry=today)
    databricks.spark_conf = {"fs.azure.sas.a.b": "x"}

    for check in (check_landing_zone, check_spark_key):
        with pytest.raises(Problem, match="has ended") as raised:
            check(scene.case())
        assert "adobe-flow landing-zone refresh" in raised.value.hint
    scene.emulator.turn_clock(200 * DAY)
    assert scene.list_credential_requests() == []


def test_check_without_stored_credentials_sends_nothing_because_the_expiry_is_unknown(
    scene: PathScene, databricks: DatabricksServer
) -> None:
    databricks.spark_conf = {"fs.azure.sas.a.b": "x"}

    for check in (check_landing_zone, check_spark_key):
        with pytest.raises(CheckSkipped, match="LandingZoneCredentials"):
            check(scene.case())
    assert scene.list_credential_requests() == []

    databricks.spark_conf = {}
    with pytest.raises(Problem, match="no key"):
        check_spark_key(scene.case())


def test_stopped_cluster_has_no_spark_configuration_to_check(scene: PathScene, databricks: DatabricksServer) -> None:
    scene.emulator.set_scenario(clusters={"c-1": "stopped"})
    databricks.state = "TERMINATED"

    with pytest.raises(Problem, match="TERMINATED") as raised:
        check_cluster(scene.case())

    assert "c-1" in raised.value.message
    assert "Start the cluster" in raised.value.hint
    scene.emulator.set_scenario()
    assert "3 tables" in check_cluster(scene.case())


@pytest.mark.parametrize("missing", ["DATABRICKS_HOST", "DATABRICKS_TOKEN"])
def test_check_without_databricks_address_and_token_sends_nothing(
    scene: PathScene, databricks: DatabricksServer, missing: str
) -> None:
    scene.environment[missing] = " "

    with pytest.raises(CheckSkipped, match="DATABRICKS_HOST and DATABRICKS_TOKEN"):
        check_spark_key(scene.case())
    assert databricks.paths == []


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("http://adb-1.azuredatabricks.net", "in clear"),
        ("ftp://127.0.0.1", "not the address"),
        ("https://me:planted@127.0.0.1", "not the address"),
        ("https://[planted", "not the address"),
        ("https://127.0.0.1:planted", "not the address"),
        ("http://127.0.0.1:1", "did not answer"),
    ],
)
def test_token_is_not_sent_to_an_address_outside_databricks(
    scene: PathScene, databricks: DatabricksServer, host: str, told: str
) -> None:
    scene.environment["DATABRICKS_HOST"] = host

    with pytest.raises(Problem, match=told) as raised:
        check_spark_key(scene.case())

    assert "DATABRICKS_HOST" in str(raised.value)
    assert "planted" not in str(raised.value)
    assert databricks.paths == []


def test_workspace_other_than_that_of_the_connection_is_not_asked(scene: PathScene) -> None:
    scene.environment.update(DATABRICKS_HOST="adb-9.azuredatabricks.net", DATABRICKS_TOKEN=TOKEN)

    with pytest.raises(CheckSkipped, match="another workspace"):
        check_spark_key(scene.case())


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"token": "dapi-planted-another"}, "403"),
        ({"cluster_id": "c-2"}, "cluster_id"),
        ({"status": 503}, "503"),
        ({"status": 302}, "302"),
    ],
    ids=str,
)
def test_refusal_of_databricks_is_reported_with_the_remedy_and_without_the_token(
    scene: PathScene, databricks: DatabricksServer, answer: dict[str, Any], told: str
) -> None:
    for name, value in answer.items():
        setattr(databricks, name, value)
    databricks.location = f"{databricks.url}/elsewhere"

    with pytest.raises(Problem, match=told) as raised:
        check_spark_key(scene.case())

    assert raised.value.hint
    assert "planted" not in str(raised.value)
    assert len(databricks.paths) == 1
