"""Look-ups of resources that live in another sandbox than the stack's own, with the real engine."""

from __future__ import annotations

import json
from pathlib import Path

from tests.emulator_process import EmulatorProcess
from tests.stack.project import ORG, PROGRAMS, StackProject


def test_look_ups_ask_the_sandbox_of_their_resource(tmp_path: Path, emulator: EmulatorProcess) -> None:
    project = StackProject(tmp_path / "pipeline", emulator, PROGRAMS / "pipeline")
    place = {
        "org_id": ORG,
        "sandbox": "prod",
        "endpoint": emulator.url,
        "ims_endpoint": emulator.url,
        "client_id": "emulator-client-id",
        "client_secret": "emulator-client-secret",
    }
    project.write_config(place=json.dumps(place))
    project.up()
    project.emulator.turn_clock(3 * 86_400)
    project.emulator.clear_journal()

    project.up()

    assert project.output("tables") == ["acme.customers", "acme.orders", "acme.spring_campaign"]
    assert [column["name"] for column in project.output("columns")][:1] == ["order_id"]
    assert [run["status"] for run in project.output("runs")] == ["success"]
    requests = [request for request in emulator.journal() if "flowservice" in request["path"]]
    assert {request["headers"]["x-sandbox-name"] for request in requests} == {"prod"}
    assert sum(request["path"].endswith("/runs") for request in requests) == 1
