"""Program with the connections of the stack's config; docs/how-to/stack-config.md says how to add one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi.runtime.config import is_config_secret

from pulumi_adobe import DatabricksSourceConnection
from pulumi_adobe.config.paths import build_config_path, quote_config_path

ARGUMENTS = {
    "name": "name",
    "description": "description",
    "domain": "domain",
    "clusterId": "cluster_id",
    "database": "database",
    "catalog": "catalog",
    "accessTokenExpiresAt": "access_token_expires_at",
}
"""The arguments of the resource by the fields of an entry of `connections`."""


def declare(logical_name: str, fields: Any, access_tokens: Mapping[str, Any]) -> DatabricksSourceConnection:
    """Declare one connection of the config."""
    path = build_config_path("connections", logical_name)
    if not isinstance(fields, Mapping):
        raise pulumi.RunError(f"{path} must be an object with {', '.join(ARGUMENTS)}.")
    unknown_fields = [field for field in fields if field not in ARGUMENTS]
    if unknown_fields:
        raise pulumi.RunError(
            f"{path} has no field {', '.join(unknown_fields)}. The fields are {', '.join(ARGUMENTS)}."
        )
    if not access_tokens.get(logical_name):
        token_path = quote_config_path(build_config_path("accessTokens", logical_name))
        raise pulumi.RunError(f"{path} has no access token. Set it: pulumi config set --secret --path {token_path}")
    arguments = {ARGUMENTS[field]: value for field, value in fields.items()}
    return DatabricksSourceConnection(logical_name, **arguments, access_token=access_tokens[logical_name])


def declare_all() -> None:
    """Declare all connections, and raise the problems of all of them together."""
    config = pulumi.Config()
    connections, access_tokens = config.get_object("connections") or {}, config.get_object("accessTokens") or {}
    if not connections:
        raise pulumi.RunError(
            "connections is empty. Add one to the stack's file, or by commands such as: "
            "pulumi config set --path 'connections.acme-lake.name' 'Databricks connection to Experience Platform'"
        )
    if access_tokens and not is_config_secret(config.full_key("accessTokens")):
        raise pulumi.RunError(
            "accessTokens is not encrypted. Set each token anew, and revoke the old ones if the file has left this "
            "machine: pulumi config set --secret --path 'accessTokens.<name>', or for a name with a dot "
            "'accessTokens[\"<name>\"]'"
        )
    problems = [
        f"{build_config_path('accessTokens', name)} has no connection of that name. The connections are "
        f"{', '.join(connections)}."
        for name in access_tokens
        if name not in connections
    ]
    for name, fields in connections.items():
        try:
            connection = declare(name, fields, access_tokens)
        except pulumi.RunError as problem:
            problems.append(str(problem))
            continue
        pulumi.export(f"{name}.id", connection.id)
        pulumi.export(f"{name}.etag", connection.etag)
    if problems:
        raise pulumi.RunError("\n".join(problems))


declare_all()
