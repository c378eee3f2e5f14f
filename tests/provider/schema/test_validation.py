"""Every problem of a declaration is named with its field, unknown values have none, and no value is quoted."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.schema.validation import normalize, validate
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.lifecycle.world import build_inputs

DECLARATION = DATABRICKS


def found(**changed: Any) -> dict[str, str]:
    return {
        field.name: problem for field, problem in validate(DECLARATION, normalize(DECLARATION, build_inputs(**changed)))
    }


def test_what_is_in_order_has_no_problem() -> None:
    assert found() == {}
    assert found(catalog="main", description=None, test="off", forceDestroy=True, adoptId="f847950c-1c12") == {}


@pytest.mark.parametrize("name", ["name", "domain", "clusterId", "accessToken", "database"])
def test_what_is_required_and_blank_or_missing_is_named(name: str) -> None:
    assert found(**{name: None}) == {name: "is missing"}
    assert found(**{name: " \t"}) == {name: "must not be empty or blank"}
    assert found(**{name: ""}) == {name: "must not be empty or blank"}
    assert found(**{name: UNKNOWN}) == {}


def test_all_problems_come_at_once_in_the_order_of_the_fields() -> None:
    assert list(found(name="", domain="x", clusterId=7, accessToken=None)) == [
        "name",
        "domain",
        "clusterId",
        "accessToken",
    ]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("clusterId", 7, "must be a string, not a whole number"),
        ("clusterId", 7.5, "must be a string, not a float"),
        ("database", {"a": 1}, "must be a string, not an object"),
        ("database", ["a"], "must be a string, not a list"),
        ("forceDestroy", "yes", "must be true or false, not a string"),
        ("accessToken", "token\n", "begins or ends with a blank"),
        ("test", "sometimes", "must be one of auto, fail, warn, off"),
        ("adoptId", "../x", "must be the id"),
    ],
)
def test_a_wrong_type_or_form_is_named(name: str, value: Any, words: str) -> None:
    assert words in found(**{name: value})[name]


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
def test_a_domain_is_a_workspaces_address_alone(domain: str) -> None:
    assert "domain" in found(domain=domain)


@pytest.mark.parametrize("domain", ["https://adb-1.7.azuredatabricks.net", "https://dbc-a1b2.cloud.databricks.com:443"])
def test_one_slash_at_the_end_of_a_domain_is_no_difference(domain: str) -> None:
    assert found(domain=domain) == {}
    assert normalize(DECLARATION, {"domain": f"{domain}/"}) == {"domain": domain}


def test_absent_values_are_left_out_and_required_empty_ones_are_kept_to_be_named() -> None:
    given = {"name": "", "description": "", "catalog": None, "domain": UNKNOWN}

    assert normalize(DECLARATION, given) == {"name": "", "domain": UNKNOWN}
