"""A resource schema converts between the properties of the state and the body of Flow Service."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.naming import snake_case
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.values import UNKNOWN

SCHEMA = ResourceSchema(
    "Thing",
    "things",
    (
        Field("name", ("name",), "name"),
        Field("host", ("auth", "params", "host"), "host"),
        Field("token", ("auth", "params", "token"), "token", secret=True),
        Field("spec", ("spec",), "spec", replace_on_changes=True),
        Field("start", ("schedule", "start"), "start", computed=True, encode=int, decode=str),
        Field("expiry", argument="expiry"),
        Field("adoptId", argument="adopt_id", ignore_changes=True),
    ),
)
PROPERTIES = {"name": "n", "host": "h", "token": "t", "spec": "s", "start": "7", "expiry": "2126-12-01"}


def test_body_has_each_sent_property_at_its_path() -> None:
    assert SCHEMA.to_body(PROPERTIES) == {
        "name": "n",
        "auth": {"params": {"host": "h", "token": "t"}},
        "spec": "s",
        "schedule": {"start": 7},
    }


def test_absent_property_is_absent_in_the_body() -> None:
    assert SCHEMA.to_body({"name": "n"}) == {"name": "n"}


def test_unknown_value_is_not_encoded() -> None:
    assert SCHEMA.to_body({"start": UNKNOWN}) == {"schedule": {"start": UNKNOWN}}


def test_mutable_body_lacks_what_a_change_would_replace() -> None:
    assert "spec" not in SCHEMA.to_mutable_body(PROPERTIES)


def test_properties_of_an_entity_lack_secrets_and_empty_values() -> None:
    entity = {"name": "", "auth": {"params": {"host": "h", "token": "****"}}, "spec": None, "schedule": {"start": 7}}

    assert SCHEMA.from_entity(entity) == {"host": "h", "start": "7"}


@pytest.mark.parametrize("masked_value", [None, "", "****", "{SECRET_KEY}", "xxxx"])
def test_undeclared_members_are_neither_declared_nor_masked(masked_value: Any) -> None:
    entity = {"auth": {"params": {"host": "h", "token": "t", "port": 443, "key": masked_value}}}

    assert SCHEMA.undeclared_members(entity, ("auth", "params")) == {"port": 443}


def test_undeclared_members_of_another_value_are_none() -> None:
    assert SCHEMA.undeclared_members({"auth": "text"}, ("auth", "params")) == {}


def test_fields_are_grouped_by_what_the_service_and_the_state_know() -> None:
    assert list(SCHEMA.secret_values(PROPERTIES)) == [("token", "t")]
    assert SCHEMA.select_computed_values(PROPERTIES) == {"start": "7"}
    assert [field.name for field in SCHEMA.sent_fields] == ["name", "host", "token", "spec", "start"]
    assert set(SCHEMA.unreadable_inputs) == {"owner", "token", "expiry", "adoptId"}
    assert [field.name for field in SCHEMA.fields if field.state_only] == ["expiry"]


def test_schema_without_variants_is_that_of_every_resource() -> None:
    assert SCHEMA.for_properties(PROPERTIES) is SCHEMA
    assert SCHEMA.flatten(PROPERTIES) == SCHEMA.unflatten(PROPERTIES) == PROPERTIES


@pytest.mark.parametrize(
    ("camel_case", "expected"), [("clusterId", "cluster_id"), ("s3SecretKey", "s3_secret_key"), ("name", "name")]
)
def test_programs_write_names_in_snake_case(camel_case: str, expected: str) -> None:
    assert snake_case(camel_case) == expected


def test_members_of_a_create_are_neither_in_an_update_nor_read() -> None:
    schema = replace(SCHEMA, create_members={"provider": "p", "name": "default"})

    assert schema.to_create_body({"name": "n"}) == {"provider": "p", "name": "n"}
    assert schema.to_create_body({}) == {"provider": "p", "name": "default"}
    assert schema.to_mutable_body({"name": "n"}) == {"name": "n"}
    assert "provider" not in schema.from_entity({"name": "n", "provider": "q"})
