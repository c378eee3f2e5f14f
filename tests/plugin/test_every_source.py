"""Every source of the catalogue, with each of its auth specs, in the real plugin process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime.proto import provider_pb2

from pulumi_adobe.resources.base_connection import BaseConnectionProvider
from pulumi_adobe.sources import ConnectionSpec, connection_specs
from tests.emulator_process import EmulatorProcess
from tests.plugin.plugin_process import PluginProcess
from tests.provider.lifecycle.world import ORG

pytestmark = pytest.mark.slow

UNLISTED_SPEC = "aaaaaaaa-0000-4000-8000-000000000001"


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatorProcess]:
    with EmulatorProcess.start(tmp_path_factory.mktemp("emulator") / "sources.sqlite") as process:
        yield process


@pytest.fixture(scope="module")
def plugin(emulator: EmulatorProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PluginProcess]:
    config = {
        "adobe:endpoint": emulator.url,
        "adobe:imsEndpoint": emulator.url,
        "adobe:orgId": ORG,
        "adobe:sandbox": "dev",
        "adobe:clientId": "emulator-client-id",
        "adobe:clientSecret": "emulator-client-secret",
        "adobe:test": "off",
    }
    process = PluginProcess(
        config, tmp_path_factory.mktemp("plugin"), pickled_provider=serialize_provider(BaseConnectionProvider())
    )
    yield process
    process.stop()


@pytest.fixture(scope="module")
def destroying_plugin(plugin: PluginProcess) -> Iterator[PluginProcess]:
    """Start another process, as `destroy` does: the first one protects what it has created."""
    process = PluginProcess.like(plugin)
    yield process
    process.stop()


@pytest.fixture
def new_plugin(plugin: PluginProcess) -> Iterator[PluginProcess]:
    """Start another process, whose cache of connection specs is empty."""
    process = PluginProcess.like(plugin)
    yield process
    process.stop()


def build_source_inputs(spec: ConnectionSpec, auth_spec: str) -> dict[str, Any]:
    return {
        "name": f"{spec.source} by {auth_spec}",
        "authSpec": auth_spec,
        "connectionSpec": {"id": spec.id, "version": spec.version},
        "params": {parameter.name: f"{parameter.name}-1" for parameter in spec.auth_specs[auth_spec]},
        "owner": f"project/dev/{spec.source}",
    }


def get_entity_params(emulator: EmulatorProcess, id_: str) -> dict[str, Any]:
    """Return the parameters of a connection as the emulator stores them."""
    entity = next(connection for connection in emulator.connections() if connection["id"] == id_)
    return dict(entity["auth"]["params"])


def list_cases() -> list[Any]:
    """Return each auth spec of each source; one whose parameters are of the kinds of an earlier one is slow."""
    cases, known_kinds = [], set()
    for spec in connection_specs().values():
        for auth_spec, parameters in spec.auth_specs.items():
            kinds = frozenset((each.required, each.secret, each.is_filled_in) for each in parameters)
            marks = [pytest.mark.slow] if kinds in known_kinds else []
            known_kinds.add(kinds)
            cases.append(pytest.param(spec, auth_spec, id=f"{spec.source}-{auth_spec}", marks=marks))
    return cases


@pytest.mark.parametrize(("spec", "auth_spec"), list_cases())
def test_every_source_is_created_read_updated_in_place_and_deleted(
    plugin: PluginProcess,
    destroying_plugin: PluginProcess,
    emulator: EmulatorProcess,
    spec: ConnectionSpec,
    auth_spec: str,
) -> None:
    declared_inputs = build_source_inputs(spec, auth_spec)
    checked_inputs, failures = plugin.check(declared_inputs)
    assert (checked_inputs, failures) == (declared_inputs, [])
    id_, outputs = plugin.create(checked_inputs)
    assert plugin.read(id_, outputs) == (id_, outputs, declared_inputs)
    assert plugin.diff(id_, outputs, declared_inputs).changes == provider_pb2.DiffResponse.DIFF_NONE

    old_params = get_entity_params(emulator, id_)
    rotated_params = {name: f"{value}-rotated" for name, value in declared_inputs["params"].items()}
    rotated_inputs = {**declared_inputs, "params": rotated_params}
    assert not plugin.diff(id_, outputs, rotated_inputs).replaces
    new_outputs = plugin.update(id_, outputs, rotated_inputs)
    new_params = get_entity_params(emulator, id_)
    assert {name for name in new_params if new_params[name] != old_params[name]} == set(rotated_params)
    assert new_outputs["params"] == rotated_params

    destroying_plugin.delete(id_, new_outputs)
    assert id_ not in {connection["id"] for connection in emulator.connections()}


def test_read_shows_drift_of_other_parameters_and_keeps_secrets_of_the_state(
    plugin: PluginProcess, emulator: EmulatorProcess
) -> None:
    spec = connection_specs()["postgresql"]
    declared_inputs = {**build_source_inputs(spec, "Basic Authentication"), "name": "drifting"}
    id_, outputs = plugin.create(declared_inputs)
    emulator.foreign_edit(id_, [{"op": "replace", "path": "/auth/params/database", "value": "foreign"}])

    _, _, read_inputs = plugin.read(id_, outputs)

    assert read_inputs["params"] == {**declared_inputs["params"], "database": "foreign"}


def test_parameter_that_is_no_longer_declared_is_removed(plugin: PluginProcess, emulator: EmulatorProcess) -> None:
    declared_inputs = {**build_source_inputs(connection_specs()["amazon-s3"], "Access Key"), "name": "removal"}
    id_, outputs = plugin.create(declared_inputs)
    remaining_params = {name: value for name, value in declared_inputs["params"].items() if name != "folderPath"}

    plugin.update(id_, outputs, {**declared_inputs, "params": remaining_params})

    assert "folderPath" not in get_entity_params(emulator, id_)


def test_check_names_every_invalid_parameter_without_a_value(plugin: PluginProcess) -> None:
    declared_inputs = build_source_inputs(connection_specs()["postgresql"], "Basic Authentication")
    params = {**declared_inputs["params"], "server": " ", "password": "pw-1\n"}
    del params["database"]

    _, failures = plugin.check({**declared_inputs, "params": params})

    assert [failure.split(":")[0] for failure in failures] == ["auth.server", "auth.database", "auth.password"]
    assert "pw-1" not in str(failures)


UNLISTED_INPUTS = {
    "name": "unlisted",
    "authSpec": "Basic",
    "connectionSpec": {"id": UNLISTED_SPEC, "version": "1.0"},
    "params": {"hots": "x", "password": "y"},
    "owner": "a/b/c",
}


def test_flow_service_is_asked_once_for_a_connection_spec_that_the_catalogue_lacks(
    new_plugin: PluginProcess, emulator: EmulatorProcess
) -> None:
    schema = {"type": "object", "properties": {"host": {}, "password": {"format": "password"}}, "required": ["host"]}
    spec = {"id": UNLISTED_SPEC, "authSpec": [{"name": "Basic", "spec": schema}]}
    emulator.clear_journal()
    emulator.fault("GET /connectionSpecs/{id}", status=200, body={"items": [spec]})

    missing, unknown = new_plugin.check(UNLISTED_INPUTS)[1]
    (wrong_auth_spec,) = new_plugin.check({**UNLISTED_INPUTS, "authSpec": "Basics"})[1]

    assert missing.startswith("auth.host: ")
    assert unknown.startswith("auth.hots: ")
    assert "did you mean host?" in unknown
    assert wrong_auth_spec.startswith("auth: ")
    assert "did you mean Basic?" in wrong_auth_spec
    assert new_plugin.check({**UNLISTED_INPUTS, "params": {"host": "x"}})[1] == []
    assert new_plugin.check({**UNLISTED_INPUTS, "validate": False})[1] == []
    assert sum("connectionSpecs" in request["path"] for request in emulator.journal()) == 1


def test_unreadable_connection_spec_is_a_warning(new_plugin: PluginProcess, emulator: EmulatorProcess) -> None:
    emulator.fault("GET /connectionSpecs/{id}", status=403, times=3)

    assert new_plugin.check(UNLISTED_INPUTS)[1] == []
    output = new_plugin.stop()
    assert "warning: " in output
    assert UNLISTED_SPEC in output
