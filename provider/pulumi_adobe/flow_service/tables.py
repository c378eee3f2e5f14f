"""The tables of a base connection's source.

Adobe: tabular.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pulumi_adobe.members import get_objects

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient


def get_columns(service: FlowServiceClient, connection_id: str, table: str) -> Sequence[Mapping[str, Any]]:
    """The columns of a table, as a source connection takes them; none where the answer has an odd shape."""
    table = service.explore(connection_id, (("objectType", "table"), ("object", table)))
    return get_objects(table, "schema", "columns")
