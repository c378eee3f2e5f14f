"""What every resource class shares: arguments become properties, secrets are marked, outputs get their types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pulumi
from pulumi import dynamic

from pulumi_adobe.dynamic import FlowServiceProvider
from pulumi_adobe.resources.arguments import argument_problems, arguments, refuse
from pulumi_adobe.resources.names import OUTPUTS, snake_case


class DeclaredResource(dynamic.Resource):
    """A resource whose provider's declaration says all about its properties."""

    provider_class: ClassVar[type[FlowServiceProvider]]
    fixed: ClassVar[Mapping[str, Any]] = {}

    etag: pulumi.Output[str]
    """The version that Flow Service gave it, quotes included; an update is refused where this is not the newest."""

    state: pulumi.Output[str]
    """Flow Service's state of it, `enabled` where all is well."""

    created_at: pulumi.Output[str]
    """When it was made: ISO 8601, UTC."""

    created_by: pulumi.Output[str]
    """The account that made it."""

    sandbox_name: pulumi.Output[str]
    """The sandbox in which it was made."""

    org_id: pulumi.Output[str]
    """The organization in which it was made."""
