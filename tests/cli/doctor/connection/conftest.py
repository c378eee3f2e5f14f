"""A connection of the emulator with one daily dataflow, as the checks of `doctor --connection` see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from adobe_flow.doctor.context import DoctorContext
from pulumi_adobe.flow_service.platform_apis import LandingZone, get_landing_zone
from pulumi_adobe.plugin.dynamic.state_format import TYPE_PREFIX as OURS
from tests.cli.doctor.connection.databricks_server import DatabricksServer, start_databricks_server
from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import Way
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG, World

KIND = "dlz_databricks_source"
_CREDENTIALS = f"{OURS}LandingZoneCredentials"


@dataclass
class PathScene:
    """Makes dataflows on the connection `lake`, and cases that ask about it."""

    emulator: EmulatorProcess
    way: Way
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    resources: list[dict[str, Any]] = field(default_factory=list)

    def case(self, connection: str = "lake") -> DoctorContext:
        """Return a case that knows nothing but the state of the stack."""
        case = DoctorContext(self.folder, "dev", None, self.environment, connection)
        case.results.update(
            list_resources=self.resources, get_service=World(self.emulator).start_process(timeout=5.0).service
        )
        return case

    def flow(self, **changed: Any) -> str:
        """Make a dataflow; its id."""
        return self.way.made("/flows", self.way.flow(**changed))

    def once(self, **changed: Any) -> str:
        """Make a one-time dataflow; its id."""
        start = self.way.flow()["scheduleParams"]["startTime"]
        plan = {"startTime": start, "frequency": "once"}
        return self.flow(scheduleParams=plan, transformations=self.way.flow()["transformations"][1:], **changed)

    def store_credentials(self, expiry: str | None = None) -> LandingZone:
        """Let the state have the credentials of the sandbox, with this expiry in the place of Adobe's."""
        zone = get_landing_zone(World(self.emulator).start_process().service, KIND)
        outputs = {
            "kind": KIND,
            "container": zone.container,
            "sandboxName": "dev",
            "orgId": ORG,
            "expiryDate": expiry or zone.expiry_date,
        }
        urn = f"urn:pulumi:dev::p::{_CREDENTIALS}::zone"
        self.resources.append({"type": _CREDENTIALS, "id": f"dev/{KIND}", "urn": urn, "outputs": outputs})
        self.emulator.clear_journal()
        return zone

    def list_credential_requests(self) -> list[str]:
        """Return the methods of the requests for credentials since they were stored."""
        return [each["method"] for each in self.emulator.journal() if "landingzone" in each["path"]]


@pytest.fixture
def scene(emulator: EmulatorProcess, tmp_path: Path) -> Iterator[PathScene]:
    with AdobeClient(emulator.url) as adobe:
        yield PathScene(emulator, Way(adobe), tmp_path)


@pytest.fixture
def databricks(scene: PathScene) -> Iterator[DatabricksServer]:
    """Databricks as the environment of the scene names it."""
    with start_databricks_server() as server:
        scene.environment.update(server.environment)
        yield server


@pytest.fixture
def today() -> str:
    return str(datetime.now(timezone.utc).date())
