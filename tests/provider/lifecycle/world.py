"""One sandbox of an emulator, and provider processes that come and go on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resources.databricks import DatabricksSourceConnection
from tests.emulator_process import EmulatorProcess

ORG = "0123456789ABCDEF01234567@AdobeOrg"
SECRET = "dapi-planted-4f1d2c3b9a"
OWNER = "project/dev/lake"


class SkippingClock:
    """Time that goes on only when somebody sleeps."""

    def __init__(self) -> None:
        self._now = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._now += seconds


@dataclass
class Process:
    """What one run of the plugin is: a client, a policy, claims; and every line that it has said."""

    lifecycle: Lifecycle
    service: FlowServiceClient
    run: ProviderContext
    said: list[str]
    clock: SkippingClock


@dataclass
class World:
    emulator: EmulatorProcess
    access: dict[str, Any] = field(default_factory=dict)

    def process(self, policy: Options | None = None, **access: Any) -> Process:
        """A new process, which knows nothing but what the service and its caller tell it."""
        said: list[str] = []
        clock = SkippingClock()
        settings = {
            "endpoint": self.emulator.url,
            "ims_endpoint": self.emulator.url,
            "org_id": ORG,
            "sandbox": "dev",
            "client_id": "emulator-client-id",
            "client_secret": "emulator-client-secret",
            "scopes": "openid",
            "timeout": 60.0,
            **self.access,
            **access,
        }
        service = FlowServiceClient(Credentials(**settings), Redactor(), clock)
        run = ProviderContext(
            service.credentials, service.redactor, policy or Options(test="off"), said.append, lambda: service
        )
        return Process(_databricks_lifecycle(run), service, run, said, clock)

    def there(self) -> list[dict[str, Any]]:
        """The connections of the sandbox."""
        found: list[dict[str, Any]] = self.emulator.connections()
        return found

    def writes(self) -> list[str]:
        """The methods of the requests that changed a connection."""
        return [each["method"] for each in self.emulator.journal() if each["effect"]]

    def asked(self, method: str, end: str = "") -> int:
        """How many requests of this method there were, with a path that ends so."""
        return sum(each["method"] == method and each["path"].endswith(end) for each in self.emulator.journal())


def inputs(**changed: Any) -> dict[str, Any]:
    """Checked inputs; None takes one away."""
    given: Mapping[str, Any] = {
        "name": "lake",
        "description": "the lake",
        "domain": "https://adb-1.7.azuredatabricks.net",
        "clusterId": "0612-200003-abc123",
        "accessToken": SECRET,
        "database": "acme-db",
        **DatabricksSourceConnection.fixed_inputs,
        "owner": OWNER,
        **changed,
    }
    return {name: value for name, value in given.items() if value is not None}


def foreign_body(**changed: Any) -> dict[str, Any]:
    """A connection as somebody else would make it by hand."""
    return {
        "org": ORG,
        "sandbox": "dev",
        "name": "lake",
        "auth": {
            "specName": "Access Token Authentication",
            "params": {
                "domain": "https://adb-1.7.azuredatabricks.net",
                "clusterId": "theirs",
                "accessToken": "dapi-theirs-0001",
                "database": "theirs",
            },
        },
        "connectionSpec": dict(DatabricksSourceConnection.fixed_inputs["connectionSpec"]),
        **changed,
    }


def _databricks_lifecycle(context: ProviderContext) -> Lifecycle:
    databricks = get_resource_type("DatabricksSourceConnection")
    return Lifecycle(databricks.schema, databricks.load_hooks(), context)
