"""Which sandbox each provider of a program works in, and what is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adobe_flow.adopting.wrapped import plain, unknown_names
from adobe_flow.entities import Entity, connections
from adobe_flow.shown import REDACTOR
from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.config.explicit import FLOW_SERVICE_INPUT, resolve_explicit_settings
from pulumi_adobe.config.resolve import resolve_settings
from pulumi_adobe.flow_service.client import FlowServiceClient


class Places:
    """The sandboxes of a program's providers; each is listed once. ``environment`` is that of the stack."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._listed: dict[Credentials, Sequence[Entity]] = {}

    def there(self, provider: Mapping[str, Any]) -> tuple[str, Sequence[Entity]]:
        """The sandbox of a provider (decrypted inputs) and its connections. Raises AdobeError."""
        access = self._access(provider)
        if access not in self._listed:
            self._listed[access] = connections(FlowServiceClient(access, REDACTOR))
        return access.sandbox, self._listed[access]

    def _access(self, provider: Mapping[str, Any]) -> Credentials:
        inputs = {name: str(value) for name, value in plain(provider).items() if value is not None}
        settings = (resolve_explicit_settings if FLOW_SERVICE_INPUT in inputs else resolve_settings)(
            inputs, self._environment
        )
        return settings.credentials


def undecided(provider: Mapping[str, Any]) -> str | None:
    """Why the place of a provider is not known yet; None where it is."""
    names = ", ".join(unknown_names(provider))
    return f"its FlowService has inputs that an update only will know: {names}" if names else None
