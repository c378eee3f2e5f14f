"""Probes of an emulator in this process, and sandboxes for them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from adobe_flow.probe.session import ProbeSession
from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.redaction import Redactor
from tests.cli.runs.scene import DAY, runs_scene
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG

CLIENT_SECRET = "emulator-client-secret"
MADE_AT = datetime(2026, 11, 29, tzinfo=timezone.utc)


@dataclass
class Probed:
    """One probe of an emulator, its result, and what a person was told."""

    url: str
    timeout: float = 20.0
    is_patient: bool = True
    """Whether a create without an answer is looked for as long as in real probes."""
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = ProbeSession(self.create_client(), self.said.append)
        if not self.is_patient:
            self.session.cleanup.pauses = (0.01,)

    def create_client(self) -> FlowServiceClient:
        credentials = Credentials(
            endpoint=self.url,
            ims_endpoint=self.url,
            org_id=ORG,
            sandbox="dev",
            client_id="emulator-client-id",
            client_secret=CLIENT_SECRET,
            scopes="openid",
            timeout=self.timeout,
        )
        return FlowServiceClient(credentials, Redactor())

    def run(self, *, write: bool = True, read: bool = True) -> dict[str, Any]:
        if read:
            self.session.send_read_requests()
        if write:
            self.session.send_write_requests()
        return self.session.build_result(0, MADE_AT)


def fill_sandbox(emulator: EmulatorProcess, connections: int = 22) -> None:
    """Fill the sandbox with connections, a dataflow, and two runs of it."""
    with runs_scene(emulator) as scene:
        scene.recurring()
        scene.go_on(120)
        scene.go_on(DAY)
        scene.way.adobe.get("/runs")
    (kept,) = emulator.connections()
    copies = [
        {**kept, "id": str(uuid.uuid4()), "name": f"lake {number}", "createdAt": kept["createdAt"] + number}
        for number in range(1, connections)
    ]
    emulator.load({"connections": copies})


def find_throw_aways(emulator: EmulatorProcess) -> list[str]:
    """Return the names of what probes have created and not deleted."""
    return [each["name"] for each in emulator.connections() if str(each["name"]).startswith("adobe-flow-probe")]
