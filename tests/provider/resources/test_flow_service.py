"""The provider resource of one sandbox."""

from __future__ import annotations

import pulumi
import pytest

from pulumi_adobe import FlowService
from tests.provider.resources.mock_engine import MockEngine, get_value, ignore_warnings_of_sdk, is_secret

pytestmark = ignore_warnings_of_sdk


def test_given_arguments_become_settings_and_numbers_become_text(mock_engine: MockEngine) -> None:
    get_value(FlowService("prod", org_id="ORG", sandbox="prod", timeout=30, client_id="c").urn)

    provider_inputs = mock_engine.get_inputs("prod")
    assert {name: provider_inputs[name] for name in ("flowService", "orgId", "sandbox", "timeout", "clientId")} == {
        "flowService": "prod",
        "orgId": "ORG",
        "sandbox": "prod",
        "timeout": "30",
        "clientId": "c",
    }
    assert "endpoint" not in provider_inputs


@pytest.mark.usefixtures("mock_engine")
def test_secret_settings_are_secret_outputs() -> None:
    provider = FlowService("prod", org_id="ORG", sandbox="prod", client_secret="s", access_token="t")

    assert is_secret(provider.setting_inputs["clientSecret"])
    assert is_secret(provider.setting_inputs["accessToken"])


@pytest.mark.usefixtures("mock_engine")
def test_credentials_from_must_be_upper_case() -> None:
    with pytest.raises(pulumi.RunError, match=r'FlowService "prod": credentials_from.*ADOBE_EU_CLIENT_ID'):
        FlowService("prod", org_id="ORG", sandbox="prod", credentials_from="eu")
