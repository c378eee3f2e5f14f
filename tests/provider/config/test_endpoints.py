"""Which pairs of addresses may receive the credentials."""

from __future__ import annotations

import pytest

from pulumi_adobe.config.endpoints import find_foreign_hosts
from pulumi_adobe.config.resolve import resolve_settings
from pulumi_adobe.config.settings import SettingsError
from tests.provider.config.test_resolve import CONFIG

ADOBE = "https://platform.adobe.io"
IMS = "https://ims-na1.adobelogin.com"
LOCAL = "http://127.0.0.1:8765"


@pytest.mark.parametrize(
    ("endpoint", "ims_endpoint"),
    [
        (ADOBE, IMS),
        ("https://platform-stage.adobe.io", "https://ims-na1-stg1.adobelogin.com"),
        ("https://PLATFORM-va7.adobe.io:443", IMS),
        (LOCAL, LOCAL),
        ("https://localhost:1", "http://[::1]:2"),
    ],
)
def test_pair_of_adobe_or_of_this_machine_needs_no_permission(endpoint: str, ims_endpoint: str) -> None:
    assert find_foreign_hosts(endpoint, ims_endpoint, ()) == ()


@pytest.mark.parametrize(
    ("endpoint", "ims_endpoint", "hosts"),
    [
        (LOCAL, IMS, ("127.0.0.1:8765",)),
        (ADOBE, "http://localhost", ("localhost",)),
        ("https://platform.adobe.io.evil.example", IMS, ("platform.adobe.io.evil.example",)),
        ("https://evil-platform.adobe.io", IMS, ("evil-platform.adobe.io",)),
        ("https://platform.adobe.io", "https://adobelogin.com", ("adobelogin.com",)),
        (IMS, ADOBE, ("ims-na1.adobelogin.com", "platform.adobe.io")),
        ("https://a.example", "https://a.example", ("a.example",)),
        (LOCAL, "https://a.example", ("127.0.0.1:8765", "a.example")),
        ("http://[::1]:8", IMS, ("[::1]:8",)),
    ],
)
def test_each_other_host_must_be_allowed_by_name(endpoint: str, ims_endpoint: str, hosts: tuple[str, ...]) -> None:
    assert find_foreign_hosts(endpoint, ims_endpoint, ()) == hosts
    assert find_foreign_hosts(endpoint, ims_endpoint, hosts) == ()
    assert find_foreign_hosts(endpoint, ims_endpoint, hosts[:-1]) == hosts[-1:]


def test_host_is_allowed_with_or_without_its_port() -> None:
    assert find_foreign_hosts(LOCAL, IMS, ("127.0.0.1",)) == ()
    assert find_foreign_hosts(LOCAL, IMS, ("127.0.0.1:9",)) == ("127.0.0.1:8765",)


def test_foreign_host_is_refused_with_the_variable_that_allows_it() -> None:
    config = {**CONFIG, "adobe:endpoint": LOCAL}

    with pytest.raises(SettingsError) as error:
        resolve_settings(config, {})

    assert "ADOBE_ALLOW_ENDPOINT=127.0.0.1:8765" in str(error.value)
    assert "adobe:imsEndpoint" in str(error.value)
    assert resolve_settings(config, {"ADOBE_ALLOW_ENDPOINT": " 127.0.0.1:8765, x"}).credentials.endpoint == LOCAL


def test_stack_file_cannot_allow_a_host() -> None:
    config = {**CONFIG, "adobe:endpoint": "https://a.example", "adobe:allowEndpoint": "a.example"}

    with pytest.raises(SettingsError) as error:
        resolve_settings(config, {})

    assert "set ADOBE_ALLOW_ENDPOINT in the environment" in str(error.value)
    assert "no credentials were sent" in str(error.value)


@pytest.mark.parametrize("text", ["https://a.example", "a b", ",", "a.example/path"])
def test_allowed_hosts_must_be_names_of_hosts(text: str) -> None:
    with pytest.raises(SettingsError, match="ADOBE_ALLOW_ENDPOINT must be the names of hosts"):
        resolve_settings(CONFIG, {"ADOBE_ALLOW_ENDPOINT": text})


def test_port_of_the_emulator_replaces_the_port_of_both_addresses_of_this_machine() -> None:
    config = {**CONFIG, "adobe:endpoint": LOCAL, "adobe:imsEndpoint": "http://[::1]:8765"}

    credentials = resolve_settings(config, {"ADOBE_EMULATOR_PORT": "8790"}).credentials

    assert (credentials.endpoint, credentials.ims_endpoint) == ("http://127.0.0.1:8790", "http://[::1]:8790")


def test_port_of_the_emulator_changes_no_other_address() -> None:
    credentials = resolve_settings(CONFIG, {"ADOBE_EMULATOR_PORT": "8790"}).credentials

    assert (credentials.endpoint, credentials.ims_endpoint) == (ADOBE, IMS)


@pytest.mark.parametrize("text", ["0", "65536", "8790/x", "@evil.example", "-1", "٣"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="ADOBE_EMULATOR_PORT must be a number from 1 to 65535"):
        resolve_settings(CONFIG, {"ADOBE_EMULATOR_PORT": text})


def test_stack_file_cannot_name_the_port_of_the_emulator() -> None:
    with pytest.raises(SettingsError, match="set ADOBE_EMULATOR_PORT in the environment"):
        resolve_settings({**CONFIG, "adobe:emulatorPort": "8790"}, {})
