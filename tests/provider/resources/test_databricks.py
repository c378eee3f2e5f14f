"""The base connection to Databricks as a program declares it."""

from __future__ import annotations

import pulumi
import pytest

from pulumi_adobe import DatabricksSourceConnection, DatabricksSourceConnectionArgs
from tests.provider.resources.mock_engine import (
    DATABRICKS_ARGUMENTS,
    MockEngine,
    get_value,
    ignore_warnings_of_sdk,
)

pytestmark = ignore_warnings_of_sdk


def test_keywords_and_the_arguments_class_declare_the_same_resource(mock_engine: MockEngine) -> None:
    arguments = DatabricksSourceConnectionArgs(**{**DATABRICKS_ARGUMENTS, "name": "other"})
    get_value(DatabricksSourceConnection("one", **DATABRICKS_ARGUMENTS).id)
    get_value(DatabricksSourceConnection("two", arguments).id)

    first, second = (mock_engine.get_inputs(name) for name in ("one", "two"))
    differing_names = {name for name in {*first, *second} if first.get(name) != second.get(name)}
    assert differing_names == {"name", "owner"}
    assert {args.typ for args in mock_engine.registered_resources} == {
        "pulumi-python:dynamic/adobe:DatabricksSourceConnection"
    }


def test_repr_of_the_arguments_has_no_token() -> None:
    assert "dapi" not in repr(DatabricksSourceConnectionArgs(**DATABRICKS_ARGUMENTS))


@pytest.mark.usefixtures("mock_engine")
def test_wrong_expiry_is_named_by_its_argument() -> None:
    with pytest.raises(pulumi.RunError, match="access_token_expires_at"):
        DatabricksSourceConnection("one", **DATABRICKS_ARGUMENTS, access_token_expires_at="next year")
