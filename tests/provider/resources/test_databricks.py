"""The base connection to Databricks as a program declares it."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

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


@pytest.mark.parametrize(
    ("expiry", "text"),
    [
        (datetime(2026, 12, 1, 3, tzinfo=timezone.utc), "2026-12-01T03:00:00Z"),
        (date(2026, 12, 1), "2026-12-01"),
        (1796083200000, 1796083200000),
    ],
)
def test_expiry_may_be_a_time_of_python_or_epoch_milliseconds(
    mock_engine: MockEngine, expiry: Any, text: str | int
) -> None:
    get_value(DatabricksSourceConnection("one", **DATABRICKS_ARGUMENTS, access_token_expires_at=expiry).id)

    assert mock_engine.get_inputs("one")["accessTokenExpiresAt"] == text


def test_expiry_may_be_an_output(mock_engine: MockEngine) -> None:
    # An output needs an event loop, which only a test has: from Python 3.12 on there is none by default.
    expiry = pulumi.Output.from_input("2026-12-01")

    get_value(DatabricksSourceConnection("one", **DATABRICKS_ARGUMENTS, access_token_expires_at=expiry).id)

    assert mock_engine.get_inputs("one")["accessTokenExpiresAt"] == "2026-12-01"
