"""Stacks of the program `pipelines`: base, source and target connections, and dataflows, described as data."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import choose_adapter
from tests.stack.project import PROGRAMS, Outcome, StackProject

ORDERS, CUSTOMERS = "6889f4f89b982b2b90bc1207", "6889f4f89b982b2b90bc1208"
"""The datasets of the emulator."""
DAILY: Final[dict[str, Any]] = {"frequency": "day", "interval": 1, "delta_column": "ordered_at"}
BY_STRING: Final[dict[str, Any]] = {
    "source": "mysql",
    "auth_spec": "Connection String Based Authentication",
    "params": {"connectionString": "server=db.acme.example;password=planted-one"},
}
BY_PASSWORD: Final[dict[str, Any]] = {
    "source": "mysql",
    "auth_spec": "Basic Authentication",
    "params": {"server": "db.acme.example", "database": "shop", "username": "loader", "password": "planted-two"},
}
COLLECTIONS: Final = {
    "bases": "connections",
    "sources": "sourceConnections",
    "targets": "targetConnections",
    "flows": "flows",
}

Program = dict[str, dict[str, dict[str, Any]]]


def build_program(schedule: Mapping[str, Any] = DAILY) -> Program:
    """Return one pipeline, from the table of the orders to their dataset."""
    return {
        "bases": {"shop": copy.deepcopy(BY_STRING)},
        "sources": {"orders": {"base": "shop", "table": "acme.orders"}},
        "targets": {"lake": {"dataset_id": ORDERS}},
        "flows": {
            "orders-flow": {
                "source": "orders",
                "target": "lake",
                "mapping": {"order_id": "_id", "amount": "_acme.amount"},
                "schedule": dict(schedule),
            }
        },
    }


class Pipelines:
    """A stack whose program is data."""

    def __init__(self, folder: Path, emulator: EmulatorProcess, adapter: str = "dynamic") -> None:
        self.project = StackProject(folder, emulator, PROGRAMS / "pipelines")
        choose_adapter(self.project, adapter)
        self.project.write_config(**{"adobe:test": "off"})
        self.emulator = emulator

    def declare(self, program: Program) -> None:
        """Make this the program of the stack."""
        self.project.write_config(**{"flow-connections:pipelines": copy.deepcopy(program)})

    def up(self, program: Program, *flags: str, succeeds: bool = True) -> Outcome:
        """Run `pulumi up` with this program."""
        self.declare(program)
        return self.project.up(*flags, succeeds=succeeds)

    def ids(self, kind: str) -> dict[str, list[str]]:
        """Return the ids that the emulator has, by name; ``kind`` is a key of `COLLECTIONS`."""
        ids: dict[str, list[str]] = {}
        for entity in self.entities(kind):
            ids.setdefault(entity["name"], []).append(entity["id"])
        return ids

    def entities(self, kind: str) -> list[dict[str, Any]]:
        """Return what the emulator has of this kind."""
        return self.emulator.connections() if kind == "bases" else self.emulator.entities()[COLLECTIONS[kind]]

    def snapshot(self) -> dict[str, dict[str, list[str]]]:
        """Return the ids of all kinds."""
        return {kind: self.ids(kind) for kind in COLLECTIONS}

    def writes(self) -> list[str]:
        """Return method and collection of each request that made or deleted a connection or a dataflow."""
        return [
            f"{entry['method']} {collection}"
            for entry in self.emulator.journal()
            for collection in [_collection_of(entry["path"])]
            if entry["effect"] and entry["method"] in {"POST", "DELETE"} and collection
        ]

    def urn(self, name: str) -> str:
        """Return the URN of a resource."""
        return str(self.project.resource(name)["urn"])


def _collection_of(path: str) -> str:
    parts = path.removeprefix("/data/foundation/flowservice/").split("/")
    return parts[0] if parts[0] in COLLECTIONS.values() and "action" not in parts else ""
