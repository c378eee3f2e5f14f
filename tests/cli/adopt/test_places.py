"""Each provider of a program works in a sandbox of its own, whose connections are listed once."""

from __future__ import annotations

import pytest

from adobe_flow.adopting.places import Places, undecided
from pulumi_adobe.config.settings import SettingsError
from tests.cli.adopting.test_wrapped import LATER, secret
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG, build_foreign_connection


def default(emulator: EmulatorProcess) -> dict[str, object]:
    """The inputs of the default provider: the stack's config."""
    return {
        "adobe:endpoint": emulator.url,
        "adobe:imsEndpoint": emulator.url,
        "adobe:orgId": ORG,
        "adobe:sandbox": "dev",
        "adobe:clientId": "emulator-client-id",
        "adobe:clientSecret": secret("emulator-client-secret"),
        "project:other": "of somebody else",
    }


def explicit(emulator: EmulatorProcess, sandbox: str) -> dict[str, object]:
    """The inputs of a `FlowService`, which names its credentials by variables of its own."""
    about = {"flowService": "eu", "orgId": ORG, "sandbox": sandbox, "credentialsFrom": "EU"}
    return {**about, "endpoint": emulator.url, "imsEndpoint": emulator.url}


def test_each_looks_where_its_provider_works(emulator: EmulatorProcess) -> None:
    emulator.foreign_create(**build_foreign_connection(name="here"))
    emulator.foreign_create(**build_foreign_connection(name="there", sandbox="prod"))
    environment = {"ADOBE_EU_CLIENT_ID": "emulator-client-id", "ADOBE_EU_CLIENT_SECRET": "emulator-client-secret"}
    places = Places(environment)

    found = [places.there(each) for each in (default(emulator), explicit(emulator, "prod"), explicit(emulator, "prod"))]

    assert [(sandbox, [each["name"] for each in there]) for sandbox, there in found] == [
        ("dev", ["here"]),
        ("prod", ["there"]),
        ("prod", ["there"]),
    ]
    assert sum(each["path"].endswith("/connections") for each in emulator.journal()) == 2


def test_settings_that_lack_are_named_with_the_provider(emulator: EmulatorProcess) -> None:
    with pytest.raises(SettingsError, match='FlowService "eu"'):
        Places({}).there(explicit(emulator, "prod"))


def test_a_provider_that_needs_what_is_not_made_yet_is_undecided(emulator: EmulatorProcess) -> None:
    assert undecided(default(emulator)) is None
    assert "clientSecret" in str(undecided({**explicit(emulator, "prod"), "clientSecret": LATER}))
