"""A secret setting that stands in clear in the stack's configuration is a warning of every preview and every update."""

from __future__ import annotations

from collections.abc import Iterator

import pulumi
import pytest
from pulumi.runtime import settings
from pulumi.runtime.config import set_all_config

from pulumi_adobe import DatabricksSourceConnection
from pulumi_adobe.config.settings import SETTINGS_TABLE
from pulumi_adobe.resources.clear_secrets import find_clear_secrets
from tests.provider.resources.mock_engine import DATABRICKS_ARGUMENTS, MockEngine, get_value, ignore_warnings_of_sdk

pytestmark = ignore_warnings_of_sdk

SECRETS = ["adobe:clientSecret", "adobe:accessToken"]


@pytest.fixture(autouse=True)
def _config_of_its_own() -> Iterator[None]:
    yield
    set_all_config({}, [])


def test_every_secret_setting_is_checked_for_plain_text() -> None:
    set_all_config({setting.config_key: "planted" for setting in SETTINGS_TABLE}, [])

    assert find_clear_secrets() == SECRETS


def test_encrypted_and_absent_secrets_and_other_settings_cause_no_warning() -> None:
    set_all_config({"adobe:clientSecret": "planted", "adobe:accessToken": "", "adobe:sandbox": "dev"}, SECRETS[:1])

    assert find_clear_secrets() == []


def test_plain_secret_causes_one_warning_with_the_command_and_without_the_value(
    mock_engine: MockEngine, caplog: pytest.LogCaptureFixture
) -> None:
    set_all_config({"adobe:clientSecret": "planted"}, [])
    settings.set_root_resource(pulumi.ComponentResource("tests:Component", "stack"))
    for name in ("one", "two"):
        get_value(DatabricksSourceConnection(name, **{**DATABRICKS_ARGUMENTS, "name": name}).id)

    shown = caplog.text  # where the mocks show it
    assert len(mock_engine.registered_resources) == 3
    assert shown.count("pulumi config set --secret adobe:clientSecret") == 1
    assert "planted" not in shown
