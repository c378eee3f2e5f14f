"""The base connection to MySQL.

Adobe: help/sources/tutorials/api/create/databases/mysql.md, with its parameters and their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

import pulumi

from pulumi_adobe.resources.auth import TypedAuth
from pulumi_adobe.resources.typed_connection import TypedBaseConnection


@dataclass(kw_only=True)
class MySQLConnectionString(TypedAuth):
    """Adobe's auth spec "Connection String Based Authentication"."""

    auth_spec: ClassVar[str] = "Connection String Based Authentication"

    connection_string: pulumi.Input[str] = field(repr=False)
    """Driver connection string, which holds the password; a secret."""


@dataclass(kw_only=True)
class MySQLPassword(TypedAuth):
    """Adobe's auth spec "Basic Authentication"."""

    auth_spec: ClassVar[str] = "Basic Authentication"

    server: pulumi.Input[str]
    """Host or IP."""

    database: pulumi.Input[str]
    """Database."""

    username: pulumi.Input[str]
    """Login user."""

    password: pulumi.Input[str] = field(repr=False)
    """Password of that user; a secret."""

    port: pulumi.Input[int] | None = None
    """TCP port."""

    ssl_mode: pulumi.Input[str] | None = None
    """Encryption mode (one of several words on Azure, a flag as text on AWS)."""


MySQLAuth: TypeAlias = MySQLConnectionString | MySQLPassword
"""The auth classes of this source."""


class MySQLSourceConnection(TypedBaseConnection[MySQLAuth], module="adobe", name="MySQLSourceConnection"):
    """A base connection from Experience Platform to MySQL."""

    source = "mysql"
