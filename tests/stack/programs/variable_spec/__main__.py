"""Declares one connection whose spec the stack's config says."""

from __future__ import annotations

import pulumi
from variable import VariableConnection

given = pulumi.Config().require_object("connection")
connection = VariableConnection("variable", **given)
pulumi.export("id", connection.id)
