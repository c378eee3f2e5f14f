"""Declares one connection whose connection spec and auth spec come from the stack's config."""

from __future__ import annotations

import pulumi

from pulumi_adobe import Auth, BaseConnection

declared = pulumi.Config().require_object("connection")
connection = BaseConnection(
    "variable",
    name=declared["name"],
    connection_spec_id=declared["connection_spec"]["id"],
    connection_spec_version=declared["connection_spec"]["version"],
    auth=Auth(declared["auth_spec"], declared["parameters"]),
)
pulumi.export("id", connection.id)
