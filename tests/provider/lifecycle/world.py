"""One sandbox of an emulator, and provider processes that work on it one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.config.options import Options
from pulumi_adobe.config.resolve import Settings
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.clock import Clock
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.resource_types.registry import get_resource_type
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.support import FakeClock

ORG = "0123456789ABCDEF01234567@AdobeOrg"
SECRET = "dapi-planted-4f1d2c3b9a"
OWNER = "project/dev/lake"
LAKE = 'DatabricksSourceConnection "lake"'
"""How messages name the connection of `build_inputs`."""
OTHER_SPEC = {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"}
WITH_OWNERSHIP = Options(test="off", ownership="description")

CREATE_ROUTE = "POST /connections"
LIST_ROUTE = "GET /connections"
READ_ROUTE = "GET /connections/{id}"
UPDATE_ROUTE = "PATCH /connections/{id}"
DELETE_ROUTE = "DELETE /connections/{id}"
TEST_ROUTE = "GET /connections/{id}/test"


@dataclass
class Process:
    """What one process of the plugin has: the life cycle, the client, the context, and every message that it showed."""

    lifecycle: Lifecycle
    service: FlowServiceClient
    context: ProviderContext
    messages: list[str]
    clock: FakeClock


@dataclass
class World:
    """The sandbox of an emulator.

    ``settings`` replace credentials of every process that is started here, and ``threads`` are those of each. With a
    ``clock``, no process has a fake one.
    """

    emulator: EmulatorProcess
    settings: dict[str, Any] = field(default_factory=dict)
    threads: int = 4
    clock: Clock | None = None

    def start_process(self, options: Options | None = None, **overrides: Any) -> Process:
        """Return a new process, which knows only what the service and its caller tell it."""
        messages: list[str] = []
        clock = FakeClock()
        settings = {
            "endpoint": self.emulator.url,
            "ims_endpoint": self.emulator.url,
            "org_id": ORG,
            "sandbox": "dev",
            "client_id": "emulator-client-id",
            "client_secret": "emulator-client-secret",
            "scopes": "openid",
            "timeout": 60.0,
            **self.settings,
            **overrides,
        }
        service = FlowServiceClient(Credentials(**settings), Redactor(), self.clock or clock, self.threads)
        context = ProviderContext(
            Settings(service.credentials, options or Options(test="off")),
            service.redactor,
            messages.append,
            lambda: service,
            attrgetter("label"),
        )
        return Process(_create_databricks_lifecycle(context), service, context, messages, clock)

    def create(self, options: Options | None = None, **changes: Any) -> CreatedResource:
        """Create the connection of `build_inputs` in a process of its own."""
        return self.start_process(options).lifecycle.create(build_inputs(**changes))

    def confirm_by_id(self) -> None:
        """Have Flow Service refuse the list pages that confirm creates, so that each is read by id."""
        self.emulator.switch(list_order="refused")

    def create_foreign(self, **changes: Any) -> str:
        """Create a connection as somebody else would, and return its id."""
        return str(self.emulator.foreign_create(**build_foreign_connection(**changes))["id"])

    def edit_foreign(self, id_: str, path: str, value: Any, **author: str) -> str:
        """Set one value of a connection as somebody else would, and return the new etag."""
        patch = [{"op": "add", "path": path, "value": value}]
        return str(self.emulator.foreign_edit(id_, patch, **author)["etag"])

    def get_connection(self) -> dict[str, Any]:
        """Return the only connection that the emulator holds."""
        (connection,) = self.list_connections()
        return connection

    def get_patch(self) -> dict[str, Any]:
        """Return the only PATCH request since the journal was cleared."""
        (patch,) = [request for request in self.emulator.journal() if request["method"] == "PATCH"]
        return dict(patch)

    def list_connections(self) -> list[dict[str, Any]]:
        """Return the connections that the emulator holds."""
        connections: list[dict[str, Any]] = self.emulator.connections()
        return connections

    def list_writes(self) -> list[str]:
        """Return the HTTP methods of the requests that changed something, oldest first."""
        return [request["method"] for request in self.emulator.journal() if request["effect"]]

    def count_requests(self, method: str, path_suffix: str = "") -> int:
        """Return how many requests had this method and a path that ends with ``path_suffix``."""
        return sum(
            request["method"] == method and request["path"].endswith(path_suffix) for request in self.emulator.journal()
        )


def build_inputs(**changes: Any) -> dict[str, Any]:
    """Return inputs as a check returns them; a change to None removes the input."""
    all_inputs: Mapping[str, Any] = {
        "name": "lake",
        "description": "the lake",
        "domain": "https://adb-1.7.azuredatabricks.net",
        "clusterId": "0612-200003-abc123",
        "accessToken": SECRET,
        "database": "acme-db",
        **DATABRICKS.fixed_inputs,
        "owner": OWNER,
        **changes,
    }
    return {name: value for name, value in all_inputs.items() if value is not None}


def build_foreign_connection(**changes: Any) -> dict[str, Any]:
    """Return the body of a connection as somebody else would create it by hand."""
    return {
        "org": ORG,
        "sandbox": "dev",
        "name": "lake",
        "auth": {
            "specName": "Access Token Authentication",
            "params": {
                "domain": "https://adb-1.7.azuredatabricks.net",
                "clusterId": "foreign",
                "accessToken": "dapi-foreign-0001",
                "database": "foreign",
            },
        },
        "connectionSpec": dict(DATABRICKS.fixed_inputs["connectionSpec"]),
        **changes,
    }


def _create_databricks_lifecycle(context: ProviderContext) -> Lifecycle:
    databricks = get_resource_type("DatabricksSourceConnection")
    return Lifecycle(databricks.schema, databricks.load_hooks(), context)
