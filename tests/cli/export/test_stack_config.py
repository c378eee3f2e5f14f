"""The commands that fill in what nobody can read back."""

from __future__ import annotations

import pytest

from adobe_flow.export.classes import Way
from adobe_flow.export.base_connections import Declared
from adobe_flow.export.stack_config import commands


@pytest.mark.parametrize(
    ("resource", "token", "database"),
    [
        ("lake", "'accessTokens.lake'", "'connections.lake.database'"),
        ("eu.lake", "'accessTokens[\"eu.lake\"]'", "'connections[\"eu.lake\"].database'"),
    ],
)
def test_command_names_the_entry_of_a_connection_with_a_dot(resource: str, token: str, database: str) -> None:
    declared = Declared(
        resource, "dev", {"name": "Lake"}, Way("DatabricksSourceConnection"), {}, ("accessToken", "database")
    )

    assert commands([declared]) == [
        f"pulumi config set --secret --path {token}",
        f"pulumi config set --type string --path {database}",
    ]
