"""The settings of an explicit `FlowService` provider: its arguments, and credentials from variables of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pulumi_adobe.settings import NAMESPACE, TABLE, Kind, Settings, SettingsError, resolve

MARK: Final = "flowService"
"""The provider input that says that the others are those of a `FlowService`; its value is the resource's name."""

CREDENTIALS_FROM: Final = "credentialsFrom"


def resolve_explicit(inputs: Mapping[str, str], environment: Mapping[str, str]) -> Settings:
    """The settings that these provider inputs stand for.

    Plain ADOBE_ variables are those of the stack, which may be another organization: of them only the one that concerns
    a run, not a place, is read. Raises SettingsError.
    """
    keys = {setting.key for setting in TABLE}
    config = {f"{NAMESPACE}:{key}": value for key, value in inputs.items() if key in keys}
    try:
        return resolve(config, _environment(inputs.get(CREDENTIALS_FROM, ""), environment))
    except SettingsError as error:
        prefix = inputs.get(CREDENTIALS_FROM)
        where = (
            f"its arguments, or, for credentials, in variables like ADOBE_{prefix}_CLIENT_SECRET"
            if prefix
            else "its arguments"
        )
        raise SettingsError(f'FlowService "{inputs.get(MARK, "")}": {error.what}', f"Set them in {where}.") from None


def _environment(prefix: str, environment: Mapping[str, str]) -> dict[str, str]:
    found = {setting.variable: environment.get(setting.variable, "") for setting in TABLE if not setting.in_config}
    if prefix:
        for setting in TABLE:
            if setting.kind is Kind.IDENTITY:
                own = re.sub(f"^{NAMESPACE.upper()}_", f"{NAMESPACE.upper()}_{prefix}_", setting.variable)
                found[setting.variable] = environment.get(own, "")
    return found
