"""The tables of a base connection's source.

Adobe: tabular.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pulumi_adobe.members import objects

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowService


def columns(service: FlowService, connection: str, table: str) -> Sequence[Mapping[str, Any]]:
    """The columns of a table, as a source connection takes them; none where the answer has an odd shape."""
    found = service.explore(connection, (("objectType", "table"), ("object", table)))
    return objects(found, "schema", "columns")
