"""Whatever type a member has of what the path of the rows consists of, the doctor has a finding for each check."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from adobe_flow.doctor.connection.dataflow import check_last_runs, check_schedules
from adobe_flow.doctor.connection.landing_zone import check_spark_key
from adobe_flow.doctor.connection.source import check_cluster, check_delta_columns, check_tables
from adobe_flow.doctor.connection.target import check_identity, check_schema
from adobe_flow.doctor.context import DoctorContext
from adobe_flow.doctor.finding import CheckSkipped
from pulumi_adobe.errors import AdobeError
from tests.cli.doctor.connection.databricks_server import start_databricks_server
from tests.cli.malformed.conftest import MalformedWorld
from tests.cli.malformed.test_entities import CONNECTION, FLOW, ID, SOURCE, many
from tests.cli.malformed.values import MALFORMED_VALUES, variants

pytestmark = pytest.mark.slow

EVERY = 11
"""A part of all cases, in which each malformed value and each member has its turn."""

SCHEMA = "https://ns.adobe.com/acme/schemas/orders"
PIPELINE = {
    **FLOW,
    "transformations": [
        {"name": "Copy", "params": {"deltaColumn": {"name": "ordered_at"}}},
        {"name": "Mapping", "params": {"mappingId": "m-1"}},
    ],
    "scheduleParams": {"frequency": "hour", "interval": 1},
}
READER = {**SOURCE, "params": {"tableName": "a.b"}}
ANSWERS: dict[str, Any] = {
    "/targetConnections/{id}": {"id": "t-1", "params": {"dataSetId": "d"}, "data": {"schema": {"id": SCHEMA}}},
    "/data/foundation/conversion/mappingSets/{id}": {"xdmSchema": SCHEMA, "mappings": [{"destinationXdmPath": "_id"}]},
    "/data/foundation/catalog/dataSets/{id}": {
        "schemaRef": {"id": SCHEMA},
        "tags": {"unifiedProfile": ["enabled:true"]},
    },
    "/data/foundation/schemaregistry/tenant/descriptors": {
        "xdm:descriptorIdentity": [{"xdm:sourceSchema": SCHEMA, "xdm:sourceProperty": "/_id", "xdm:isPrimary": True}]
    },
    "/connections/{id}/explore": {
        "schema": {"columns": [{"name": "ordered_at", "type": "string", "meta:xdmType": "date-time"}]},
        "data": [{"ordered_at": "2026-01-01T00:00:00Z"}],
    },
    "/runs": {
        "id": "r-1",
        "flowId": "f-1",
        "metrics": {
            "durationSummary": {"startedAtUTC": 1764000000000, "completedAtUTC": 1764000001000},
            "recordSummary": {"outputRecordCount": 1, "failedRecordCount": 0},
            "statusSummary": {"status": "failed", "errors": [{"code": "133", "message": "none"}]},
        },
    },
}
CHECKS: dict[str, tuple[Callable[[DoctorContext], str], ...]] = {
    "/targetConnections/{id}": (check_identity, check_schema, check_schedules),
    "/data/foundation/conversion/mappingSets/{id}": (check_identity, check_schema),
    "/data/foundation/catalog/dataSets/{id}": (check_schema, check_schedules),
    "/data/foundation/schemaregistry/tenant/descriptors": (check_identity,),
    "/connections/{id}/explore": (check_tables, check_delta_columns),
    "/runs": (check_last_runs,),
}


def give(world: MalformedWorld, route: str, body: Any) -> None:
    """Let the route answer this entity, in the form of its service."""
    entities = {"/runs", "/targetConnections/{id}"}
    world.answer(
        f"GET {route}", {"items": [body]} if route in entities else {"d": body} if "dataSets" in route else body
    )


@pytest.fixture
def path(world: MalformedWorld) -> MalformedWorld:
    world.show("connections", [CONNECTION])
    world.show("sourceConnections", [READER])
    world.show("flows", [PIPELINE])
    return world


@pytest.mark.parametrize("flags", [("--json",), ()], ids=["json", "table"])
def test_every_malformed_dataflow_is_reported_by_doctor(path: MalformedWorld, flags: tuple[str, ...]) -> None:
    path.show("sourceConnections", [READER, *many(READER, "source")])
    path.show("flows", [PIPELINE, *many({**PIPELINE, "sourceConnectionIds": ["s-1"]}, "flow")])

    said = path("doctor", "--connection", ID, *flags)

    assert "orders daily" in said.stdout


@pytest.mark.parametrize("route", ANSWERS)
def test_every_malformed_response_is_reported_by_doctor(path: MalformedWorld, route: str) -> None:
    for _, malformed in list(variants(ANSWERS[route]))[::EVERY]:
        for check in CHECKS[route]:
            path.emulator.clear_faults()
            path.show("connections", [CONNECTION])
            path.show("sourceConnections", [READER])
            path.show("flows", [PIPELINE])
            for other, body in ANSWERS.items():
                give(path, other, malformed if other == route else body)
            with suppress(AdobeError, CheckSkipped):
                assert check(DoctorContext(path.folder, None, None, path.environment(), ID))


def test_every_malformed_cluster_is_reported_by_doctor(path: MalformedWorld) -> None:
    with start_databricks_server(cluster_id="c") as databricks:
        environment = {**path.environment(), **databricks.environment}
        for value in [*MALFORMED_VALUES, {"fs.azure.sas.a": 5}, {"fs.azure.sas.a": ["sig="]}]:
            databricks.spark_conf = databricks.state = value
            for check in (check_cluster, check_spark_key):
                with suppress(AdobeError, CheckSkipped):
                    assert check(DoctorContext(path.folder, None, None, environment, ID))
