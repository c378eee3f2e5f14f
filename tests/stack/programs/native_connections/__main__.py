"""Declares the connections of the stack's config, as the program of this project does, with the native provider."""

from __future__ import annotations

import pulumi

from pulumi_adobe.native import DatabricksSourceConnection

config = pulumi.Config()
tokens = config.get_object("accessTokens") or {}
for name, fields in (config.get_object("connections") or {}).items():
    connection = DatabricksSourceConnection(
        name,
        name=fields["name"],
        description=fields.get("description"),
        domain=fields["domain"],
        cluster_id=fields["clusterId"],
        access_token=tokens[name],
        database=fields["database"],
    )
    pulumi.export(f"{name}.id", connection.id)
    pulumi.export(f"{name}.etag", connection.etag)
