"""The sources that doctor asks the organization for."""

from __future__ import annotations

from adobe_flow.doctor.organization import list_spec_ids
from pulumi_adobe.plugin.dynamic.state_format import TYPE_PREFIX as OURS
from pulumi_adobe.resource_types.target_connection import SCHEMA
from pulumi_adobe.sources import connection_spec


def test_target_connections_are_not_counted_as_sources() -> None:
    snowflake = connection_spec("snowflake").id
    resources = [
        {"type": f"{OURS}SnowflakeSourceConnection", "inputs": {"connectionSpec": {"id": snowflake}}},
        {"type": f"{OURS}TargetConnection", "inputs": dict(SCHEMA.fixed_inputs)},
        {"type": f"{OURS}Dataflow", "inputs": {}},
    ]

    assert list_spec_ids(resources) == [connection_spec("databricks").id, snowflake]
