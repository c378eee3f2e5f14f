"""The settings of an explicit `FlowService` provider: its arguments, and credentials from variables of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pulumi_adobe.settings import NAMESPACE, SETTINGS_TABLE, SettingKind, Settings, SettingsError, resolve_settings

FLOW_SERVICE_INPUT: Final = "flowService"
"""The provider input that says that the others are those of a `FlowService`; its value is the resource's name."""

CREDENTIALS_FROM_INPUT: Final = "credentialsFrom"


def resolve_explicit_settings(inputs: Mapping[str, str], environment: Mapping[str, str]) -> Settings:
    """The settings that these provider inputs stand for.

    Plain ADOBE_ variables are those of the stack, which may be another organization: of them only the one that concerns
    a run, not a place, is read. Raises SettingsError.
    """
    keys = {setting.key for setting in SETTINGS_TABLE}
    config = {f"{NAMESPACE}:{key}": value for key, value in inputs.items() if key in keys}
    try:
        return resolve_settings(config, _select_variables(inputs.get(CREDENTIALS_FROM_INPUT, ""), environment))
    except SettingsError as error:
        prefix = inputs.get(CREDENTIALS_FROM_INPUT)
        where_to_set = (
            f"its arguments, or, for credentials, in variables like ADOBE_{prefix}_CLIENT_SECRET"
            if prefix
            else "its arguments"
        )
        raise SettingsError(f'FlowService "{inputs.get(FLOW_SERVICE_INPUT, "")}": {error.message}', f"Set them in {where_to_set}.") from None


def _select_variables(prefix: str, environment: Mapping[str, str]) -> dict[str, str]:
    variables = {setting.variable: environment.get(setting.variable, "") for setting in SETTINGS_TABLE if not setting.allowed_in_config}
    if prefix:
        for setting in SETTINGS_TABLE:
            if setting.kind is SettingKind.IDENTITY:
                prefixed_variable = re.sub(f"^{NAMESPACE.upper()}_", f"{NAMESPACE.upper()}_{prefix}_", setting.variable)
                variables[setting.variable] = environment.get(prefixed_variable, "")
    return variables
