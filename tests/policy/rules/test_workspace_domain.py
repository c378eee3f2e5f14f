"""workspace-domain."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rules.workspace_domain import RULE
from tests.policy.resources import connection, validate


@pytest.mark.parametrize(
    "domain",
    [
        "https://adb-1234567890123456.7.azuredatabricks.net",
        "https://ADB-1234567890123456.7.AzureDatabricks.net/",
        "https://acme.cloud.databricks.com",
        "https://adb-1234567890123456.7.databricks.azure.us",
        "https://adb-1234567890123456.7.databricks.azure.cn",
        "https://acme.cloud.databricks.us",
        "https://acme.cloud.databricks.mil",
        "https://1234567890123456.7.gcp.databricks.com",
    ],
)
def test_allowed_host_passes_in_any_case(domain: str) -> None:
    assert validate(RULE, connection(domain=domain)) == []


@pytest.mark.parametrize(
    "domain",
    [
        "https://adb.example.com",
        "https://example.com/x.azuredatabricks.net",
        "https://example.com?.azuredatabricks.net",
        "https://x.azuredatabricks.net@example.com",
        "https://x.azuredatabricks.net.example.com",
        "https://azuredatabricks.net",
        "https://databricks.azure.us",
        "https://x.azure.cn",
        "https://[",
        "https://",
        "",
    ],
)
def test_host_that_only_contains_an_allowed_host_is_a_violation(domain: str) -> None:
    assert "not one of the allowed ones" in validate(RULE, connection(domain=domain))[-1]


@pytest.mark.parametrize("scheme", ["http://", "ftp://", "//"])
def test_scheme_other_than_https_is_a_violation(scheme: str) -> None:
    (message,) = validate(RULE, connection(domain=f"{scheme}adb-1.7.azuredatabricks.net"))

    assert message.startswith("domain: the URL does not begin with https://")


def test_configuration_names_the_allowed_workspaces() -> None:
    (message,) = validate(RULE, connection(), allowed=["adb-1.7.azuredatabricks.net"])

    assert "adb-1.7.azuredatabricks.net" in message
    assert "`allowed`" in message


def test_source_without_a_domain_passes() -> None:
    assert validate(RULE, connection(without=("domain",))) == []
