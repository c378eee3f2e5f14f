"""The connection specs."""

from __future__ import annotations

import pytest
from jsonschema import Draft7Validator

from flow_service_emulator import catalogue
from flow_service_emulator.dataflows.flow_specs import get_flow_specs
from tests.emulator.adobe_client import DATABRICKS


def test_all_70_documented_sources_are_in_the_catalogue() -> None:
    assert len(catalogue.get_source_specs()) == 70


def test_six_sources_have_no_base_connection() -> None:
    """The Data Landing Zone, and five webhooks."""
    without = set(catalogue.get_source_specs()) - set(catalogue.get_base_specs())

    assert len(without) == 6
    assert catalogue.LANDING_ZONE in without


def test_flow_spec_of_every_source_exists() -> None:
    listed = {id_ for spec in get_flow_specs().values() for id_ in spec["sourceConnectionSpecIds"]}

    assert listed == set(catalogue.get_source_specs())


def test_every_auth_spec_is_a_valid_json_schema() -> None:
    for spec in catalogue.get_base_specs().values():
        for schema in catalogue.get_auth_specs(spec["id"]).values():
            Draft7Validator.check_schema(schema)


def test_secret_parameters_have_adobes_format_mark() -> None:
    properties = catalogue.get_auth_specs(DATABRICKS)["Access Token Authentication"]["properties"]
    assert [name for name, kind in properties.items() if kind.get("format") == "password"] == ["accessToken"]


@pytest.mark.parametrize("name", ["accessToken", "connectionString", "sasUri", "credentials", "myPassword", "apiKey"])
def test_secret_parameter_is_recognized_by_its_name(name: str) -> None:
    assert catalogue.is_secret(name)


@pytest.mark.parametrize("name", ["clusterId", "accessKeyId", "sasKeyName", "tokenEndpoint", "region", "name"])
def test_catalogued_plain_parameter_is_no_secret_whatever_its_name(name: str) -> None:
    assert not catalogue.is_secret(name)
