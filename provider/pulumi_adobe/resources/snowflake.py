"""The base connection to Snowflake.

Adobe: help/sources/tutorials/api/create/databases/snowflake.md, with its parameters and their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

import pulumi

from pulumi_adobe.resources.auth import TypedAuth
from pulumi_adobe.resources.typed_connection import TypedBaseConnection


@dataclass(kw_only=True)
class SnowflakeKeyPair(TypedAuth):
    """Adobe's auth spec "KeyPair Authentication"."""

    auth_spec: ClassVar[str] = "KeyPair Authentication"

    account: pulumi.Input[str]
    """Account identifier."""

    username: pulumi.Input[str]
    """Login user."""

    database: pulumi.Input[str]
    """Database to read."""

    private_key: pulumi.Input[str] = field(repr=False)
    """Base64 of the private key; a secret."""

    warehouse: pulumi.Input[str]
    """Warehouse that runs the queries."""

    private_key_passphrase: pulumi.Input[str] | None = field(default=None, repr=False)
    """Passphrase when the key is encrypted; a secret."""


@dataclass(kw_only=True)
class SnowflakePassword(TypedAuth):
    """Adobe's auth spec "Basic Authentication"."""

    auth_spec: ClassVar[str] = "Basic Authentication"

    host: pulumi.Input[str]
    """Snowflake host (AWS deployments of Experience Platform)."""

    port: pulumi.Input[int]
    """Port, 443 in the example."""

    username: pulumi.Input[str]
    """Login user."""

    password: pulumi.Input[str] = field(repr=False)
    """Password of that user; a secret."""

    database: pulumi.Input[str]
    """Database to read."""

    warehouse: pulumi.Input[str]
    """Warehouse."""

    schema: pulumi.Input[str]
    """Schema holding the tables."""


@dataclass(kw_only=True)
class SnowflakeConnectionString(TypedAuth):
    """Adobe's auth spec "ConnectionString"."""

    auth_spec: ClassVar[str] = "ConnectionString"

    connection_string: pulumi.Input[str] = field(repr=False)
    """JDBC URL jdbc:snowflake://... with user, password, db, warehouse; no longer in the 2026 page; a secret."""


SnowflakeAuth: TypeAlias = SnowflakeKeyPair | SnowflakePassword | SnowflakeConnectionString
"""The auth classes of this source."""


class SnowflakeSourceConnection(TypedBaseConnection[SnowflakeAuth], module="adobe", name="SnowflakeSourceConnection"):
    """A base connection from Experience Platform to Snowflake."""

    source = "snowflake"
