"""Records what the provider and the emulator say to each other in one life of every resource, with the real engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from tests.contract.exchanges import Exchange, RecordingProxy
from tests.emulator_process import EmulatorProcess
from tests.stack.pipelines import CUSTOMERS, Pipelines, Program, build_program
from tests.stack.project import ORG, PROGRAMS, StackProject

_DAYS: Final = 3 * 86_400


def record(folder: Path) -> list[Exchange]:
    """Return the exchanges of two stacks, from the first `up` to `destroy`.

    One stack creates, updates, refreshes, forgets, adopts, replaces and deletes base, source and target connections and
    dataflows with their mapping sets; the other one, in a place of its own, asks for tables, columns and runs.
    """
    with EmulatorProcess.start(folder / "emulator.sqlite") as emulator, RecordingProxy(emulator.url) as proxy:
        _live(folder / "pipelines", emulator, proxy)
        _look_up(folder / "pipeline", emulator, proxy)
        return list(proxy.exchanges)


def _live(folder: Path, emulator: EmulatorProcess, proxy: RecordingProxy) -> None:
    stack = Pipelines(folder, emulator)
    project = stack.project
    project.write_config(**{"adobe:endpoint": proxy.url, "adobe:imsEndpoint": proxy.url, "adobe:test": "fail"})
    stack.up(build_program())
    stack.up(_changed(build_program()))
    project.refresh()
    _adopt(stack, _changed(build_program()))
    stack.up(_replaced(_changed(build_program())))
    project.destroy()


def _changed(program: Program) -> Program:
    """Return the program with what a PATCH or an action changes, mapping and schedule included."""
    program["bases"]["shop"]["description"] = "The shop's database"
    program["sources"]["orders"]["description"] = "Orders"
    program["targets"]["lake"]["description"] = "Orders in the lake"
    flow = program["flows"]["orders-flow"]
    flow["mapping"] = {"order_id": "_id", "amount": "_acme.amount", "ordered_at": "timestamp"}
    flow["schedule"]["interval"] = 2
    flow["enabled"] = False
    return program


def _replaced(program: Program) -> Program:
    """Return the program with another dataset, which replaces the target connection and with it the dataflow."""
    program["targets"]["lake"]["dataset_id"] = CUSTOMERS
    program["flows"]["orders-flow"] |= {"mapping": {"order_id": "_id"}, "enabled": True}
    return program


def _adopt(stack: Pipelines, program: Program) -> None:
    """Have the state forget everything, and adopt it again."""
    ids = [id_ for kind in stack.snapshot().values() for entities in kind.values() for id_ in entities]
    stack.project.pulumi("state", "delete", stack.urn("shop"), "--target-dependents", "--yes")
    stack.project.pulumi("state", "delete", stack.urn("lake"), "--target-dependents", "--yes", succeeds=None)
    stack.project.env["ADOBE_ADOPT"] = ",".join(ids)
    stack.up(program)
    del stack.project.env["ADOBE_ADOPT"]


def _look_up(folder: Path, emulator: EmulatorProcess, proxy: RecordingProxy) -> None:
    project = StackProject(folder, emulator, PROGRAMS / "pipeline")
    credentials = {"client_id": "emulator-client-id", "client_secret": "emulator-client-secret"}
    place = {"org_id": ORG, "sandbox": "prod", "endpoint": proxy.url, "ims_endpoint": proxy.url, **credentials}
    project.write_config(place=json.dumps(place))
    project.up()
    emulator.turn_clock(_DAYS)
    project.up()
    project.destroy()
