"""The settings of an explicit `FlowService` provider: its arguments, and credentials from its own variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pulumi_adobe.config.resolve import Settings, resolve_settings
from pulumi_adobe.config.settings import NAMESPACE, SETTINGS_TABLE, SettingKind, SettingsError

FLOW_SERVICE_INPUT: Final = "flowService"
"""The provider input that marks the inputs of a `FlowService`; its value is the name of the resource."""

CREDENTIALS_FROM_INPUT: Final = "credentialsFrom"
"""The provider input with the prefix of its own environment variables: "EU" for ADOBE_EU_CLIENT_ID."""

_ALLOW_ENDPOINT: Final = next(setting for setting in SETTINGS_TABLE if setting.key == "allowEndpoint")


def resolve_explicit_settings(
    inputs: Mapping[str, str], environment: Mapping[str, str], type_name: str = "FlowService"
) -> Settings:
    """Return the settings of an explicit provider.

    The plain ADOBE_ variables describe the stack's own provider, which may be for another organization. Of them, only
    those are read that concern a run or the whole process.

    Args:
        inputs: The inputs of the provider resource, by the keys of the settings.
        environment: The environment variables.
        type_name: What a program calls the provider.

    Raises:
        SettingsError: Settings cannot be used. It names the resource and all problems.
    """
    keys = {setting.key for setting in SETTINGS_TABLE if setting.allowed_in_config}
    config = {f"{NAMESPACE}:{key}": value for key, value in inputs.items() if key in keys}
    variables = _select_variables(inputs.get(CREDENTIALS_FROM_INPUT, ""), environment)
    # The argument adds to the environment: it stands in the program, which no stack file changes.
    variables[_ALLOW_ENDPOINT.variable] = ",".join(
        filter(None, (variables[_ALLOW_ENDPOINT.variable], inputs.get(_ALLOW_ENDPOINT.key)))
    )
    try:
        return resolve_settings(config, variables)
    except SettingsError as error:
        prefix = inputs.get(CREDENTIALS_FROM_INPUT)
        where_to_set = (
            f"its arguments, or, for credentials, in variables like ADOBE_{prefix}_CLIENT_SECRET"
            if prefix
            else "its arguments"
        )
        message = f'{type_name} "{inputs.get(FLOW_SERVICE_INPUT, "")}": {error.message}'
        raise error.with_context(message, f"Set them in {where_to_set}.") from error


def _select_variables(prefix: str, environment: Mapping[str, str]) -> dict[str, str]:
    variables = {
        setting.variable: environment.get(setting.variable, "")
        for setting in SETTINGS_TABLE
        if setting.for_whole_process or not setting.allowed_in_config
    }
    if prefix:
        for setting in SETTINGS_TABLE:
            if setting.kind is SettingKind.IDENTITY:
                prefixed_variable = re.sub(f"^{NAMESPACE.upper()}_", f"{NAMESPACE.upper()}_{prefix}_", setting.variable)
                variables[setting.variable] = environment.get(prefixed_variable, "")
    return variables
