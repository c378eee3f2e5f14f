"""What Flow Service shows and what a stack declares become the same facts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adobe_flow.compare.base_connections import read_connection, read_declared_connection
from adobe_flow.compare.comparison import ComparedSide, build_comparison_result, compare
from adobe_flow.compare.facts import EntityFacts
from adobe_flow.compare.markdown import build_markdown
from adobe_flow.compare.page import build_comparison_page
from pulumi_adobe.sources import connection_specs
from tests.cli.filled import HERE, MARKER, bodies

TYPED: dict[str, Any] = {
    "urn": "urn:pulumi:dev::p::pulumi-python:dynamic/adobe:DatabricksSourceConnection::lake",
    "type": "pulumi-python:dynamic/adobe:DatabricksSourceConnection",
    "id": "1",
    "inputs": {
        "name": "lake",
        "description": "the lake",
        "domain": "https://acme.example",
        "clusterId": "c-1",
        "accessToken": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"},
        "database": "acme-db",
        "authSpec": "Access Token Authentication",
        "connectionSpec": {"id": connection_specs()["databricks"].id, "version": "1.0"},
        "owner": "p/dev/lake",
    },
    "outputs": {"sandboxName": "dev"},
}

SECRET = st.sampled_from([body for body in bodies(HERE) if MARKER in str(body)])


def entity(**changed: Any) -> dict[str, Any]:
    return {
        "id": "1",
        "name": "lake",
        "description": "the lake\nManaged by Pulumi: p/dev/lake",
        "auth": {
            "specName": "Access Token Authentication",
            "params": {
                "domain": "https://acme.example",
                "clusterId": "c-1",
                "accessToken": "********",
                "database": "acme-db",
                "catalog": "",
                "region": "added by the service",
            },
        },
        "connectionSpec": {"id": connection_specs()["databricks"].id, "version": "1.0"},
        "state": "enabled",
        **changed,
    }


def differences(a: EntityFacts, b: EntityFacts) -> list[str]:
    found = compare(ComparedSide("a", [a]), ComparedSide("b", [b])).differences
    return [field.field for each in found for field in each.fields]


def declared(**inputs: Any) -> EntityFacts:
    facts = read_declared_connection({**TYPED, "inputs": {**TYPED["inputs"], **inputs}})
    assert facts is not None
    return facts


def test_declared_connection_equals_the_connection_created_from_it() -> None:
    assert differences(declared(), read_connection(entity(), "dev", ())) == []
    assert declared().resource == "lake"


def test_parameters_of_any_source_are_compared_as_one_input() -> None:
    body = next(each for each in bodies(HERE) if each["auth"]["specName"] == "Basic Authentication")
    auth = body["auth"]
    inputs = {**body, "authSpec": auth["specName"], "params": auth["params"]}
    resource = {**TYPED, "type": "pulumi-python:dynamic/adobe:BaseConnection", "inputs": inputs}

    facts = read_declared_connection(resource)

    assert facts is not None
    assert differences(facts, read_connection(body, "dev")) == []
    assert "password" in facts.secrets


def test_value_encrypted_in_the_state_is_not_compared_whatever_the_catalogue_states() -> None:
    facts = declared(clusterId=TYPED["inputs"]["accessToken"])

    assert facts.secrets == {"accessToken", "clusterId"}
    assert "ciphertext" not in repr(facts)


def test_value_that_the_service_masks_is_not_compared() -> None:
    shown = entity()
    shown["auth"]["params"]["clusterId"] = "********"

    assert differences(declared(), read_connection(shown, "dev")) == []


def test_resource_of_another_type_is_no_base_connection() -> None:
    assert read_declared_connection({**TYPED, "type": "pulumi:pulumi:Stack"}) is None
    assert read_declared_connection({**TYPED, "external": True}) is None
    assert read_declared_connection({**TYPED, "delete": True}) is None
    assert read_declared_connection({**TYPED, "inputs": {"name": "orders", "connectionSpec": {"id": "x"}}}) is None


@given(SECRET, SECRET, st.booleans())
def test_secret_that_the_service_returns_in_clear_is_not_shown(a: Any, b: Any, known: bool) -> None:  # noqa: FBT001 - drawn
    if not known:
        a = {**a, "connectionSpec": {"id": "of no catalogue"}}
    one, other = (ComparedSide("x", [read_connection({**body, "name": "one"}, "x")]) for body in (a, b))

    result = build_comparison_result(compare(one, other), "now")

    assert MARKER not in str(result) + build_markdown(result) + build_comparison_page(result)


@pytest.mark.parametrize("description", [None, "", "  ", "\n\t", " \nManaged by Pulumi: p/dev/lake", 7])
def test_blank_description_equals_a_missing_one(description: Any) -> None:
    without = read_connection({name: value for name, value in entity().items() if name != "description"}, "dev", ())

    assert differences(read_connection(entity(description=description), "dev", ()), without) == []
