"""The table of settings."""

from __future__ import annotations

from pulumi_adobe.config.settings import SETTINGS_TABLE


def test_variable_is_the_key_in_upper_case() -> None:
    variables = {setting.key: setting.variable for setting in SETTINGS_TABLE}

    assert variables["imsEndpoint"] == "ADOBE_IMS_ENDPOINT"
    assert variables["requestsPerSecond"] == "ADOBE_REQUESTS_PER_SECOND"
