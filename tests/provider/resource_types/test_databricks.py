"""The resource schema of a base connection to Databricks."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.resource_types.databricks import SCHEMA
from pulumi_adobe.schema.validation import normalize, validate
from tests.provider.lifecycle.world import build_inputs


def names_of_invalid_fields(**changed_inputs: Any) -> list[str]:
    normalized = normalize(SCHEMA, build_inputs(**changed_inputs))
    return [field.name for field, _ in validate(SCHEMA, normalized)]


@pytest.mark.parametrize(
    "domain",
    [
        "http://adb-1.7.azuredatabricks.net",
        "adb-1.7.azuredatabricks.net",
        "ftp://adb-1.7.azuredatabricks.net",
        "https://",
        "https://adb",
        "https://adb-1..net",
        "https://adb 1.net",
        "https://user@adb-1.7.azuredatabricks.net",
        "https://adb-1.7.azuredatabricks.net/sql",
        "https://adb-1.7.azuredatabricks.net//",
        "https://adb-1.7.azuredatabricks.net?o=1",
        "https://adb-1.7.azuredatabricks.net#x",
        "https://adb-1.7.azuredatabricks.net?",
        "https://[::1",
        "https://adb-1.7.azuredatabricks.net:port",
        " https://adb-1.7.azuredatabricks.net",
        "https://adb-1.7.azuredatabricks.net ",
    ],
)
def test_domain_must_be_only_the_address_of_a_workspace(domain: str) -> None:
    assert names_of_invalid_fields(domain=domain) == ["domain"]


@pytest.mark.parametrize("domain", ["https://adb-1.7.azuredatabricks.net", "https://dbc-a1b2.cloud.databricks.com:443"])
def test_one_trailing_slash_of_a_domain_is_removed(domain: str) -> None:
    assert names_of_invalid_fields(domain=domain) == []
    assert normalize(SCHEMA, {"domain": f"{domain}/"}) == {"domain": domain}


@pytest.mark.parametrize("expiry", ["next year", 20261201], ids=str)
def test_expiry_must_be_a_date_or_a_time(expiry: Any) -> None:
    assert names_of_invalid_fields(accessTokenExpiresAt=expiry) == ["accessTokenExpiresAt"]
