"""What the plugin process keeps between calls: the settings, and one provider context for each place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Final

from pulumi.dynamic import ConfigureRequest

from pulumi_adobe.plugin.dynamic.cancellation import CANCELLED
from pulumi_adobe.plugin.dynamic.messages import REDACTOR, print_message
from pulumi_adobe.secret_values import validate_secret

if TYPE_CHECKING:
    from pulumi_adobe.config.settings import Settings
    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.lifecycle.context import ProviderContext

_THREADS: Final = 4
"""The threads of Pulumi's plugin for dynamic providers (`pulumi/dynamic/__main__.py`), whatever `--parallel` says."""

_CONTEXTS: dict[Settings, ProviderContext] = {}
_CONTEXTS_LOCK = Lock()


class ProviderProcess:
    """The stack's config as this plugin process received it, and what is created from it when it is needed.

    Imports that only the plugin needs stand inside functions: a program imports this module too, and a preview without
    changes sends nothing.
    """

    def __init__(self, request: ConfigureRequest) -> None:
        self._config = _read_config(request)
        _learn_secrets(self._config)

    @cached_property
    def settings(self) -> Settings:
        """The settings of the stack, or of the explicit provider. May raise `SettingsError`."""
        from pulumi_adobe.config.explicit import (  # noqa: PLC0415 - see ProviderProcess
            FLOW_SERVICE_INPUT,
            resolve_explicit_settings,
        )
        from pulumi_adobe.config.resolve import resolve_settings  # noqa: PLC0415 - the same

        resolve = resolve_explicit_settings if FLOW_SERVICE_INPUT in self._config else resolve_settings
        return resolve(self._config, os.environ)

    @cached_property
    def context(self) -> ProviderContext:
        """The provider context of the settings. May raise `SettingsError`."""
        return _get_context(self.settings)


def _read_config(request: ConfigureRequest) -> dict[str, str]:
    """Return all keys of the config: `Config` can look up one key, but to find misspelt ones all are needed."""
    properties = getattr(request.config, "_props", None)
    if isinstance(properties, Mapping):
        return {str(key): str(value) for key, value in properties.items() if value is not None}
    from pulumi_adobe.config.settings import SETTINGS_TABLE  # noqa: PLC0415 - see ProviderProcess

    values = {setting.config_key: request.config.get(setting.config_key) for setting in SETTINGS_TABLE}
    return {key: str(value) for key, value in values.items() if value is not None}


def _learn_secrets(config: Mapping[str, str]) -> None:
    """Redact the credentials, also while the settings cannot be resolved."""
    variables = {name: value for name, value in os.environ.items() if name.startswith("ADOBE_")}
    for name, value in {**variables, **config}.items():
        is_secret = name.endswith(("clientSecret", "accessToken", "CLIENT_SECRET", "ACCESS_TOKEN"))
        # One that the settings refuse may be any word of their error.
        if is_secret and validate_secret(value) is None:
            REDACTOR.add_secret(value)


def _get_context(settings: Settings) -> ProviderContext:
    """Return the context that all resource types share: one token, one rate limit, one set of claims per process."""
    from pulumi_adobe.lifecycle.context import ProviderContext  # noqa: PLC0415 - see ProviderProcess

    def connect() -> FlowServiceClient:
        from pulumi_adobe.flow_service.client import FlowServiceClient  # noqa: PLC0415 - see ProviderContext
        from pulumi_adobe.flow_service.clock import SystemClock  # noqa: PLC0415 - see ProviderContext

        return FlowServiceClient(settings.credentials, REDACTOR, SystemClock(CANCELLED), _THREADS)

    with _CONTEXTS_LOCK:
        if settings not in _CONTEXTS:
            _CONTEXTS[settings] = ProviderContext(
                settings.credentials, REDACTOR, settings.options, print_message, connect
            )
        return _CONTEXTS[settings]
