"""What the checks of doctor examine: a folder, a stack and an environment. It requests each thing once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from adobe_flow.aep.landing_zones import get_current_credentials, list_stored_credentials
from adobe_flow.aep.place import Place, open_place
from adobe_flow.doctor.connection_path import ConnectionPath
from adobe_flow.doctor.databricks_api import get_cluster
from adobe_flow.doctor.finding import CheckSkipped
from adobe_flow.doctor.memoize import memoize
from adobe_flow.pulumi_cli.global_commands import Login, read_login
from adobe_flow.pulumi_cli.project import find_project_file
from adobe_flow.pulumi_cli.stack import Stack
from adobe_flow.safe_output import REDACTOR
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.platform_apis import LandingZone, list_sandboxes
from pulumi_adobe.resource_types.landing_zone import DATABRICKS

_MAX_TIMEOUT = 20.0
"""Seconds for one request: two minutes of retries do not help a person who looks for a fault."""


class DoctorContext:
    """The project folder, the stack if one is named, and the environment that doctor checks.

    Every method may raise an `AdobeError`.
    """

    def __init__(
        self,
        folder: Path,
        stack: str | None,
        sandbox: str | None,
        environment: Mapping[str, str],
        connection: str | None = None,
    ) -> None:
        """Store the arguments. Nothing is read or requested before a check needs it."""
        self.folder = folder
        self.environment = dict(environment)
        self.connection = connection
        self.stack = Stack(folder, stack, self.environment) if stack else None
        self.results: dict[Any, Any] = {}
        self._sandbox = sandbox

    @property
    def project_file(self) -> Path | None:
        """The project's own file; `None` if the folder is no Pulumi project."""
        return find_project_file(self.folder)

    @memoize
    def get_login(self) -> Login:
        """Return the address of Pulumi's state backend, and the user."""
        return read_login(self.folder, self.environment)

    @memoize
    def list_resources(self) -> list[dict[str, Any]]:
        """Return the resources of the stack's state; none without a stack."""
        return self.stack.list_resources() if self.stack else []

    @memoize
    def get_place(self) -> Place:
        """Return the settings of the stack, and the organization and sandbox that they name."""
        return open_place(self.stack.name if self.stack else None, self.folder, self._sandbox, self.environment)

    @memoize
    def get_service(self) -> FlowServiceClient:
        """Return a client whose timeout is short, whatever the settings say."""
        credentials = self.get_place().settings.credentials
        return FlowServiceClient(replace(credentials, timeout=min(credentials.timeout, _MAX_TIMEOUT)), REDACTOR)

    @memoize
    def sign_in(self) -> None:
        """Get a token. Of a ready token in the settings it is not known yet whether it is valid."""
        self.get_service().authenticate()

    @memoize
    def list_sandboxes(self) -> list[str]:
        """Return the sandboxes that the credentials may use. It is the first request to Experience Platform."""
        return list_sandboxes(self.get_service())

    @memoize
    def get_connection_path(self) -> ConnectionPath:
        """Return the named connection with the dataflows that read from it."""
        return ConnectionPath(self.get_service(), str(self.connection), self.list_resources())

    @memoize
    def get_cluster(self) -> Mapping[str, Any]:
        """Return the cluster of the connection from Databricks' own API. Raises `CheckSkipped` without access to it."""
        path = self.get_connection_path()
        return get_cluster(self.environment, path.get_parameter("domain"), path.get_parameter("clusterId"))

    @memoize
    def get_landing_zone(self) -> LandingZone:
        """Return the credentials of the sandbox's landing zone. Raises `CheckSkipped` if the state lacks them."""
        if self.stack is None:
            raise CheckSkipped("no stack is named (--stack, PULUMI_STACK)")
        settings = self.get_service().credentials
        org, sandbox = settings.org_id, settings.sandbox
        stored = [
            credentials
            for credentials in list_stored_credentials(self.list_resources())
            if (credentials.kind, credentials.sandbox, credentials.org) == (DATABRICKS, sandbox, org)
        ]
        if not stored:
            raise CheckSkipped(
                f"the stack has no LandingZoneCredentials of the sandbox {sandbox}, which would give the expiry of the "
                "token"
            )
        return get_current_credentials(self.get_service(), stored[0])
