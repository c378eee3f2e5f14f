"""Messages name what the program wrote, and their sentences end once."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pulumi
import pytest

from pulumi_adobe import (
    AzureBlobSasUri,
    AzureBlobSourceConnection,
    BaseConnection,
    DatabricksSourceConnection,
    Dataflow,
    Schedule,
    SourceConnection,
    TargetConnection,
)
from pulumi_adobe.printable import end_sentence
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resources.base import FlowServiceResource
from tests.provider.resources.mock_engine import DATABRICKS_ARGUMENTS, ignore_warnings_of_sdk

pytestmark = [ignore_warnings_of_sdk, pytest.mark.usefixtures("mock_engine")]

DATAFLOW: dict[str, Any] = {"source": "s", "target": "t", "mapping": {"a": "b"}}
SOURCE: dict[str, Any] = {"base_connection": "id", "table": "t"}


@pytest.mark.parametrize("resource", [BaseConnection, SourceConnection, TargetConnection, Dataflow])
def test_label_of_a_field_is_the_argument_name_of_the_resource(resource: type[FlowServiceResource]) -> None:
    arguments = inspect.signature(inspect.getattr_static(resource, "__init__")).parameters
    schema = get_resource_type(resource.provider_class.resource_type).schema
    declared = [field for field in schema.fields if not field.computed and field.name not in schema.fixed_inputs]

    assert [field.label for field in declared if field.label.partition(".")[0] not in arguments] == []


@pytest.mark.parametrize(
    ("constructor", "arguments", "names"),
    [
        (Dataflow, {**DATAFLOW, "schedule": Schedule.every(minutes=5, delta_column="t")}, ["schedule.minutes"]),
        (Dataflow, {**DATAFLOW, "schedule": Schedule.every(hours=0, delta_column="t")}, ["schedule.hours"]),
        (Dataflow, {**DATAFLOW, "schedule": Schedule(frequency="x", interval=1)}, ["schedule.frequency"]),
        (AzureBlobSourceConnection, {"auth": AzureBlobSasUri(sas_uri=" s"), "name": "x"}, ["auth.sas_uri"]),
        (BaseConnection, {"auth": {}, "source": "snowflak", "name": "x"}, ["did you mean snowflake?"]),
        (BaseConnection, {"auth": {}, "source": "zzzz", "name": "x"}, ["…"]),
        (SourceConnection, {**SOURCE, "source": "snowflak"}, ["did you mean snowflake?"]),
        (DatabricksSourceConnection, {**DATABRICKS_ARGUMENTS, "cluster": "x"}, ["did you mean cluster_id?"]),
        (DatabricksSourceConnection, {**DATABRICKS_ARGUMENTS, "domain": "x", "name": " "}, ["domain", "name"]),
    ],
)
def test_refusal_names_the_argument_as_the_program_wrote_it(
    constructor: Any, arguments: dict[str, Any], names: list[str]
) -> None:
    with pytest.raises(pulumi.RunError) as refusal:
        constructor("one", **arguments)

    text = str(refusal.value)
    assert all(name in text for name in names)
    assert re.search(r"[.?!,;:]\s?[.?!,;:]", text) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("it failed", "it failed."), ("Bad host.", "Bad host."), ("Why?", "Why?")]
)
def test_sentence_has_one_full_stop_at_its_end(text: str, expected: str) -> None:
    assert end_sentence(text) == expected
