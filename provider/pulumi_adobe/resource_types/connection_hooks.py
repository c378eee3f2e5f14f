"""The life-cycle hooks that all base connections share: how one is replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.operation import LifecycleHooks


class ConnectionHooks(LifecycleHooks):
    """The hooks of a base connection."""

    def deletes_before_replace(
        self, context: ProviderContext, id_: str, _prior_outputs: Mapping[str, Any], _planned_inputs: Mapping[str, Any]
    ) -> bool:
        """Return True for a base connection that nothing uses. If Flow Service cannot tell, it counts as used."""
        query = (("property", f"baseConnectionId=={id_}"), ("limit", "1"))
        try:
            # A service that ignores the filter returns another one: the base connection then counts as used, too.
            source_connections = next(context.service.iterate_pages("sourceConnections", query), ())
            return not source_connections and not context.dataflows.list_using(id_)
        except FlowServiceError:
            return False
