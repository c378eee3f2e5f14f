"""What the checks ask about, each thing once, whether it can be had or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from adobe_flow.bare_pulumi import Login, login
from adobe_flow.doctor.connection.connection_path import ConnectionPath
from adobe_flow.doctor.connection.databricks_api import get_cluster
from adobe_flow.doctor.finding import NotChecked
from adobe_flow.doctor.once import once
from adobe_flow.landing_zones import get_current, list_stored_credentials
from adobe_flow.place import Place, open_place
from adobe_flow.project import find_project_file
from adobe_flow.shown import REDACTOR
from adobe_flow.stack import Stack
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.platform_apis import LandingZone, list_sandboxes
from pulumi_adobe.resource_types.landing_zone import DATABRICKS

_PATIENCE = 20.0
"""Seconds at most for one question: who asks a doctor is not helped by two minutes of retries."""


class Case:
    """A folder, a stack if one is named, and an environment. Every method may raise an `AdobeError`."""

    def __init__(
        self,
        folder: Path,
        stack: str | None,
        sandbox: str | None,
        environment: Mapping[str, str],
        connection: str | None = None,
    ) -> None:
        """Nothing is read or asked before a check does."""
        self.folder = folder
        self.environment = dict(environment)
        self.connection = connection
        self.stack = Stack(folder, stack, self.environment) if stack else None
        self.known: dict[str, Any] = {}
        self._sandbox = sandbox

    @property
    def project_file(self) -> Path | None:
        """The project's own file; None where this is no Pulumi project."""
        return find_project_file(self.folder)

    @once
    def login(self) -> Login:
        """Where Pulumi keeps states, and as whom."""
        return login(self.folder, self.environment)

    @once
    def resources(self) -> list[dict[str, Any]]:
        """The resources of the stack's state; none without a stack."""
        return self.stack.resources() if self.stack else []

    @once
    def place(self) -> Place:
        """The settings."""
        return open_place(self.stack.name if self.stack else None, self.folder, self._sandbox, self.environment)

    @once
    def service(self) -> FlowServiceClient:
        """A client that is less patient than the settings say."""
        access = self.place().settings.credentials
        return FlowServiceClient(replace(access, timeout=min(access.timeout, _PATIENCE)), REDACTOR)

    @once
    def signed_in(self) -> bool:
        """Whether there is a token; whether a ready one holds is not known yet."""
        self.service().authenticate()
        return True

    @once
    def sandboxes(self) -> list[str]:
        """The sandboxes that the credentials may use: the first question that Experience Platform is asked."""
        return list_sandboxes(self.service())

    @once
    def path(self) -> ConnectionPath:
        """The connection that is named, and what reads from it."""
        return ConnectionPath(self.service(), str(self.connection), self.resources())

    @once
    def cluster(self) -> Mapping[str, Any]:
        """The cluster of the connection, as Databricks' own API shows it. Raises NotChecked if it cannot be asked."""
        path = self.path()
        return get_cluster(self.environment, path.get_parameter("domain"), path.get_parameter("clusterId"))

    @once
    def landing_zone(self) -> LandingZone:
        """The credentials of the sandbox's landing zone. Raises NotChecked if the state does not have them."""
        if self.stack is None:
            raise NotChecked("no stack is named (--stack, PULUMI_STACK)")
        settings = self.service().credentials
        org, sandbox = settings.org_id, settings.sandbox
        stored = [
            each
            for each in list_stored_credentials(self.resources())
            if (each.kind, each.sandbox, each.org) == (DATABRICKS, sandbox, org)
        ]
        if not stored:
            raise NotChecked(
                f"the stack has no LandingZoneCredentials of the sandbox {sandbox}; with them, the end of the "
                "token is known"
            )
        return get_current(self.service(), stored[0])
