"""The project that the pictures show: a stack with two connections, and others created by hand in two sandboxes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection
from tests.stack.project import StackProject

_SNOWFLAKE: Final = {
    "connectionSpec": {"id": "b2e08744-4f1a-40ce-af30-7abac3e23cf3", "version": "1.0"},
    "auth": {
        "specName": "Basic Authentication for Snowflake",
        "params": {"account": "acme-eu", "username": "aep", "password": "x", "database": "FINANCE", "warehouse": "WH"},
    },
}
_ORDERS: Final = {"name": "Orders lake", "description": "Orders of all shops. Ask the data team first."}
_CUSTOMERS: Final = {"name": "Customer lake", "clusterId": "0612-200003-abc123", "database": "customers"}


@contextmanager
def start_demo_project(folder: Path) -> Iterator[StackProject]:
    """Start an emulator with all connections, and return the project that uses it."""
    with EmulatorProcess.start(folder / "flow-service.sqlite") as emulator:
        project = StackProject(folder / "flow-connections", emulator)
        project.declare(orders=_ORDERS, customers=_CUSTOMERS)
        project.up()
        for connection in _build_foreign_connections():
            emulator.foreign_create(**connection)
        yield project


def _build_foreign_connections() -> Iterator[dict[str, Any]]:
    warehouse = build_foreign_connection(name="Finance warehouse", **_SNOWFLAKE)
    yield warehouse
    yield {**warehouse, "sandbox": "stage", "description": "nightly"}
    yield build_foreign_connection(name="Lake of the web shop", state="failed")
    lake = build_foreign_connection(name="Orders lake", description=_ORDERS["description"], sandbox="stage")
    lake["auth"]["params"] |= {"clusterId": "0404-111111-stage1", "database": "acme-db"}
    yield lake
    yield build_foreign_connection(name="Load test", sandbox="stage")
