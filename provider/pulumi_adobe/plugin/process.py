"""What a plugin process keeps between calls: settings, a provider context for each place, and its cancellation."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cached_property
from threading import Event, Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from pulumi_adobe.plugin.messages import REDACTOR
from pulumi_adobe.secret_values import validate_secret

if TYPE_CHECKING:
    from pulumi_adobe.config.resolve import Settings
    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.lifecycle.context import ProviderContext
    from pulumi_adobe.schema.field import Field

CANCELLED: Final = Event()
"""Set when the engine cancels the run, or is gone. The clock of every client in this process watches it."""


class Adapter(NamedTuple):
    """How an adapter differs from the others in what its processes share.

    Attributes:
        threads: How many threads serve calls of the engine: as many connections are kept open.
        explicit_type: What a program calls an explicit provider.
        get_label: Returns what a program, and so a message, calls a field.
    """

    threads: int
    explicit_type: str
    get_label: Callable[[Field], str]


_CONTEXTS: dict[tuple[Settings, Adapter], ProviderContext] = {}
_CONTEXTS_LOCK = Lock()


class ProviderProcess:
    """The config of one provider as this plugin process received it, and what is created from it when it is needed.

    Imports that only the plugin needs stand inside functions: a program of the dynamic adapter imports this module too,
    and a preview without changes sends nothing.

    Args:
        config: The stack's config by full key, or the inputs of an explicit provider, with its name as
            `FLOW_SERVICE_INPUT`. All values are texts.
        show_message: Shows a line to the person at the terminal, redacted.
        adapter: The adapter.
    """

    def __init__(self, config: Mapping[str, str], show_message: Callable[[str], None], adapter: Adapter) -> None:
        self.show_message = show_message
        self.adapter = adapter
        self._config = config
        _learn_secrets(self._config)

    @cached_property
    def settings(self) -> Settings:
        """The settings of the stack, or of the explicit provider. May raise `SettingsError`."""
        from pulumi_adobe.config.explicit import (  # noqa: PLC0415 - see ProviderProcess
            FLOW_SERVICE_INPUT,
            resolve_explicit_settings,
        )
        from pulumi_adobe.config.resolve import resolve_settings  # noqa: PLC0415 - the same

        if FLOW_SERVICE_INPUT in self._config:
            return resolve_explicit_settings(self._config, os.environ, self.adapter.explicit_type)
        return resolve_settings(self._config, os.environ)

    @cached_property
    def context(self) -> ProviderContext:
        """The provider context of the settings. May raise `SettingsError`."""
        return _get_context(self.settings, self.show_message, self.adapter)


def _learn_secrets(config: Mapping[str, str]) -> None:
    """Redact the credentials, also while the settings cannot be resolved."""
    variables = {name: value for name, value in os.environ.items() if name.startswith("ADOBE_")}
    for name, value in {**variables, **config}.items():
        is_secret = name.endswith(("clientSecret", "accessToken", "CLIENT_SECRET", "ACCESS_TOKEN"))
        # One that the settings refuse may be any word of their error.
        if is_secret and validate_secret(value) is None:
            REDACTOR.add_secret(value)


def _get_context(settings: Settings, show_message: Callable[[str], None], adapter: Adapter) -> ProviderContext:
    """Return the context that all resource types share: one token, one rate limit, one set of claims per process."""
    from pulumi_adobe.lifecycle.context import ProviderContext  # noqa: PLC0415 - see ProviderProcess

    def connect() -> FlowServiceClient:
        from pulumi_adobe.flow_service.client import FlowServiceClient  # noqa: PLC0415 - see ProviderContext
        from pulumi_adobe.flow_service.clock import SystemClock  # noqa: PLC0415 - see ProviderContext

        return FlowServiceClient(settings.credentials, REDACTOR, SystemClock(CANCELLED), adapter.threads)

    with _CONTEXTS_LOCK:
        key = settings, adapter
        if key not in _CONTEXTS:
            _CONTEXTS[key] = ProviderContext(settings, REDACTOR, show_message, connect, adapter.get_label)
        return _CONTEXTS[key]
