"""A source connection as a program declares it."""

from __future__ import annotations

import pulumi
import pytest

from pulumi_adobe import SourceConnection, connection_spec
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
        SourceConnection("other", base_connection="id", source="snowflak", table="t")

    assert mock_engine.get_inputs("orders")["connectionSpec"]["id"] == connection_spec("snowflake").id
