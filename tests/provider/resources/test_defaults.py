"""What a program does not give means the same on both adapters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pulumi_adobe import BaseConnection, Dataflow, LandingZoneCredentials, Schedule, SourceConnection, TargetConnection
from pulumi_adobe.plugin.native.program_inputs import complete_inputs
from pulumi_adobe.resource_names import Urn
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.schema.resource_schema import ResourceSchema
from tests.provider.resources.mock_engine import MockEngine, get_value, ignore_warnings_of_sdk

pytestmark = ignore_warnings_of_sdk

TABLE = {"baseConnectionId": "b", "tableName": "t", "source": "databricks"}
FLOW = {"sourceConnectionIds": ["s"], "targetConnectionIds": ["t"], "mapping": {"a": "b"}, "frequency": "once"}
FLOW_ARGUMENTS = {"source": "s", "target": "t", "mapping": {"a": "b"}, "schedule": Schedule.once()}


@pytest.mark.parametrize(
    ("resource_class", "arguments", "given"),
    [
        (
            BaseConnection,
            {"source": "apache-hdfs", "name": "n", "auth": {"url": "hdfs://h"}},
            {"source": "apache-hdfs", "name": "n", "params": {"url": "hdfs://h"}},
        ),
        (SourceConnection, {"base_connection": "b", "table": "t", "source": "databricks", "draft": False}, TABLE),
        (TargetConnection, {"dataset_id": "d"}, {"dataSetId": "d"}),
        (Dataflow, FLOW_ARGUMENTS, FLOW),
        (
            Dataflow,
            {**FLOW_ARGUMENTS, "partial_ingestion_percent": 5},
            {**FLOW, "partialIngestionPercent": 5, "draft": False},
        ),
        (
            Dataflow,
            {**FLOW_ARGUMENTS, "partial_ingestion_percent": 5, "error_diagnostics": False},
            {**FLOW, "partialIngestionPercent": 5, "errorDiagnostics": False},
        ),
        (LandingZoneCredentials, {}, {}),
    ],
)
def test_both_adapters_complete_a_declaration_in_the_same_way(
    mock_engine: MockEngine, resource_class: Any, arguments: Mapping[str, Any], given: Mapping[str, Any]
) -> None:
    resource = resource_class("one", **arguments)
    get_value(resource.id)
    schema = get_resource_type(resource.provider_class.resource_type).schema

    inputs = mock_engine.get_inputs("one")

    params = {"params": mock_engine.get_params("one")} if "params" in inputs else {}
    registered = {name: value for name, value in {**inputs, **params}.items() if name in _list_names(schema)}
    assert registered == complete_inputs(schema, given, Urn("dev", "project", "", "one"))


def _list_names(schema: ResourceSchema) -> set[str]:
    return {*(field.name for field in schema.fields), *schema.local_inputs}
