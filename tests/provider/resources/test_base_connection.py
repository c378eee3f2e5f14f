"""Base connections of any source as a program declares them."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from pulumi_adobe import Auth, BaseConnection, S3AccessKey, S3SourceConnection, SnowflakeKeyPair
from tests.provider.resources.mock_engine import MockEngine, get_value, ignore_warnings_of_sdk, is_secret

pytestmark = ignore_warnings_of_sdk

SECRET = "secret-1"
KEY_PAIR = {"account": "a", "username": "u", "database": "d", "private_key": SECRET, "warehouse": "w"}


@pytest.mark.parametrize(
    ("arguments", "facts"),
    [
        ({"auth": {}}, ["source", "connection_spec_id"]),
        ({"auth": {}, "source": "snowflake", "connection_spec_id": "x"}, ["source", "connection_spec_id"]),
        ({"auth": {}, "source": "snowflak"}, ["snowflak ", "did you mean snowflake?"]),
        ({"auth": {}, "source": "snowflake"}, ["auth", "KeyPair Authentication"]),
        ({"auth": Auth("KeyPair", {}), "source": "snowflake"}, ["snowflake", "did you mean KeyPair Authentication?"]),
        (
            {"auth": {"hots": "x", "password": f"{SECRET}\n"}, "source": "azure-file-storage"},
            ["auth.hots", "did you mean host?", "auth.host is missing", "auth.password begins or ends"],
        ),
        ({"auth": {}, "source": "lava"}, ["LAVA", 'SourceConnection(source="lava")']),
        ({"auth": Auth("HMAC", {}), "source": "lava"}, ["LAVA", 'SourceConnection(source="lava")']),
        ({"auth": {"connectionString": [SECRET]}, "source": "couchbase"}, ["auth.connectionString must be"]),
        ({"auth": SnowflakeKeyPair(**KEY_PAIR), "source": "amazon-s3"}, ["amazon-s3", "KeyPair Authentication"]),
    ],
    ids=str,
)
def test_wrong_source_and_parameters_are_named_all_at_once_without_a_value(
    mock_engine: MockEngine, arguments: dict[str, Any], facts: list[str]
) -> None:
    with pytest.raises(pulumi.RunError) as refusal:
        BaseConnection("one", name="x", **arguments)

    assert str(refusal.value).startswith('BaseConnection "one": ')
    assert all(fact in str(refusal.value) for fact in facts)
    assert SECRET not in str(refusal.value)
    assert mock_engine.registered_resources == []


@pytest.mark.parametrize("has_spec", [False, True])
def test_output_in_place_of_all_parameters_is_an_error(mock_engine: MockEngine, *, has_spec: bool) -> None:
    output: Any = pulumi.Output.from_input({})

    with pytest.raises(pulumi.RunError, match=r"auth must be .*output"):
        BaseConnection("one", name="x", auth=Auth("KeyPair", output) if has_spec else output, source="snowflake")

    assert mock_engine.registered_resources == []


def test_source_with_one_auth_spec_takes_the_parameters_alone(mock_engine: MockEngine) -> None:
    get_value(BaseConnection("one", name="x", source="couchbase", auth={"connectionString": SECRET}).id)

    assert mock_engine.get_inputs("one")["authSpec"] == "Connection String Based Authentication"


def test_secret_parameters_are_marked_one_by_one(mock_engine: MockEngine) -> None:
    connection = S3SourceConnection("one", name="x", auth=S3AccessKey(s3_access_key="AKIA", s3_secret_key=SECRET))

    assert is_secret(connection.params)
    assert mock_engine.get_params("one") == {"s3AccessKey": "AKIA", "s3SecretKey": SECRET}


def test_connection_spec_outside_of_the_catalogue_is_accepted_as_it_is(mock_engine: MockEngine) -> None:
    auth = Auth("Basic", {"a": SECRET})
    get_value(BaseConnection("one", name="x", connection_spec_id="some", auth=auth).id)

    assert mock_engine.get_params("one") == {"a": SECRET}
    assert mock_engine.get_inputs("one")["connectionSpec"] == {"id": "some", "version": "1.0"}


def test_without_validation_any_parameter_is_accepted(mock_engine: MockEngine) -> None:
    get_value(BaseConnection("one", name="x", source="mixpanel", auth={"new": SECRET}, validate=False).id)

    assert mock_engine.get_params("one") == {"new": SECRET}
