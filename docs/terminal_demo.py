"""The project that the pictures show: a stack with two connections, and others created by hand in two sandboxes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.cli.doctor.connection.databricks_server import start_databricks_server
from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import Way
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection
from tests.stack.project import CONNECTION, StackProject

_SNOWFLAKE: Final = {
    "connectionSpec": {"id": "b2e08744-4f1a-40ce-af30-7abac3e23cf3", "version": "1.0"},
    "auth": {
        "specName": "Basic Authentication for Snowflake",
        "params": {"account": "acme-eu", "username": "aep", "password": "x", "database": "FINANCE", "warehouse": "WH"},
    },
}
_DAY: Final = 86_400
_RUNS: Final = [
    {
        "flow": "customers-daily",
        "code": "CONNECTOR-1001-500",
        "detail": "Unable to access container 'dlz-databricks-container' using anonymous credentials.",
        "seconds": 21,
    },
    {"flow": "orders-once", "seconds": 2},
    {"flow": "orders-daily", "seconds": 94},
]
FAILED_RUN: Final = "<failed run>"
"""Stands in the arguments of a command for the id of a run that failed."""

_ORDERS: Final = {"name": "Orders lake", "description": "Orders of all shops. Ask the data team first."}
_CUSTOMERS: Final = {"name": "Customer lake", "clusterId": "0612-200003-abc123", "database": "customers"}


@contextmanager
def start_demo_project(folder: Path) -> Iterator[StackProject]:
    """Start an emulator with all connections, and return the project that uses it."""
    with (
        EmulatorProcess.start(folder / "flow-service.sqlite") as emulator,
        start_databricks_server(cluster_id=CONNECTION["clusterId"]) as databricks,
    ):
        project = StackProject(folder / "flow-connections", emulator)
        project.declare(orders=_ORDERS, customers=_CUSTOMERS)
        project.env.update(databricks.environment)
        project.up()
        for connection in _build_foreign_connections():
            emulator.foreign_create(**connection)
        _create_dataflows(project)
        yield project


def find_failed_run(project: StackProject) -> str:
    """Return the id of the newest run that failed."""
    return str([run["id"] for run in project.emulator.entities()["runs"] if run["state"] == "failed"][-1])


def _create_dataflows(project: StackProject) -> None:
    """Create three dataflows on the connection `orders`; the runs of one of them fail."""
    project.emulator.set_scenario(runs=_RUNS)
    with AdobeClient(project.emulator.url) as adobe:
        way = Way(adobe, str(project.resource("orders")["id"]))
        for name in ("orders-daily", "customers-daily"):
            way.made("/flows", way.flow(name=name))
        start = int(way.flow()["scheduleParams"]["startTime"]) + 365 * _DAY
        once = {"startTime": str(start), "frequency": "once"}
        mapping = way.flow()["transformations"][1:]
        way.made("/flows", way.flow(name="orders-once", scheduleParams=once, transformations=mapping))
    project.emulator.turn_clock(4 * _DAY)


def _build_foreign_connections() -> Iterator[dict[str, Any]]:
    warehouse = build_foreign_connection(name="Finance warehouse", **_SNOWFLAKE)
    yield warehouse
    yield {**warehouse, "sandbox": "stage", "description": "nightly"}
    yield build_foreign_connection(name="Lake of the web shop", state="failed")
    lake = build_foreign_connection(name="Orders lake", description=_ORDERS["description"], sandbox="stage")
    lake["auth"]["params"] |= {"clusterId": "0404-111111-stage1", "database": "acme-db"}
    yield lake
    yield build_foreign_connection(name="Load test", sandbox="stage")
