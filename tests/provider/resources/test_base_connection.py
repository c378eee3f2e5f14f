"""Connections of any source as a program declares them; Pulumi's own mocks stand in the engine's place."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from pulumi_adobe import (
    Auth,
    BaseConnection,
    S3AccessKey,
    S3SourceConnection,
    SnowflakeKeyPair,
    SnowflakePassword,
    SnowflakeSourceConnection,
)
from tests.provider.resources.test_databricks import Engine, engine, pytestmark, value_of

__all__ = ["engine", "pytestmark"]

KEY_PAIR = {"account": "a", "username": "u", "database": "d", "private_key": "key-1", "warehouse": "w"}


def problems(**given: Any) -> str:
    with pytest.raises(pulumi.RunError) as refused:
        BaseConnection("one", name="x", **given)
    assert "secret-1" not in str(refused.value)
    return str(refused.value)


def params_of(engine: Engine, name: str) -> Any:
    """The parameters; the mocks lift the secret of a member to the whole, which the engine does not."""
    found = next(args.inputs["params"] for args in engine.registered if args.name == name)
    return found.get("value", found)


def test_a_typed_class_is_the_generic_one_with_typed_arguments(engine: Engine) -> None:
    typed = SnowflakeSourceConnection("typed", name="one", auth=SnowflakeKeyPair(**KEY_PAIR))
    params = {"account": "a", "username": "u", "database": "d", "privateKey": "key-1", "warehouse": "w"}
    generic = BaseConnection("generic", name="two", source="snowflake", auth=Auth("KeyPair Authentication", params))
    for each in (typed, generic):
        value_of(each.id)

    first, second = ({**args.inputs, "name": "", "owner": ""} for args in engine.registered)
    assert first == second
    assert params_of(engine, "typed") == params
    assert first["connectionSpec"] == {"id": "b2e08744-4f1a-40ce-af30-7abac3e23cf3", "version": "1.0"}
    assert {args.typ for args in engine.registered} == {
        "pulumi-python:dynamic/adobe:SnowflakeSourceConnection",
        "pulumi-python:dynamic/adobe:BaseConnection",
    }


def test_a_source_with_one_auth_spec_takes_its_parameters_alone(engine: Engine) -> None:
    connection = BaseConnection("one", name="x", source="couchbase", auth={"connectionString": "secret-1"})
    value_of(connection.id)

    assert engine.registered[0].inputs["authSpec"] == "Connection String Based Authentication"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"auth": {}}, ["give either source or connection_spec_id"]),
        ({"auth": {}, "source": "snowflake", "connection_spec_id": "x"}, ["give either source or connection_spec_id"]),
        ({"auth": {}, "source": "snowflak"}, ["source snowflak is none of the catalogue; did you mean snowflake?"]),
        ({"auth": {}, "source": "snowflake"}, ["auth must name its auth spec", "KeyPair Authentication"]),
        ({"auth": Auth("KeyPair", {}), "source": "snowflake"}, ["KeyPair is none of snowflake"]),
        (
            {"auth": {"hots": "x", "password": "secret-1\n"}, "source": "mixpanel"},
            ["auth.hots is no parameter", "did you mean host?", "auth.host is missing", "auth.password begins or ends"],
        ),
        ({"auth": {"connectionString": ["secret-1"]}, "source": "couchbase"}, ["must be a text, a number"]),
        (
            {"auth": SnowflakeKeyPair(**KEY_PAIR), "source": "amazon-s3"},
            ["KeyPair Authentication is none of amazon-s3"],
        ),
    ],
    ids=str,
)
def test_wrong_sources_and_parameters_are_named_all_at_once(
    engine: Engine, given: dict[str, Any], words: list[str]
) -> None:
    text = problems(**given)

    assert all(word in text for word in words)
    assert engine.registered == []


def test_secret_parameters_are_secrets_and_the_others_are_not(engine: Engine) -> None:
    connection = S3SourceConnection("one", name="x", auth=S3AccessKey(s3_access_key="AKIA", s3_secret_key="secret-1"))

    async def judge() -> None:
        assert await connection.params.is_secret()

    pulumi.runtime.test(judge)()  # type: ignore[no-untyped-call]  # the SDK has no types here
    assert params_of(engine, "one") == {"s3AccessKey": "AKIA", "s3SecretKey": "secret-1"}


def test_a_spec_outside_the_catalogue_and_a_validation_turned_off_judge_nothing(engine: Engine) -> None:
    unlisted = BaseConnection("one", name="x", connection_spec_id="some", auth=Auth("Basic", {"a": "secret-1"}))
    unjudged = BaseConnection("two", name="y", source="mixpanel", auth={"new": "secret-1"}, validate=False)
    for each in (unlisted, unjudged):
        value_of(each.id)

    assert params_of(engine, "one") == {"a": "secret-1"}
    assert params_of(engine, "two") == {"new": "secret-1"}


def test_a_typed_auth_prints_without_its_secrets() -> None:
    assert "key-1" not in repr(SnowflakeKeyPair(**KEY_PAIR))
    assert "pw-1" not in repr(
        SnowflakePassword(host="h", port=443, username="u", password="pw-1", database="d", warehouse="w", schema="s")
    )
    assert "pw-1" not in repr(Auth("Basic", {"password": "pw-1"}))
