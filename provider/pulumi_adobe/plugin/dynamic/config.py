"""The config that the SDK's plugin gives to a dynamic provider."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final

from pulumi.dynamic import ConfigureRequest

from pulumi_adobe.plugin.dynamic.messages import print_message
from pulumi_adobe.plugin.dynamic.servicer import PLANNING_THREADS, SERVICER
from pulumi_adobe.plugin.dynamic.state_format import DynamicStateFormat
from pulumi_adobe.plugin.engine_watch import watch_engine
from pulumi_adobe.plugin.process import Adapter, ProviderProcess

# Pulumi's plugin for dynamic providers has four threads (`pulumi/dynamic/__main__.py`), whatever `--parallel` says, and
# `change_servicer` gives checks and diffs as many of their own.
_ADAPTER: Final = Adapter(
    threads=4 + PLANNING_THREADS, explicit_type="FlowService", get_label=DynamicStateFormat().get_label
)


def create_process(request: ConfigureRequest) -> ProviderProcess:
    """Return what the process keeps for this config. In the plugin process, it ends with its engine."""
    # The first argument of the plugin process is the engine's address.
    if hasattr(sys.modules["__main__"], SERVICER) and len(sys.argv) > 1:
        watch_engine(sys.argv[1])
    return ProviderProcess(_read_config(request), print_message, _ADAPTER)


def _read_config(request: ConfigureRequest) -> dict[str, str]:
    """Return all keys of the config: `Config` can look up one key, but to find misspelt ones all are needed."""
    properties = getattr(request.config, "_props", None)
    if isinstance(properties, Mapping):
        return {str(key): str(value) for key, value in properties.items() if value is not None}
    from pulumi_adobe.config.settings import SETTINGS_TABLE  # noqa: PLC0415 - a program imports this module too

    values = {setting.config_key: request.config.get(setting.config_key) for setting in SETTINGS_TABLE}
    return {key: str(value) for key, value in values.items() if value is not None}
