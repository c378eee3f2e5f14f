"""Mappings as lists, with the real engine: what the state has, what is no change, and what drift shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.emulator_process import EmulatorProcess
from tests.stack.pipelines import Pipelines, Program, build_program

SHORT = {"order_id": "_id", "amount": "_acme.amount"}
AS_LIST = [{"source": "amount", "to": "_acme.amount"}, {"source": "order_id", "to": "_id"}]
LONG = [
    {"source": "order_id", "to": "_id"},
    {"source": "order_id", "to": "_acme.customerId"},
    {"source": "upper(order_id)", "to": "_acme.status", "type": "EXPRESSION"},
]


def declare(mapping: Any) -> Program:
    program = build_program()
    program["flows"]["orders-flow"]["mapping"] = mapping
    return program


def test_lists_are_stored_compared_and_refreshed(tmp_path: Path, emulator: EmulatorProcess) -> None:
    stack = Pipelines(tmp_path / "pipelines", emulator)
    stack.up(declare(AS_LIST))
    assert stack.project.resource("orders-flow")["outputs"]["mapping"] == SHORT
    stack.declare(declare(SHORT))
    stack.project.preview("--expect-no-changes")

    stack.up(declare(LONG))
    stored = stack.project.resource("orders-flow")["outputs"]
    assert [(each["source"], each["destination"], each["sourceType"]) for each in stored["mapping"]] == [
        ("order_id", "_acme.customerId", "ATTRIBUTE"),
        ("upper(order_id)", "_acme.status", "EXPRESSION"),
        ("order_id", "_id", "ATTRIBUTE"),
    ]
    stack.declare(declare(list(reversed(LONG))))
    stack.project.preview("--expect-no-changes")

    other_set = next(each["id"] for each in emulator.entities()["mappingSets"] if each["id"] != stored["mappingSetId"])
    value = {"name": "Mapping", "params": {"mappingId": other_set, "mappingVersion": 0}}
    patch = [{"op": "replace", "path": "/transformations/1", "value": value}]
    emulator.foreign_edit(stack.ids("flows")["orders-flow"][0], patch)
    stack.project.refresh()
    assert stack.project.resource("orders-flow")["outputs"]["mapping"] == SHORT
