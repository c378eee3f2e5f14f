"""The settings of explicit `FlowService` providers."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.explicit import resolve_explicit_settings
from pulumi_adobe.config.resolve import Settings
from pulumi_adobe.config.settings import SettingsError

INPUTS = {
    "flowService": "eu",
    "orgId": "0123456789ABCDEF01234567@AdobeOrg",
    "sandbox": "prod",
    "clientId": "c",
    "clientSecret": "program's",
}


def resolve_explicit(environment: dict[str, str], **changed: Any) -> Settings:
    return resolve_explicit_settings({key: value for key, value in {**INPUTS, **changed}.items() if value}, environment)


def test_explicit_provider_reads_only_plain_variables_of_the_run() -> None:
    environment = {"ADOBE_CLIENT_SECRET": "stack's", "ADOBE_SANDBOX": "dev", "ADOBE_TEST": "off", "ADOBE_ADOPT": "a"}

    settings = resolve_explicit({**environment, "ADOBE_SEND_SECRETS": "b", "ADOBE_DISOWN": "project/old"})

    assert settings.credentials.client_secret == "program's"
    assert settings.credentials.sandbox == "prod"
    assert settings.options.test == "auto"
    assert settings.options.adopt == ("a",)
    assert settings.options.send_secrets == ("b",)
    assert settings.options.disown == ("project/old",)


def test_explicit_provider_reads_variables_with_its_prefix() -> None:
    environment = {"ADOBE_EU_CLIENT_SECRET": "eu's", "ADOBE_EU_SANDBOX": "nowhere"}

    settings = resolve_explicit(environment, credentialsFrom="EU")

    assert settings.credentials.client_secret == "eu's"
    assert settings.credentials.sandbox == "prod"


def test_missing_setting_of_an_explicit_provider_names_the_provider() -> None:
    with pytest.raises(SettingsError) as error:
        resolve_explicit({"ADOBE_CLIENT_SECRET": "stack's"}, credentialsFrom="EU", clientSecret="")

    assert 'FlowService "eu"' in str(error.value)
    assert "ADOBE_EU_CLIENT_SECRET" in str(error.value)


def test_debug_log_of_an_explicit_provider_is_an_input_or_the_plain_variable() -> None:
    assert resolve_explicit({}).credentials.log == "off"
    assert resolve_explicit({}, log="debug").credentials.log == "debug"
    assert resolve_explicit({"ADOBE_LOG": "debug"}).credentials.log == "debug"


def test_host_of_an_explicit_provider_is_allowed_by_its_argument_or_the_plain_variable() -> None:
    endpoints = {"endpoint": "https://gateway.acme.com", "imsEndpoint": "https://ims.acme.com"}
    both = "gateway.acme.com,ims.acme.com"

    with pytest.raises(SettingsError, match=r"ADOBE_ALLOW_ENDPOINT=gateway\.acme\.com,ims\.acme\.com"):
        resolve_explicit({}, **endpoints)
    for environment, argument in (({"ADOBE_ALLOW_ENDPOINT": both}, ""), ({}, both)):
        resolve_explicit(environment, **endpoints, allowEndpoint=argument)
    resolve_explicit({"ADOBE_ALLOW_ENDPOINT": "ims.acme.com"}, **endpoints, allowEndpoint="gateway.acme.com")


def test_preview_checks_of_the_environment_hold_for_an_explicit_provider_too() -> None:
    assert resolve_explicit({}).options.preview_checks == ""
    assert resolve_explicit({}, previewChecks="warn").options.preview_checks == "warn"
    assert resolve_explicit({"ADOBE_PREVIEW_CHECKS": "off"}, previewChecks="warn").options.preview_checks == "off"
    with pytest.raises(SettingsError, match="ADOBE_PREVIEW_CHECKS"):
        resolve_explicit({"ADOBE_PREVIEW_CHECKS": "on"})
