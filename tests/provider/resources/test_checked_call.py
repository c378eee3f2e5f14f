"""The call of a constructor is checked: the names of the arguments, and the types of those that are known."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pulumi
import pytest

from pulumi_adobe import (
    BaseConnection,
    DatabricksSourceConnection,
    FlowService,
    MySQLPassword,
    PostgreSQLPassword,
    SnowflakeKeyPair,
    SnowflakePassword,
    SourceConnection,
    TargetConnection,
    connection_spec,
)
from tests.provider.resources.mock_engine import DATABRICKS_ARGUMENTS, ignore_warnings_of_sdk

pytestmark = [ignore_warnings_of_sdk, pytest.mark.usefixtures("mock_engine")]

KEY_PAIR: dict[str, Any] = {
    "account": "a",
    "username": "u",
    "database": "d",
    "private_key": "planted",
    "warehouse": "w",
}
PASSWORD: dict[str, Any] = {
    "host": "h",
    "port": 443,
    "username": "u",
    "password": "planted",
    "database": "d",
    "warehouse": "w",
}


def construct_and_fail(constructor: Any, *args: Any, **keywords: Any) -> str:
    with pytest.raises(pulumi.RunError) as error:
        constructor(*args, **keywords)
    text = str(error.value)
    assert "planted" not in text
    assert re.search(rf"\(in .*{re.escape(Path(__file__).name)}, line \d+\)", text)
    return text


@pytest.mark.parametrize(
    ("constructor", "changes", "problem"),
    [
        (SnowflakeKeyPair, {**KEY_PAIR, "account": 5}, "account must be a string, not a whole number"),
        (SnowflakeKeyPair, {**KEY_PAIR, "private_key": ["planted"]}, "private_key must be a string, not a list"),
        (SnowflakePassword, {**PASSWORD, "schema": "s", "port": "5432"}, "port must be a whole number, not a string"),
        (
            SnowflakePassword,
            {**PASSWORD, "schema": "s", "port": True},
            "port must be a whole number, not true or false",
        ),
        (SnowflakePassword, PASSWORD, "schema is missing"),
        (SnowflakeKeyPair, {**KEY_PAIR, "acount": "a"}, "acount is not an argument (did you mean account?)"),
        (PostgreSQLPassword, {"port": 1.5}, "port must be a whole number, not a number"),
        (MySQLPassword, {"port": {}}, "port must be a whole number, not a mapping"),
    ],
)
def test_auth_class_refuses_wrong_arguments_by_name(constructor: Any, changes: dict[str, Any], problem: str) -> None:
    assert problem in construct_and_fail(constructor, **changes)


@pytest.mark.parametrize(
    ("constructor", "arguments", "problem"),
    [
        (BaseConnection, {"souce": "snowflake", "auth": {}}, "souce is not an argument (did you mean source?)"),
        (BaseConnection, {"source": 5, "auth": {}}, "source must be a string"),
        (BaseConnection, {"source": "snowflak", "auth": {}}, "did you mean snowflake?"),
        (BaseConnection, {"source": "snowflake", "auth": "planted"}, "auth must be a"),
        (
            BaseConnection,
            {"connection_spec_id": "x", "auth": {}, "connection_spec_version": 1.1},
            "connection_spec_version",
        ),
        (FlowService, {"org_id": "o", "sandbox": 5}, "sandbox must be a string"),
        (FlowService, {"org_id": "o", "sandbox": "s", "timeout": "30"}, "timeout must be a number, not a string"),
        (FlowService, {"org_id": "o", "sand_box": "s"}, "did you mean sandbox?"),
        (SourceConnection, {}, "give base_connection, or source"),
        (TargetConnection, {}, "dataset_id is missing"),
        (DatabricksSourceConnection, {**DATABRICKS_ARGUMENTS, "databse": "planted"}, "did you mean database?"),
    ],
)
def test_resource_refuses_wrong_arguments_by_name(constructor: Any, arguments: dict[str, Any], problem: str) -> None:
    assert problem in construct_and_fail(constructor, "one", **arguments)


def test_every_problem_of_a_call_is_named() -> None:
    text = construct_and_fail(SnowflakePassword, **{**PASSWORD, "host": 1, "port": "x", "shcema": "s"})

    assert all(fact in text for fact in ("host must be", "port must be", "schema?", "schema is missing"))


def test_values_that_are_not_known_yet_have_any_type() -> None:
    SnowflakeKeyPair(**{**KEY_PAIR, "account": pulumi.Output.from_input(5)})


def test_unknown_source_of_a_look_up_names_the_line() -> None:
    unknown: Any = "snowflak"
    assert "did you mean snowflake?" in construct_and_fail(connection_spec, unknown)


def test_helper_of_the_program_is_named_as_the_place_of_the_call() -> None:
    text = construct_and_fail(lambda: SnowflakeKeyPair(**{**KEY_PAIR, "account": 5}))

    assert f"line {test_helper_of_the_program_is_named_as_the_place_of_the_call.__code__.co_firstlineno + 1})" in text
