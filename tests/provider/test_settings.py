"""Settings: where each comes from, and every problem of all of them at once."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.explicit import resolve_explicit_settings
from pulumi_adobe.config.settings import SETTINGS_TABLE, Settings, SettingsError, resolve_settings

CONFIG = {
    "adobe:orgId": "ORG@AdobeOrg",
    "adobe:sandbox": "dev",
    "adobe:clientId": "client",
    "adobe:clientSecret": "config-secret-1",
    "other:key": "of somebody else",
}


def refused(config: dict[str, str], environment: dict[str, str] | None = None) -> str:
    with pytest.raises(SettingsError) as error:
        resolve_settings(config, environment or {})
    assert "config-secret-1" not in str(error.value)
    return str(error.value)


def test_defaults_are_adobes() -> None:
    settings = resolve_settings(CONFIG, {})

    assert settings.credentials.endpoint == "https://platform.adobe.io"
    assert settings.credentials.ims_endpoint == "https://ims-na1.adobelogin.com"
    assert settings.credentials.timeout == 120
    assert settings.options.on_existing == "fail"
    assert settings.options.test == "auto"
    assert settings.options.adopt == ()


def test_all_missing_settings_are_named_at_once_with_their_commands() -> None:
    text = refused({})

    for key, variable in (
        ("adobe:orgId", "ADOBE_ORG_ID"),
        ("adobe:sandbox", "ADOBE_SANDBOX"),
        ("adobe:clientId", "ADOBE_CLIENT_ID"),
        ("adobe:clientSecret", "ADOBE_CLIENT_SECRET"),
    ):
        assert f"{key} ({variable}) is missing" in text
        assert f"{key} …" in text
    assert "pulumi config set --secret adobe:clientSecret" in text


def test_ready_token_needs_no_client_secret() -> None:
    config = {key: value for key, value in CONFIG.items() if key != "adobe:clientSecret"}

    assert resolve_settings({**config, "adobe:accessToken": "ready"}, {}).credentials.access_token == "ready"


@pytest.mark.parametrize(
    ("key", "meant"),
    [("adobe:sandboxName", "adobe:sandbox"), ("adobe:organisationId", "adobe:orgId"), ("adobe:zzz", None)],
)
def test_unknown_key_is_named_with_a_similar_one(key: str, meant: str | None) -> None:
    text = refused({**CONFIG, key: "x"})

    assert f"{key} is no setting" in text
    assert ("did you mean" in text) is (meant is not None)
    assert meant is None or f"{key} is no setting (did you mean {meant}?)." in text


def test_settings_for_one_run_are_refused_in_the_config() -> None:
    assert "set ADOBE_ADOPT in the environment" in refused({**CONFIG, "adobe:adopt": "a"})
    assert resolve_settings(CONFIG, {"ADOBE_ADOPT": " a, b,a ,"}).options.adopt == ("a", "b")
    assert "ADOBE_ADOPT must be ids" in refused(CONFIG, {"ADOBE_ADOPT": "a b;c"})
    assert "set ADOBE_SEND_SECRETS in the environment" in refused({**CONFIG, "adobe:sendSecrets": "a"})
    assert resolve_settings(CONFIG, {"ADOBE_SEND_SECRETS": "a,b"}).options.send_secrets == ("a", "b")


@pytest.mark.parametrize("key", ["orgId", "sandbox"])
def test_place_that_differs_between_config_and_environment_is_an_error(key: str) -> None:
    variable = {"orgId": "ADOBE_ORG_ID", "sandbox": "ADOBE_SANDBOX"}[key]

    assert f"unset {variable}" in refused(CONFIG, {variable: "another"})
    resolve_settings(CONFIG, {variable: CONFIG[f"adobe:{key}"]})
    without = {name: value for name, value in CONFIG.items() if name != f"adobe:{key}"}
    assert "another" in repr(resolve_settings(without, {variable: "another"}).credentials)


def test_equivalent_addresses_do_not_differ() -> None:
    config = {**CONFIG, "adobe:endpoint": "http://127.0.0.1:8765/"}

    assert (
        resolve_settings(config, {"ADOBE_ENDPOINT": "http://127.0.0.1:8765"}).credentials.endpoint
        == "http://127.0.0.1:8765"
    )


def test_environment_takes_precedence_for_identity_and_behaviour() -> None:
    environment = {"ADOBE_CLIENT_SECRET": "from-env", "ADOBE_CLIENT_ID": "env-client", "ADOBE_TEST": "off"}

    settings = resolve_settings({**CONFIG, "adobe:test": "fail"}, environment)

    assert (settings.credentials.client_secret, settings.credentials.client_id) == ("from-env", "env-client")
    assert settings.options.test == "off"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("endpoint", "http://platform.adobe.io", "must be an https:// address"),
        ("endpoint", "platform.adobe.io", "must be an https:// address"),
        ("endpoint", "https://platform.adobe.io/data", "must be a host alone"),
        ("endpoint", "https://user:pw@platform.adobe.io", "must be a host alone"),
        ("endpoint", "https://[::1", "is no address"),
        ("imsEndpoint", "http://192.168.1.1", "must be an https:// address"),
        ("sandbox", "two words", "holds a blank"),
        ("clientSecret", "with\nbreak", "holds a blank"),
        ("timeout", "soon", "must be a number"),
        ("timeout", "0", "must be more than 0"),
        ("timeout", "inf", "must be more than 0"),
        ("requestsPerSecond", "-1", "must be 0 or more"),
        ("onExisting", "adopt", "must be one of fail, duplicate"),
        ("ownership", "tag", "must be one of none, description"),
        ("test", "maybe", "must be one of auto, fail, warn, off"),
    ],
)
def test_malformed_value_is_named_with_what_it_must_be(key: str, value: str, words: str) -> None:
    text = refused({**CONFIG, f"adobe:{key}": value})

    assert f"adobe:{key} " in text
    assert words in text
    assert "pw" not in text
    assert "with\nbreak" not in text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]"])
def test_plain_http_is_allowed_for_this_machine(host: str) -> None:
    assert (
        resolve_settings({**CONFIG, "adobe:endpoint": f"http://{host}:1"}, {}).credentials.endpoint
        == f"http://{host}:1"
    )


def test_repr_of_settings_has_no_secret() -> None:
    assert "config-secret-1" not in repr(resolve_settings(CONFIG, {}))


def test_variable_is_the_key_in_upper_case() -> None:
    variables = {setting.key: setting.variable for setting in SETTINGS_TABLE}

    assert variables["imsEndpoint"] == "ADOBE_IMS_ENDPOINT"
    assert variables["requestsPerSecond"] == "ADOBE_REQUESTS_PER_SECOND"


INPUTS = {"flowService": "eu", "orgId": "ORG@AdobeOrg", "sandbox": "prod", "clientId": "c", "clientSecret": "s"}


def explicit(environment: dict[str, str], **changed: Any) -> Settings:
    return resolve_explicit_settings({key: value for key, value in {**INPUTS, **changed}.items() if value}, environment)


def test_explicit_provider_reads_only_plain_variables_of_the_run() -> None:
    environment = {"ADOBE_CLIENT_SECRET": "stack's", "ADOBE_SANDBOX": "dev", "ADOBE_TEST": "off", "ADOBE_ADOPT": "a"}

    settings = explicit({**environment, "ADOBE_SEND_SECRETS": "b"})

    assert settings.credentials.client_secret == "s"
    assert settings.credentials.sandbox == "prod"
    assert settings.options.test == "auto"
    assert settings.options.adopt == ("a",)
    assert settings.options.send_secrets == ("b",)


def test_explicit_provider_reads_variables_with_its_prefix() -> None:
    environment = {"ADOBE_EU_CLIENT_SECRET": "eu's", "ADOBE_EU_SANDBOX": "nowhere"}

    settings = explicit(environment, credentialsFrom="EU")

    assert settings.credentials.client_secret == "eu's"
    assert settings.credentials.sandbox == "prod"


def test_missing_setting_of_an_explicit_provider_names_the_provider() -> None:
    with pytest.raises(SettingsError) as error:
        explicit({"ADOBE_CLIENT_SECRET": "stack's"}, credentialsFrom="EU", clientSecret="")

    assert 'FlowService "eu"' in str(error.value)
    assert "ADOBE_EU_CLIENT_SECRET" in str(error.value)
