"""Secrets of the provider's settings that stand in clear in the stack's configuration."""

from __future__ import annotations

from weakref import WeakSet

import pulumi
from pulumi.runtime.config import get_config, is_config_secret

from pulumi_adobe.config.settings import SETTINGS_TABLE
from pulumi_adobe.resources.program_messages import show_warning

_WARNED_STACKS: WeakSet[pulumi.Resource] = WeakSet()


def warn_of_clear_secrets() -> None:
    """Warn, once for each running stack, of every secret setting whose value is not encrypted."""
    stack = pulumi.runtime.get_root_resource()
    if stack is None or stack in _WARNED_STACKS:
        return
    _WARNED_STACKS.add(stack)
    for key in find_clear_secrets():
        show_warning(
            f"{key} is not encrypted in the configuration of the stack {pulumi.get_stack()}: whoever can read the file "
            "or its history in git has the secret. Make it invalid at Adobe, and set a new one: "
            f"pulumi config set --secret {key}"
        )


def find_clear_secrets() -> list[str]:
    """Return the config keys of the secret settings whose values are not encrypted."""
    keys = [setting.config_key for setting in SETTINGS_TABLE if setting.secret]
    return [key for key in keys if get_config(key) and not is_config_secret(key)]
