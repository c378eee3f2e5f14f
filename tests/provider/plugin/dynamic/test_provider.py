"""The dynamic provider: from the calls of Pulumi's plugin to the life cycle, and back."""

from __future__ import annotations

import os
from typing import Any, TypeVar

import pulumi
import pytest
from pulumi.dynamic import Config, ConfigureRequest

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import Unavailable
from pulumi_adobe.plugin import process as plugin_process
from pulumi_adobe.plugin.dynamic.call import CallAborted
from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resources.base_connection import BaseConnectionProvider
from pulumi_adobe.resources.databricks import DatabricksSourceConnectionProvider
from pulumi_adobe.resources.dataflow import DataflowProvider
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG, SECRET, build_inputs
from tests.provider.plugin.dynamic.grpc_context import RecordingContext, serve

PICKLED = {"__provider": "gASV"}
Provider = TypeVar("Provider", bound=DynamicProvider)


@pytest.fixture
def config(emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for variable in [name for name in os.environ if name.startswith("ADOBE_")]:
        monkeypatch.delenv(variable)
    # Each test is a plugin process of its own.
    monkeypatch.setattr(plugin_process, "_CONTEXTS", {})
    return {
        "adobe:endpoint": emulator.url,
        "adobe:imsEndpoint": emulator.url,
        "adobe:orgId": ORG,
        "adobe:sandbox": "dev",
        "adobe:clientId": "emulator-client-id",
        "adobe:clientSecret": "emulator-client-secret",
        "adobe:test": "off",
        "adobe:timeout": "1",
    }


@pytest.fixture
def provider(config: dict[str, str]) -> DatabricksSourceConnectionProvider:
    return configure(DatabricksSourceConnectionProvider(), config)


def configure(provider: Provider, config: dict[str, str]) -> Provider:
    provider.configure(ConfigureRequest(config=Config(raw_config=config, project_name="project")))
    return provider


def create(provider: DynamicProvider, properties: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Create a resource, and return its id and outputs."""
    result = provider.create(properties)
    assert result.outs is not None
    return result.id, result.outs


def properties_of(**changed: Any) -> dict[str, Any]:
    """Return the properties of a connection as the plugin passes them."""
    return {**build_inputs(**changed), **PICKLED}


def test_check_returns_normalized_inputs_without_the_pickled_provider(
    provider: DatabricksSourceConnectionProvider,
) -> None:
    result = provider.check({}, properties_of(domain="https://adb-1.7.azuredatabricks.net/", catalog=""))

    assert result.inputs == build_inputs()
    assert result.failures == []


def test_check_names_every_invalid_field_but_passes_no_property_to_the_engine(
    provider: DatabricksSourceConnectionProvider,
) -> None:
    """The engine would print the value of a property that a failure names."""
    failures = provider.check({}, properties_of(name=" ", accessToken=f"{SECRET}\n")).failures

    assert [failure.property for failure in failures] == ["", ""]
    assert [failure.reason.split(":")[0] for failure in failures] == ["name", "access_token"]
    assert SECRET not in str([failure.reason for failure in failures])


def test_check_of_an_import_accepts_missing_secrets_and_check_of_another_declaration_does_not(
    provider: DatabricksSourceConnectionProvider,
) -> None:
    """The engine checks what an import stores against itself."""
    imported = properties_of(accessToken=None)

    assert provider.check(imported, imported).failures == []
    for prior, changed in (({}, imported), (imported, properties_of(accessToken=None, database="new"))):
        assert [each.reason for each in provider.check(prior, changed).failures] == ["access_token: is missing"]
    assert len(provider.check({**imported, "name": ""}, {**imported, "name": ""}).failures) == 1


def test_secret_that_was_never_sent_is_reported_with_the_command_that_sends_it(
    provider: DatabricksSourceConnectionProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    id_, outputs = create(provider, properties_of())
    imported = {**outputs, **PICKLED, "secretConfirmed": False}
    del imported["accessToken"]

    assert not provider.diff(id_, imported, properties_of()).changes

    output = capsys.readouterr().out
    assert output.startswith("warning: lake:")
    assert "accessToken" in output
    assert f"ADOBE_SEND_SECRETS={id_} pulumi up" in output


def test_check_reports_wrong_settings_beside_wrong_inputs(config: dict[str, str]) -> None:
    provider = configure(DatabricksSourceConnectionProvider(), {**config, "adobe:orgId": ""})

    name_failure, settings_failure = provider.check({}, properties_of(name=" ")).failures

    assert name_failure.reason.startswith("name:")
    assert "adobe:orgId" in settings_failure.reason


def test_state_of_the_native_adapter_is_written_anew(provider: DatabricksSourceConnectionProvider) -> None:
    """It lacks the pickled provider, without which the SDK's plugin can neither refresh nor delete the resource."""
    id_, outputs = create(provider, properties_of())

    assert provider.diff(id_, outputs, properties_of()).changes
    assert not provider.diff(id_, {**outputs, **PICKLED}, properties_of()).changes
    assert provider.update(id_, outputs, properties_of()).outs == outputs


def test_diff_passes_unknown_values_on(provider: DatabricksSourceConnectionProvider) -> None:
    id_, outputs = create(provider, properties_of())

    diff = provider.diff(id_, {**outputs, **PICKLED}, properties_of(clusterId=pulumi.output.UNKNOWN))

    assert (diff.changes, list(diff.replaces or ())) == (True, [])


def test_diff_names_a_changed_secret_without_its_value(
    provider: DatabricksSourceConnectionProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    id_, outputs = create(provider, properties_of())

    assert provider.diff(id_, outputs, properties_of(accessToken="dapi-rotated-1")).changes

    output = capsys.readouterr().out
    assert "lake: accessToken" in output
    assert "dapi" not in output


def test_create_read_update_and_delete_reach_the_service(
    provider: DatabricksSourceConnectionProvider, emulator: EmulatorProcess
) -> None:
    id_, outputs = create(provider, properties_of())
    assert provider.read(id_, outputs).inputs == build_inputs()
    new_outputs = provider.update(id_, outputs, properties_of(clusterId="new")).outs
    assert emulator.connections()[0]["auth"]["params"]["clusterId"] == "new"

    # A process protects what it has created; `destroy` is another one.
    plugin_process._CONTEXTS.clear()  # noqa: SLF001 - see above
    configure(provider, dict(provider._process._config)).delete(id_, new_outputs or {})  # noqa: SLF001 - the same

    assert emulator.connections() == []


def test_read_of_a_deleted_entity_is_empty(
    provider: DatabricksSourceConnectionProvider, emulator: EmulatorProcess
) -> None:
    id_, outputs = create(provider, properties_of())
    emulator.foreign_delete(id_)

    assert provider.read(id_, outputs).id is None


def test_parameters_of_a_base_connection_stay_one_object(config: dict[str, str]) -> None:
    provider = configure(BaseConnectionProvider(), config)
    declared = {
        "name": "one",
        "authSpec": "Connection String Based Authentication",
        "connectionSpec": {"id": "1fe283f6-9bec-11ea-bb37-0242ac130002", "version": "1.0"},
        "params": {"connectionString": "a"},
        "owner": "project/dev/one",
        **PICKLED,
    }

    _, outputs = create(provider, declared)

    assert outputs["params"] == {"connectionString": "a"}
    assert "params.connectionString" not in outputs


def test_partial_failure_without_a_call_names_the_id_and_how_to_adopt_it(
    provider: DatabricksSourceConnectionProvider, emulator: EmulatorProcess
) -> None:
    emulator.switch(list_order="refused")
    emulator.fault("GET /connections/{id}", status=500, times=50)

    with pytest.raises(AdobeError) as failure:
        provider.create(properties_of())

    id_ = emulator.connections()[0]["id"]
    assert isinstance(failure.value, Unavailable)
    assert f"ADOBE_ADOPT={id_}" in str(failure.value)


def test_partial_failure_ends_the_call_once(
    provider: DatabricksSourceConnectionProvider, emulator: EmulatorProcess
) -> None:
    emulator.switch(list_order="refused")
    emulator.fault("GET /connections/{id}", status=500, times=50)
    context = RecordingContext()

    with pytest.raises(CallAborted):
        serve(context, lambda: provider.create(properties_of()))

    (status,) = context.statuses
    assert [key for key, _ in status.trailing_metadata] == ["grpc-status-details-bin"]


@pytest.mark.parametrize("secret", ["abc", "client", "Pulumi Up"])
def test_new_secret_that_cannot_be_redacted_is_refused(
    provider: DatabricksSourceConnectionProvider, secret: str
) -> None:
    for prior_outputs in ({}, build_inputs()):
        (failure,) = provider.check(prior_outputs, properties_of(accessToken=secret)).failures

        assert failure.reason.startswith("access_token: must")
        assert failure.property == ""


def test_short_secret_that_the_state_holds_is_a_warning(
    provider: DatabricksSourceConnectionProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = {"accessToken": "abc", "owner": "project/dev/eu::lake/x"}
    result = provider.check(build_inputs(**inputs), properties_of(**inputs))

    assert result.failures == []
    printed = capsys.readouterr()
    assert "eu::lake/x: access_token must have at least 4 characters" in printed.out + printed.err


def test_undocumented_parameter_may_be_a_short_secret(config: dict[str, str]) -> None:
    provider = configure(BaseConnectionProvider(), config)
    properties = {
        "name": "other",
        "authSpec": "Basic",
        "connectionSpec": {"id": "no-such-spec", "version": "1.0"},
        "params": {"region": "eu"},
        "validate": False,
        "owner": "project/dev/other",
        **PICKLED,
    }

    assert provider.check({}, properties).failures == []


def test_inputs_that_only_a_check_reads_do_not_reach_the_state(config: dict[str, str]) -> None:
    provider = configure(DataflowProvider(), config)
    declared = {
        "name": "orders-daily",
        "sourceConnectionIds": [pulumi.UNKNOWN],
        "targetConnectionIds": [pulumi.UNKNOWN],
        "flowSpecName": "CRMToAEP",
        "frequency": "day",
        "interval": 1.0,
        "deltaColumn": "ordered_at",
        "mapping": {"order_id": "_id"},
        "owner": "project/dev/orders-daily",
    }

    result = provider.check({}, {**declared, "sourceOwner": "project/dev/orders", "targetOwner": "project/dev/target"})

    assert result.failures == []
    assert set(result.inputs) == set(declared)
