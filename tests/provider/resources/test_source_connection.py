"""A source connection as a program declares it."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from pulumi_adobe import S3AccessKey, S3SourceConnection, SourceConnection, TargetConnection, connection_spec
from tests.provider.resources.mock_engine import MockEngine, get_value, ignore_warnings_of_sdk

pytestmark = ignore_warnings_of_sdk


def test_format_is_tabular_unless_a_path_is_given(mock_engine: MockEngine) -> None:
    get_value(SourceConnection("orders", base_connection="id", source="databricks", table="t").id)
    get_value(SourceConnection("files", base_connection="id", source="amazon-s3", path="/in", format="json").id)

    assert mock_engine.get_inputs("orders")["format"] == "tabular"
    assert mock_engine.get_inputs("files")["format"] == "json"


def test_path_requires_a_format(mock_engine: MockEngine) -> None:
    with pytest.raises(pulumi.RunError, match="format is missing"):
        SourceConnection("files", base_connection="id", source="amazon-s3", path="/in")

    assert mock_engine.registered_resources == []


def test_id_of_a_base_connection_requires_its_source(mock_engine: MockEngine) -> None:
    get_value(SourceConnection("orders", base_connection="id", source="snowflake", table="t").id)
    with pytest.raises(pulumi.RunError, match=r'SourceConnection "other".*source'):
        SourceConnection("other", base_connection="id", table="t")
    with pytest.raises(pulumi.RunError, match=r"did you mean snowflake\?"):
        SourceConnection("other", base_connection="id", source="snowflak", table="t")  # type: ignore[arg-type] # misspelt

    assert mock_engine.get_inputs("orders")["connectionSpec"]["id"] == connection_spec("snowflake").id


def test_source_without_base_connections_needs_none(mock_engine: MockEngine) -> None:
    get_value(SourceConnection("clicks", source="pendo", format="json").id)

    inputs = mock_engine.get_inputs("clicks")
    assert inputs["connectionSpec"]["id"] == connection_spec("pendo").id
    assert inputs.get("baseConnectionId") is None


def test_connection_spec_that_the_catalogue_lacks_is_given_by_its_id(mock_engine: MockEngine) -> None:
    get_value(SourceConnection("braze", connection_spec_id="an-id", format="json").id)
    get_value(SourceConnection("acme", base_connection="id", connection_spec_id="an-id", table="t").id)

    assert mock_engine.get_inputs("braze")["connectionSpec"] == {"id": "an-id", "version": "1.0"}
    assert mock_engine.get_inputs("acme")["baseConnectionId"] == "id"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, r"base_connection, or source .*data-landing-zone"),
        ({"source": "pando"}, r"did you mean pendo\?"),
        ({"source": "databricks"}, r'BaseConnection\(source="databricks"\)'),
        ({"source": "pendo", "base_connection": "id"}, "remove base_connection"),
        ({"source": "pendo", "connection_spec_id": "an-id"}, "either source or connection_spec_id"),
    ],
    ids=["nothing", "misspelt", "needs a base connection", "has none", "both"],
)
def test_exactly_one_of_base_connection_and_source_decides(
    mock_engine: MockEngine, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(pulumi.RunError, match=message):
        SourceConnection("clicks", format="json", **arguments)

    assert mock_engine.registered_resources == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"source": "databricks"}, "connects to Amazon S3: remove source"),
        ({"source": "pendo"}, "connects to Amazon S3: remove source"),
        ({"source": "amazon-s4"}, r"did you mean amazon-s3\?"),
    ],
    ids=str,
)
def test_source_must_be_that_of_the_base_connection(
    mock_engine: MockEngine, arguments: dict[str, Any], message: str
) -> None:
    bucket = S3SourceConnection("bucket", name="b", auth=S3AccessKey(s3_access_key="a", s3_secret_key="secret-1"))
    with pytest.raises(pulumi.RunError, match=message):
        SourceConnection("files", base_connection=bucket, path="in", format="json", **arguments)
    get_value(SourceConnection("right", base_connection=bucket, source="amazon-s3", path="in", format="json").id)

    assert [args.name for args in mock_engine.registered_resources] == ["bucket", "right"]


def test_resource_of_another_kind_is_no_base_connection(mock_engine: MockEngine) -> None:
    target = TargetConnection("target", dataset_id="6889f4f89b982b2b90bc1207")
    for other in (SourceConnection("hook", source="pendo"), target):
        with pytest.raises(pulumi.RunError, match=f"must be a base connection, not a {type(other).__name__}"):
            SourceConnection("files", base_connection=other, path="in", format="json")
    get_value(target.id)

    assert "files" not in [args.name for args in mock_engine.registered_resources]


@pytest.mark.parametrize(
    ("source", "format_name"),
    [("snowflake", "tabular"), ("mailchimp-members", "json"), ("azure-event-hubs", "json"), ("amazon-kinesis", "json")],
)
def test_format_is_by_default_that_of_the_source(mock_engine: MockEngine, source: Any, format_name: str) -> None:
    get_value(SourceConnection("in", base_connection="id", source=source).id)

    assert mock_engine.get_inputs("in")["format"] == format_name


@pytest.mark.parametrize("source", ["http-api-streaming", "snowflake-streaming"])
def test_source_that_adobe_shows_without_a_format_gets_none(mock_engine: MockEngine, source: Any) -> None:
    get_value(SourceConnection("in", base_connection="id", source=source).id)

    assert mock_engine.get_inputs("in").get("format") is None


def test_parameters_keep_the_names_that_the_program_gives(mock_engine: MockEngine) -> None:
    """`base_connection_id` and `cluster_id` would be names of properties, if they were not data."""
    params = {"ad_account_id": "a", "base_connection_id": "b", "absent": None}
    get_value(SourceConnection("in", base_connection="id", source="pinterest-ads", params=params).id)

    assert mock_engine.get_inputs("in")["params"] == {"ad_account_id": "a", "base_connection_id": "b"}
