"""Resolution of the settings of a stack: where each comes from, and all problems at once."""

from __future__ import annotations

import pytest

from pulumi_adobe.config.resolve import resolve_settings
from pulumi_adobe.config.settings import SettingsError

CONFIG = {
    "adobe:orgId": "0123456789ABCDEF01234567@AdobeOrg",
    "adobe:sandbox": "dev",
    "adobe:clientId": "client",
    "adobe:clientSecret": "config-secret-1",
    "other:key": "of another project",
}


def resolve_and_fail(config: dict[str, str], environment: dict[str, str] | None = None) -> str:
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
    text = resolve_and_fail({})

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
    ("key", "similar_key"),
    [("adobe:sandboxName", "adobe:sandbox"), ("adobe:organisationId", "adobe:orgId"), ("adobe:zzz", None)],
)
def test_unknown_key_is_named_with_a_similar_one(key: str, similar_key: str | None) -> None:
    text = resolve_and_fail({**CONFIG, key: "x"})

    assert f"{key} is no setting" in text
    assert ("did you mean" in text) is (similar_key is not None)
    assert similar_key is None or f"{key} is no setting (did you mean {similar_key}?)." in text


def test_settings_for_one_run_are_refused_in_the_config() -> None:
    assert "set ADOBE_ADOPT in the environment" in resolve_and_fail({**CONFIG, "adobe:adopt": "a"})
    assert resolve_settings(CONFIG, {"ADOBE_ADOPT": " a, b,a ,"}).options.adopt == ("a", "b")
    assert "ADOBE_ADOPT must be ids" in resolve_and_fail(CONFIG, {"ADOBE_ADOPT": "a b;c"})
    assert "set ADOBE_SEND_SECRETS in the environment" in resolve_and_fail({**CONFIG, "adobe:sendSecrets": "a"})
    assert resolve_settings(CONFIG, {"ADOBE_SEND_SECRETS": "a,b"}).options.send_secrets == ("a", "b")


def test_landing_zones_to_renew_are_named_by_ids_with_their_sandbox() -> None:
    environment = {"ADOBE_RENEW_LANDING_ZONE": "dev/dlz_databricks_source, prod/user_drop_zone"}

    options = resolve_settings(CONFIG, environment).options

    assert options.renew_landing_zone == ("dev/dlz_databricks_source", "prod/user_drop_zone")


@pytest.mark.parametrize("text", ["dlz_databricks_source", "dev/", "dev/x/y", ",", "urn:pulumi:dev::a::b::c"])
def test_what_names_no_landing_zone_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"ADOBE_RENEW_LANDING_ZONE.*prod/dlz_databricks_source"):
        resolve_settings(CONFIG, {"ADOBE_RENEW_LANDING_ZONE": text})


@pytest.mark.parametrize(("key", "another"), [("orgId", "89ABCDEF0123456789ABCDEF@AdobeOrg"), ("sandbox", "another")])
def test_place_that_differs_between_config_and_environment_is_an_error(key: str, another: str) -> None:
    variable = {"orgId": "ADOBE_ORG_ID", "sandbox": "ADOBE_SANDBOX"}[key]

    assert f"unset {variable}" in resolve_and_fail(CONFIG, {variable: another})
    resolve_settings(CONFIG, {variable: CONFIG[f"adobe:{key}"]})
    without = {name: value for name, value in CONFIG.items() if name != f"adobe:{key}"}
    assert another in repr(resolve_settings(without, {variable: another}).credentials)


def test_equivalent_addresses_do_not_differ() -> None:
    config = {**CONFIG, "adobe:endpoint": "http://127.0.0.1:8765/", "adobe:imsEndpoint": "http://127.0.0.1:8765"}

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
        ("endpoint", "https://[::1", "is no valid address"),
        ("imsEndpoint", "http://192.168.1.1", "must be an https:// address"),
        ("sandbox", "two words", "lower-case"),
        ("clientSecret", "with\nbreak", "has a space"),
        ("clientSecret", "abc", "must have at least 4 characters"),
        ("accessToken", "abc", "must have at least 4 characters"),
        ("orgId", "0123456789ABCDEF", "24 hexadecimal digits"),
        ("orgId", "0123456789ABCDEF0123456G@AdobeOrg", "24 hexadecimal digits"),
        ("orgId", "0123456789ABCDEF01234567@techacct.adobe.com", "24 hexadecimal digits"),
        ("sandbox", "DEV", "lower-case"),
        ("sandbox", "prod/eu", "lower-case"),
        ("clientId", "abc@techacct.adobe.com", "must be a client id"),
        ("scopes", "openid,,session", "must be scopes"),
        ("timeout", "1_000", "must be a number"),
        ("timeout", "100000", "must be 86400 or less"),
        ("requestsPerSecond", "1e300", "must be 10000 or less"),
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
    text = resolve_and_fail({**CONFIG, f"adobe:{key}": value})

    assert f"adobe:{key} " in text
    assert words in text
    assert "pw" not in text
    assert "with\nbreak" not in text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]"])
def test_plain_http_is_allowed_for_this_machine(host: str) -> None:
    assert (
        resolve_settings(
            {**CONFIG, "adobe:endpoint": f"http://{host}:1", "adobe:imsEndpoint": "http://[::1]:2"}, {}
        ).credentials.endpoint
        == f"http://{host}:1"
    )


def test_repr_of_settings_has_no_secret() -> None:
    assert "config-secret-1" not in repr(resolve_settings(CONFIG, {}))


def test_debug_log_is_off_unless_config_or_environment_turn_it_on() -> None:
    assert resolve_settings(CONFIG, {}).credentials.log == "off"
    assert resolve_settings({**CONFIG, "adobe:log": "debug"}, {}).credentials.log == "debug"
    assert resolve_settings({**CONFIG, "adobe:log": "debug"}, {"ADOBE_LOG": "off"}).credentials.log == "off"
    assert "adobe:log (ADOBE_LOG) must be one of off, debug" in resolve_and_fail({**CONFIG, "adobe:log": "all"})
