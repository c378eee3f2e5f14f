"""Each provider of a program works in a sandbox of its own, whose entities are listed once."""

from __future__ import annotations

import pytest

from adobe_flow.adopt.places import ProviderContexts
from pulumi_adobe.config.settings import SettingsError
from pulumi_adobe.lifecycle.cache.existing_entities import Scope
from pulumi_adobe.plugin.state_format import DYNAMIC, NATIVE
from pulumi_adobe.resource_types import dataflow
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
        "adobe:clientSecret": "emulator-client-secret",
        "project:other": "of somebody else",
    }


def explicit(emulator: EmulatorProcess, sandbox: str) -> dict[str, object]:
    """The inputs of a `FlowService`, which names its credentials by variables of its own."""
    about = {"flowService": "eu", "orgId": ORG, "sandbox": sandbox, "credentialsFrom": "EU"}
    return {**about, "endpoint": emulator.url, "imsEndpoint": emulator.url}


def test_each_resource_is_searched_in_the_sandbox_of_its_provider_with_one_list_request(
    emulator: EmulatorProcess,
) -> None:
    emulator.foreign_create(**build_foreign_connection(name="lake"))
    stage = emulator.foreign_create(**build_foreign_connection(name="lake", sandbox="stage"))
    environment = {"ADOBE_EU_CLIENT_ID": "emulator-client-id", "ADOBE_EU_CLIENT_SECRET": "emulator-client-secret"}
    places, scope = ProviderContexts(environment), Scope("connections", "", "")
    providers = [default(emulator), explicit(emulator, "stage"), explicit(emulator, "stage")]

    found = [places.open(each, DYNAMIC).existing_entities.find_by_name(scope, "lake") for each in providers]

    assert [len(each) for each in found] == [1, 1, 1]
    assert found[1][0]["id"] == found[2][0]["id"] == stage["id"] != found[0][0]["id"]
    assert sum(each["path"].endswith("/connections") for each in emulator.journal()) == 2


def test_messages_name_fields_as_the_programs_of_the_adapter_do(emulator: EmulatorProcess) -> None:
    places = ProviderContexts({})

    labels = [
        places.open(default(emulator), state_format).get_labels(dataflow.SCHEMA)["backfill"]
        for state_format in (DYNAMIC, NATIVE)
    ]

    assert labels == ["schedule.backfill", "backfill"]


def test_missing_settings_are_named_with_their_provider(emulator: EmulatorProcess) -> None:
    with pytest.raises(SettingsError, match='FlowService "eu"'):
        ProviderContexts({}).open(explicit(emulator, "stage"), DYNAMIC)
