"""The connection specs."""

from __future__ import annotations

import pytest
from jsonschema import Draft7Validator

from flow_service_emulator import catalogue
from tests.emulator.adobe_client import DATABRICKS


def test_all_58_sources_of_the_documentation_are_there() -> None:
    assert len(catalogue.specs()) == 58


def test_every_auth_spec_is_a_valid_json_schema() -> None:
    for spec in catalogue.specs().values():
        for schema in catalogue.auth_specs(spec["id"]).values():
            Draft7Validator.check_schema(schema)


def test_secrets_are_marked_as_adobe_marks_them() -> None:
    properties = catalogue.auth_specs(DATABRICKS)["Access Token Authentication"]["properties"]
    assert [name for name, kind in properties.items() if kind.get("format") == "password"] == ["accessToken"]


@pytest.mark.parametrize("name", ["accessToken", "connectionString", "sasUri", "credentials", "myPassword", "apiKey"])
def test_a_secret_is_known_by_its_name(name: str) -> None:
    assert catalogue.is_secret(name)


@pytest.mark.parametrize("name", ["clusterId", "accessKeyId", "sasKeyName", "tokenEndpoint", "region", "name"])
def test_a_plain_parameter_is_no_secret_even_if_it_sounds_like_one(name: str) -> None:
    assert not catalogue.is_secret(name)
