"""Adobe Experience Platform's data-source connections, declared with Pulumi."""

from __future__ import annotations

from pulumi_adobe.resources.databricks import DatabricksSourceConnection, DatabricksSourceConnectionArgs
from pulumi_adobe.resources.flow_service import FlowService

__all__ = ["DatabricksSourceConnection", "DatabricksSourceConnectionArgs", "FlowService"]
