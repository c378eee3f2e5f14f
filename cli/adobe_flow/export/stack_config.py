"""Databricks connections as the stack config of the project `flow-connections`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import yaml

from adobe_flow.aep.entities import get_source_name
from adobe_flow.export.classes import DATABRICKS, TYPED
from adobe_flow.export.declaration import Declaration
from pulumi_adobe.config.paths import build_config_path, quote_config_path

FIELDS: Final = ("domain", "clusterId", "database", "catalog")
"""The parameters that an entry of `connections` has; the token stands in `accessTokens`."""

TOKEN: Final = "accessToken"  # noqa: S105 - the parameter's name


def build_stack_config(connections: Sequence[Declaration]) -> str:
    """Return the `connections` entry for the `config:` of a stack's file."""
    entries = {declaration.resource: _build_config_entry(declaration) for declaration in connections}
    dumped: str = yaml.safe_dump(
        {"config": {"connections": entries}}, allow_unicode=True, sort_keys=False, width=10_000
    )
    return dumped


def list_secret_commands(connections: Sequence[Declaration]) -> list[str]:
    """Return the commands that set the secrets in the stack config, because Flow Service returns none."""
    return [
        _build_secret_command(connection.resource, name) for connection in connections for name in connection.secrets
    ]


def explain_missing_support(declaration: Declaration) -> str | None:
    """Return why the stack config of this project cannot have a base connection; None if it can."""
    if get_source_name(declaration.entity) != DATABRICKS:
        return "the stack config has Databricks only; export it as a program"
    if declaration.type_name != TYPED[DATABRICKS]:
        return "the stack config needs all parameters, and a domain that begins with https://; export it as a program"
    others = [name for name in declaration.secrets if name not in {*FIELDS, TOKEN}]
    return f"the stack config has no {', '.join(others)}; export it as a program" if others else None


def _build_config_entry(declaration: Declaration) -> dict[str, Any]:
    names = ("name", "description", *FIELDS)
    return {name: declaration.inputs[name] for name in names if name in declaration.inputs}


def _build_secret_command(resource: str, parameter: str) -> str:
    if parameter == TOKEN:
        return f"pulumi config set --secret --path {quote_config_path(build_config_path('accessTokens', resource))}"
    path = build_config_path("connections", resource, parameter)
    return f"pulumi config set --type string --path {quote_config_path(path)}"
