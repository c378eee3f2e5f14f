"""The config of the provider: the keys of the stack's `adobe:` config, or the arguments of an explicit `Provider`.

Pulumi: `pkg/resource/deploy/providers`. What `CheckConfig` returns is stored in the state of the provider, and comes
back with every command, also with those that run no program.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pulumi_adobe.config.explicit import FLOW_SERVICE_INPUT
from pulumi_adobe.config.settings import SETTINGS_TABLE, SettingsError
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.plugin.native.messages import EngineMessages
from pulumi_adobe.plugin.native.state_format import WRITTEN_BY, NativeStateFormat
from pulumi_adobe.plugin.process import Adapter, ProviderProcess
from pulumi_adobe.resource_names import parse_urn
from pulumi_adobe.schema.values import UNKNOWN, Properties
from pulumi_adobe.version import VERSION

THREADS: Final = 64
"""The calls at a time: `--parallel` of Pulumi decides, up to this number."""

SECRET_INPUTS: Final = tuple(setting.key for setting in SETTINGS_TABLE if setting.secret)
"""The provider inputs that are secrets."""

_FORMAT: Final = NativeStateFormat()
_ADAPTER: Final = Adapter(threads=THREADS, explicit_type="Provider", get_label=_FORMAT.get_label)
_DEFAULT_PROVIDER: Final = "default"
"""How Pulumi names the providers that a program does not declare: `default`, `default_0_1_0`."""


def complete_config(inputs: Mapping[str, Any], urn: str) -> Properties:
    """Return the inputs of the provider with this URN as its state holds them."""
    name = parse_urn(urn).name
    is_explicit = not name.startswith(_DEFAULT_PROVIDER)
    return {**inputs, **({FLOW_SERVICE_INPUT: name} if is_explicit else {}), WRITTEN_BY: VERSION}


def create_process(inputs: Mapping[str, Any], messages: EngineMessages) -> ProviderProcess:
    """Return the provider with these completed inputs.

    Raises:
        SettingsError: A newer version of this package has written the state.
    """
    require_no_newer_state(inputs)
    texts = {name: _to_text(value) for name, value in _FORMAT.read_settings(inputs).items()}
    return ProviderProcess(texts, messages.show, _ADAPTER)


def find_config_problem(inputs: Mapping[str, Any], messages: EngineMessages) -> str:
    """Return what is wrong with completed inputs; empty if they can be used or are not all known yet."""
    if UNKNOWN in inputs.values():
        return ""
    try:
        _ = create_process(inputs, messages).settings
    except SettingsError as error:
        return str(error)
    return ""


def require_no_newer_state(inputs: Mapping[str, Any]) -> None:
    """Raise an error if a newer version of this package has written the state: it may hold what this one does not know.

    A patch release does not change states.
    """
    written_by = str(inputs.get(WRITTEN_BY) or VERSION)
    if _parse_minor_version(written_by) > _parse_minor_version(VERSION):
        raise AdobeError(
            f"This state was written by pulumi-adobe {written_by}, and this is {VERSION}. Nothing was changed.",
            f"Install pulumi-adobe {written_by} or a newer one.",
        )


def _parse_minor_version(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())


def _to_text(value: Any) -> str:
    """Return a value as a stack's config has it. SDKs write what is no text as JSON."""
    return value if isinstance(value, str) else json.dumps(value)
