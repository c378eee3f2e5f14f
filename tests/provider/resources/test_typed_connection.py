"""A typed connection is a base connection with typed arguments."""

from __future__ import annotations

from pulumi_adobe import Auth, BaseConnection, SnowflakeKeyPair, SnowflakeSourceConnection
from tests.provider.resources.mock_engine import MockEngine, get_value, ignore_warnings_of_sdk

pytestmark = ignore_warnings_of_sdk

PARAMS = {"account": "a", "username": "u", "database": "d", "privateKey": "key-1", "warehouse": "w"}


def test_typed_and_generic_class_register_the_same_inputs_under_their_own_types(mock_engine: MockEngine) -> None:
    key_pair = SnowflakeKeyPair(account="a", username="u", database="d", private_key="key-1", warehouse="w")
    get_value(SnowflakeSourceConnection("typed", name="one", auth=key_pair).id)
    auth = Auth("KeyPair Authentication", PARAMS)
    get_value(BaseConnection("generic", name="two", source="snowflake", auth=auth).id)

    typed_inputs, generic_inputs = mock_engine.get_inputs("typed"), mock_engine.get_inputs("generic")
    differing_names = {name for name in typed_inputs if typed_inputs[name] != generic_inputs[name]}
    assert differing_names == {"name", "owner"}
    assert typed_inputs.keys() == generic_inputs.keys()
    assert mock_engine.get_params("typed") == PARAMS
    assert typed_inputs["connectionSpec"] == {"id": "b2e08744-4f1a-40ce-af30-7abac3e23cf3", "version": "1.0"}
    assert [args.typ for args in mock_engine.registered_resources] == [
        "pulumi-python:dynamic/adobe:SnowflakeSourceConnection",
        "pulumi-python:dynamic/adobe:BaseConnection",
    ]
