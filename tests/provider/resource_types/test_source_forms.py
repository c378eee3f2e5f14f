"""What the source connections of each source take, by the catalogue."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.resource_types.source_connection import PARAMETER_FIELDS, SCHEMA, list_taken_fields
from pulumi_adobe.resource_types.source_forms import (
    describe_unknown_parameters,
    find_form_problems,
    find_parameter_problems,
)
from pulumi_adobe.schema.validation import validate
from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.sources import connection_specs


def _build_inputs(source: str, **values: Any) -> dict[str, Any]:
    spec = connection_specs()[source]
    inputs = {"name": "n", "connectionSpec": {"id": spec.id, "version": spec.version}, **values}
    return SCHEMA.flatten(inputs)


def _find_problems(source: str, **values: Any) -> list[str]:
    inputs = _build_inputs(source, **values)
    fields = [f"{field.label}: {problem}" for field, problem in validate(SCHEMA.for_properties(inputs), inputs)]
    return [*fields, *find_form_problems(SCHEMA.labels, inputs), *find_parameter_problems(SCHEMA.labels, inputs)]


FILES = {"format": "delimited", "path": "in/orders.csv"}
HUB: dict[str, Any] = {"format": "json", "params": {"eventHubName": "orders"}}


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("databricks", {"format": "tabular", "tableName": "t", "cdcEnabled": True}),
        ("amazon-s3", {**FILES, "columnDelimiter": "\t", "encoding": "ISO-8859-1", "compressionType": "gzip"}),
        ("amazon-s3", {**FILES, "pathType": "folder", "recursive": True, "cdcEnabled": True}),
        ("data-landing-zone", {"format": "json", "path": "in/*.json", "compressionType": "tarGzip"}),
        ("azure-event-hubs", {**HUB, "format": "parquet"}),
        ("azure-event-hubs", {"format": "json", "params": UNKNOWN}),
        ("google-pubsub", {"format": "json", "params": {"topicId": "t", "dataType": UNKNOWN}}),
        ("mailchimp-members", {"format": "json", "params": {"listId": "10c097ca71"}}),
        ("generic-rest-api", {"format": "json", "params": {"anything": 1}}),
        ("snowflake-streaming", {"tableName": "ACME", "params": {"timestampColumn": "dOb"}}),
        ("http-api-streaming", {}),
        ("http-api-streaming", {"format": "json"}),
        ("pendo", {"format": "json"}),
    ],
    ids=str,
)
def test_source_connection_of_adobes_page_has_no_problem(source: str, values: dict[str, Any]) -> None:
    assert _find_problems(source, **values) == []


@pytest.mark.parametrize(
    ("source", "values", "argument", "fact"),
    [
        ("databricks", {"format": "json", "tableName": "t"}, "format", "tabular"),
        ("databricks", {"format": "tabular"}, "table", "missing"),
        ("databricks", {"format": "tabular", "tableName": "t", "path": "x"}, "path", "Remove it"),
        ("amazon-s3", {"path": "x"}, "format", "parquet"),
        ("amazon-s3", {"format": "json"}, "path", "missing"),
        ("amazon-s3", {**FILES, "tableName": "t"}, "table", "Amazon S3"),
        ("amazon-s3", {**FILES, "format": "parquet", "columnDelimiter": ";"}, "column_delimiter", "delimited"),
        ("amazon-s3", {**FILES, "format": "json", "encoding": "UTF-8"}, "encoding", "delimited"),
        ("amazon-s3", {**FILES, "format": "parquet", "compressionType": "gzip"}, "compression_type", "json"),
        ("amazon-s3", {**FILES, "columnDelimiter": ";;"}, "column_delimiter", "one character"),
        ("amazon-s3", {**FILES, "encoding": "UTF-16"}, "encoding", "ISO-8859-1"),
        ("amazon-s3", {**FILES, "compressionType": "zip"}, "compression_type", "zipDeflate"),
        ("amazon-s3", {**FILES, "pathType": "table"}, "path_type", "folder"),
        ("mailchimp-members", {"format": "json"}, "params.listId", "missing"),
        ("mailchimp-members", {"format": "json", "params": {"listId": ["x"]}}, "params.listId", "text"),
        ("azure-event-hubs", {"format": "json", "params": {"dataType": "raw"}}, "params.eventHubName", "missing"),
        ("azure-event-hubs", {**HUB, "params": {**HUB["params"], "reset": "now"}}, "params.reset", "earliest"),
        ("azure-event-hubs", {**HUB, "compressionType": "gzip"}, "compression_type", "Azure Event Hubs"),
        ("amazon-kinesis", {"format": "json"}, "params.stream", "missing"),
        ("pendo", {"format": "json", "path": "x"}, "path", "Pendo"),
    ],
    ids=str,
)
def test_parameter_that_the_source_lacks_is_a_problem(
    source: str, values: dict[str, Any], argument: str, fact: str
) -> None:
    (problem,) = _find_problems(source, **values)

    assert problem.startswith(f"{argument}: ")
    assert fact in problem


MISPLACED = [
    (source, field.path[-1], field.argument)
    for source in (
        "databricks",
        "amazon-s3",
        "data-landing-zone",
        "snowflake-streaming",
        "mailchimp-members",
        "another",
    )
    for field in PARAMETER_FIELDS
    if source == "another" or field.name in list_taken_fields(connection_specs()[source].source_connection)
]


@pytest.mark.parametrize(("source", "name", "argument"), MISPLACED)
def test_parameter_with_an_argument_of_its_own_must_not_be_among_the_others(
    source: str, name: str, argument: str
) -> None:
    spec_id = connection_specs()[source].id if source in connection_specs() else "of-another-source"
    inputs = SCHEMA.flatten({"connectionSpec": {"id": spec_id}, "format": "json", "params": {name: "x"}})

    problems = list(find_form_problems(SCHEMA.labels, inputs))

    assert f"params.{name}: give {argument} instead, which has the same effect" in problems


def test_source_parameter_with_the_name_of_an_argument_is_accepted() -> None:
    params = {"object_type": "Accounts", "path": "accounts"}

    assert _find_problems("sugarcrm-accounts-contacts", format="json", params=params) == []


def test_parameter_that_the_page_lacks_is_named_with_the_nearest_one() -> None:
    inputs = _build_inputs("azure-event-hubs", format="json", params={"eventHubName": "o", "consumerGrup": "g"})

    (warning,) = describe_unknown_parameters(inputs)

    assert "params.consumerGrup" in warning
    assert "did you mean consumerGroup" in warning


@pytest.mark.parametrize(
    ("source", "values", "body"),
    [
        ("zendesk", {"format": "json"}, {"data": {"format": "json"}, "params": {}}),
        ("mailchimp-members", {"format": "json", "params": {"listId": "l"}}, {"params": {"listId": "l"}}),
        ("pendo", {"format": "json"}, {"providerId": "521eee4d-8cbe-4906-bb48-fb6bd4450033"}),
        ("http-api-streaming", {}, {}),
        (
            "sftp",
            {**FILES, "columnDelimiter": "\t", "pathType": "file"},
            {
                "data": {"format": "delimited", "properties": {"columnDelimiter": "\t"}},
                "params": {"path": "in/orders.csv", "type": "file"},
            },
        ),
    ],
    ids=str,
)
def test_create_body_equals_that_of_adobes_page(source: str, values: dict[str, Any], body: dict[str, Any]) -> None:
    inputs = _build_inputs(source, **values)
    created = SCHEMA.for_properties(inputs).to_create_body(inputs)

    expected = {"name": "n", "connectionSpec": inputs["connectionSpec"], **body}
    assert {**created, "data": created.get("data")} == {"data": created.get("data"), **expected}


def test_parameters_are_one_object_in_the_state() -> None:
    inputs = _build_inputs("amazon-kinesis", format="json", params={"stream": "s"})

    assert inputs["params.stream"] == "s"
    assert SCHEMA.unflatten(inputs)["params"] == {"stream": "s"}
