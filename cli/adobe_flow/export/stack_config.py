"""Databricks connections as the stack config of the project `flow-connections`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import yaml

from adobe_flow.export.base_connections import Declared
from pulumi_adobe.config.paths import build_config_path, quote_config_path

FIELDS: Final = ("domain", "clusterId", "database", "catalog")
"""The parameters that an entry of `connections` has; the token stands in `accessTokens`."""

TOKEN: Final = "accessToken"  # noqa: S105 - the parameter's name


def stack_config(connections: Sequence[Declared]) -> str:
    """The `connections` of a stack's file, to be put below its `config:`."""
    entries = {each.resource: _entry(each) for each in connections}
    dumped: str = yaml.safe_dump(
        {"config": {"connections": entries}}, allow_unicode=True, sort_keys=False, width=10_000
    )
    return dumped


def _entry(each: Declared) -> dict[str, Any]:
    about = {"name": each.name, "description": each.description}
    found = {**about, **{name: each.params.get(name) for name in FIELDS}}
    return {name: value for name, value in found.items() if value is not None}


def commands(connections: Sequence[Declared]) -> list[str]:
    """What a person types to fill in what nobody can read back."""
    return [_command(each.resource, name) for each in connections for name in each.secrets]


def _command(resource: str, parameter: str) -> str:
    if parameter == TOKEN:
        return f"pulumi config set --secret --path {quote_config_path(build_config_path('accessTokens', resource))}"
    path = build_config_path("connections", resource, parameter)
    return f"pulumi config set --type string --path {quote_config_path(path)}"
