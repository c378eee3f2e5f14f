"""The commands that fill in what nobody can read back."""

from __future__ import annotations

import pytest

from adobe_flow.export.declaration import BASE, Declaration
from adobe_flow.export.expressions import CallExpression
from adobe_flow.export.stack_config import list_secret_commands


@pytest.mark.parametrize(
    ("resource", "token", "database"),
    [
        ("lake", "'accessTokens.lake'", "'connections.lake.database'"),
        ("eu.lake", "'accessTokens[\"eu.lake\"]'", "'connections[\"eu.lake\"].database'"),
    ],
)
def test_config_command_quotes_a_connection_name_with_a_dot(resource: str, token: str, database: str) -> None:
    secrets = {"accessToken": "", "database": ""}
    declaration = Declaration(
        BASE, resource, "dev", {"name": "Lake"}, "BaseConnection", CallExpression("f"), {}, secrets=secrets
    )

    assert list_secret_commands([declaration]) == [
        f"pulumi config set --secret --path {token}",
        f"pulumi config set --type string --path {database}",
    ]
