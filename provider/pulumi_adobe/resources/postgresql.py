"""The base connection to PostgreSQL.

Adobe: help/sources/tutorials/api/create/databases/postgres.md, with its parameters and their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

import pulumi

from pulumi_adobe.resources.auth import TypedAuth
from pulumi_adobe.resources.typed_connection import TypedBaseConnection


@dataclass(kw_only=True)
class PostgreSQLConnectionString(TypedAuth):
    """Adobe's auth spec "Connection String Based Authentication"."""

    auth_spec: ClassVar[str] = "Connection String Based Authentication"

    connection_string: pulumi.Input[str] = field(repr=False)
    """Connection string; may add EncryptionMethod=0|1|6 and ValidateServerCertificate=0|1; a secret."""


@dataclass(kw_only=True)
class PostgreSQLPassword(TypedAuth):
    """Adobe's auth spec "Basic Authentication"."""

    auth_spec: ClassVar[str] = "Basic Authentication"

    server: pulumi.Input[str]
    """Host or IP."""

    port: pulumi.Input[int]
    """TCP port."""

    database: pulumi.Input[str]
    """Database."""

    username: pulumi.Input[str]
    """Login user."""

    password: pulumi.Input[str] = field(repr=False)
    """Password of that user; a secret."""

    ssl_mode: pulumi.Input[str] | None = None
    """Disable, Allow, Prefer, Verify Ca, Verify Full (Azure); boolean (AWS, default false)."""


PostgreSQLAuth: TypeAlias = PostgreSQLConnectionString | PostgreSQLPassword
"""The auth classes of this source."""


class PostgreSQLSourceConnection(
    TypedBaseConnection[PostgreSQLAuth], module="adobe", name="PostgreSQLSourceConnection"
):
    """A base connection from Experience Platform to PostgreSQL."""

    source = "postgresql"
