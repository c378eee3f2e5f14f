"""The place where a command works: the settings of a stack or of the environment, and the client with them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from adobe_flow.pulumi_cli.project import find_project_file
from adobe_flow.pulumi_cli.stack import Stack
from adobe_flow.safe_output import REDACTOR
from pulumi_adobe.config.resolve import Settings, resolve_settings
from pulumi_adobe.config.settings import NAMESPACE, SettingsError
from pulumi_adobe.flow_service.client import FlowServiceClient

_SANDBOX_KEY, _SANDBOX_VARIABLE = f"{NAMESPACE}:sandbox", f"{NAMESPACE}_SANDBOX".upper()

_NAME_A_STACK: Final = "Or name the stack whose settings are meant: --stack, or PULUMI_STACK."


@dataclass(frozen=True)
class Place:
    """A sandbox of an organization, and the stack whose settings name it, if one does."""

    settings: Settings
    stack: Stack | None = None

    @cached_property
    def service(self) -> FlowServiceClient:
        """The client of the sandbox; it sends nothing until its first call."""
        return FlowServiceClient(self.settings.credentials, REDACTOR)

    @property
    def sandbox(self) -> str:
        """The name of the sandbox."""
        return self.settings.credentials.sandbox


def open_place(
    stack: str | None, folder: Path, sandbox: str | None = None, environment: Mapping[str, str] = os.environ
) -> Place:
    """Read the settings of the stack, if one is named, and of the environment, as the provider does.

    ``sandbox`` replaces the one in the settings. Raises Problem or SettingsError.
    """
    pulumi_stack = Stack(folder, stack, dict(environment)) if stack else None
    config = pulumi_stack.read_config() if pulumi_stack else {}
    environment = dict(environment)
    if sandbox:
        environment.pop(_SANDBOX_VARIABLE, None)
        config[_SANDBOX_KEY] = sandbox
    try:
        return Place(resolve_settings(_select_adobe_config(config), environment), pulumi_stack)
    except SettingsError as error:
        # Pulumi knows a selected stack, and a person in a project's folder may take it for named.
        if stack or find_project_file(folder) is None:
            raise
        raise error.with_context(hint=f"{error.hint}\n{_NAME_A_STACK}".strip()) from error


def _select_adobe_config(config: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in config.items() if key.startswith(f"{NAMESPACE}:")}
