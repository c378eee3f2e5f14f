"""How a connection authenticates: typed auth classes, `Auth`, or the parameters alone."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe import Auth, SnowflakeKeyPair, SnowflakePassword
from pulumi_adobe.resources.auth import resolve_auth, validate_auth
from pulumi_adobe.sources import connection_specs

KEY_PAIR = {"account": "a", "username": "u", "database": "d", "private_key": "key-1", "warehouse": "w"}
COUCHBASE_AUTH_SPEC = "Connection String Based Authentication"


def test_typed_auth_has_the_parameters_under_the_names_of_adobe() -> None:
    auth, problems = resolve_auth("snowflake", None, SnowflakeKeyPair(**KEY_PAIR))

    assert problems == []
    assert auth is not None
    assert auth.spec == "KeyPair Authentication"
    assert auth.params["privateKey"] == "key-1"
    assert "privateKeyPassphrase" not in auth.params


def test_source_with_one_auth_spec_needs_only_the_parameters() -> None:
    assert resolve_auth("couchbase", None, {"connectionString": "c"}) == (
        Auth(COUCHBASE_AUTH_SPEC, {"connectionString": "c"}),
        [],
    )


def test_source_with_several_auth_specs_needs_the_name_of_one() -> None:
    auth, (problem,) = resolve_auth("snowflake", None, {})

    assert auth is None
    assert all(fact in problem for fact in ("Auth(", "KeyPair Authentication", "Basic Authentication"))


@pytest.mark.parametrize(("source", "spec_id"), [(None, None), ("snowflake", "x")], ids=["none", "both"])
def test_either_source_or_connection_spec_is_required(source: str | None, spec_id: str | None) -> None:
    auth, (problem,) = resolve_auth(source, spec_id, {})

    assert auth is None
    assert "source" in problem
    assert "connection_spec_id" in problem


def test_unknown_source_is_named_with_the_nearest_one() -> None:
    _, (problem,) = resolve_auth("snowflak", None, {})

    assert "snowflak " in problem
    assert "did you mean snowflake?" in problem


@pytest.mark.parametrize(
    ("source", "auth", "facts"),
    [
        ("snowflake", Auth("KeyPair", {}), ("snowflake", "KeyPair Authentication")),
        ("mixpanel", Auth("Basic Authentication", {"hots": "x"}), ("auth.hots", "did you mean host?")),
        ("amazon-s3", Auth("KeyPair Authentication", {}), ("amazon-s3", "KeyPair Authentication")),
    ],
    ids=str,
)
def test_unknown_auth_spec_or_parameter_is_named(source: str, auth: Auth, facts: tuple[str, ...]) -> None:
    (problem,) = validate_auth(connection_specs()[source].id, auth)

    assert all(fact in problem for fact in facts)


def test_connection_spec_outside_of_the_catalogue_has_no_problem() -> None:
    assert list(validate_auth("some", Auth("Basic", {"any": "x"}))) == []


@pytest.mark.parametrize(
    "auth",
    [
        SnowflakeKeyPair(**KEY_PAIR),
        SnowflakePassword(host="h", port=443, username="u", password="key-1", database="d", warehouse="w", schema="s"),
        Auth("Basic", {"password": "key-1"}),
    ],
    ids=lambda auth: type(auth).__name__,
)
def test_repr_has_no_secret(auth: Any) -> None:
    assert "key-1" not in repr(auth)
