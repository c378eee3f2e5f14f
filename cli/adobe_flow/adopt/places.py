"""The provider contexts of the organizations and sandboxes in which the providers of a program work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adobe_flow.safe_output import REDACTOR, write_to_stderr
from pulumi_adobe.config.explicit import FLOW_SERVICE_INPUT, resolve_explicit_settings
from pulumi_adobe.config.resolve import Settings, resolve_settings
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.plugin.state_format import StateFormat


class ProviderContexts:
    """The provider contexts of a program's providers; each sandbox has one. ``environment`` is that of the stack."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._contexts: dict[tuple[Settings, StateFormat], ProviderContext] = {}

    def open(self, provider: Mapping[str, Any], state_format: StateFormat) -> ProviderContext:
        """Return the context of a provider with these inputs, in clear, of one adapter. Raises SettingsError."""
        inputs = {name: str(value) for name, value in provider.items() if value is not None}
        resolve = resolve_explicit_settings if FLOW_SERVICE_INPUT in inputs else resolve_settings
        settings = resolve(inputs, self._environment)
        key = settings, state_format
        if key not in self._contexts:
            credentials = settings.credentials
            # From list pages: an adoption reads as many entities as a refresh.
            adopt_settings = Settings(credentials, settings.options._replace(refresh_from="list"))
            self._contexts[key] = ProviderContext(
                adopt_settings,
                REDACTOR,
                write_to_stderr,
                lambda: FlowServiceClient(credentials, REDACTOR),
                state_format.get_label,
            )
        return self._contexts[key]
