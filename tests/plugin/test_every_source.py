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

CASES = [(spec, auth_spec) for spec in connection_specs().values() for auth_spec in spec.auth_specs]
UNLISTED = "aaaaaaaa-0000-4000-8000-000000000001"


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
        config, tmp_path_factory.mktemp("plugin"), provider=serialize_provider(BaseConnectionProvider())
    )
    yield process
    process.stop()


@pytest.fixture(scope="module")
def destroying(plugin: PluginProcess) -> Iterator[PluginProcess]:
    """Another process, as `destroy` is: the first holds what it has made."""
    process = PluginProcess.like(plugin)
    yield process
    process.stop()


def declared(spec: ConnectionSpec, auth_spec: str) -> dict[str, Any]:
    return {
        "name": f"{spec.source} by {auth_spec}",
        "authSpec": auth_spec,
        "connectionSpec": {"id": spec.id, "version": spec.version},
        "params": {parameter.name: f"{parameter.name}-1" for parameter in spec.auth_specs[auth_spec]},
        "owner": f"project/dev/{spec.source}",
    }


def entity(emulator: EmulatorProcess, id_: str) -> dict[str, Any]:
    return next(each for each in emulator.connections() if each["id"] == id_)


@pytest.mark.parametrize(("spec", "auth_spec"), CASES, ids=[f"{spec.source}-{auth}" for spec, auth in CASES])
def test_a_source_is_made_read_changed_in_place_and_deleted(
    plugin: PluginProcess, destroying: PluginProcess, emulator: EmulatorProcess, spec: ConnectionSpec, auth_spec: str
) -> None:
    wanted = declared(spec, auth_spec)
    checked, failures = plugin.check(wanted)
    assert (checked, failures) == (wanted, [])
    id_, outputs = plugin.create(checked)
    assert plugin.read(id_, outputs) == (id_, outputs, wanted)
    assert plugin.diff(id_, outputs, wanted).changes == provider_pb2.DiffResponse.DIFF_NONE

    rotated = {name: f"{value}-rotated" for name, value in wanted["params"].items()}
    news = {**wanted, "params": rotated}
    assert not plugin.diff(id_, outputs, news).replaces
    before = entity(emulator, id_)["auth"]["params"]
    after = plugin.update(id_, outputs, news)
    changed = {name for name, value in entity(emulator, id_)["auth"]["params"].items() if before[name] != value}
    assert changed == set(rotated)
    assert after["params"] == rotated

    destroying.delete(id_, after)
    assert all(each["id"] != id_ for each in emulator.connections())


def test_drift_is_shown_for_what_is_no_secret_and_a_secret_keeps_the_states_value(
    plugin: PluginProcess, emulator: EmulatorProcess
) -> None:
    wanted = {**declared(connection_specs()["postgresql"], "Basic Authentication"), "name": "drifting"}
    id_, outputs = plugin.create(wanted)
    emulator.foreign_edit(id_, [{"op": "replace", "path": "/auth/params/database", "value": "theirs"}])

    _, _, found = plugin.read(id_, outputs)

    assert found["params"] == {**wanted["params"], "database": "theirs"}


def test_a_parameter_that_is_dropped_is_removed(plugin: PluginProcess, emulator: EmulatorProcess) -> None:
    wanted = {**declared(connection_specs()["amazon-s3"], "Access Key"), "name": "dropped"}
    id_, outputs = plugin.create(wanted)
    fewer = {name: value for name, value in wanted["params"].items() if name != "folderPath"}

    plugin.update(id_, outputs, {**wanted, "params": fewer})

    assert "folderPath" not in entity(emulator, id_)["auth"]["params"]


def test_problems_are_named_with_the_parameter_and_no_value(plugin: PluginProcess) -> None:
    wanted = declared(connection_specs()["postgresql"], "Basic Authentication")
    params = {**wanted["params"], "server": " ", "password": "pw-1\n"}
    del params["database"]

    _, failures = plugin.check({**wanted, "params": params})

    assert failures == [
        "params.server: must not be empty or blank",
        "params.database: is missing",
        "params.password: begins or ends with a blank or a line break",
    ]


def test_flow_service_is_the_judge_of_a_spec_that_the_catalogue_does_not_have(
    plugin: PluginProcess, emulator: EmulatorProcess
) -> None:
    schema = {"type": "object", "properties": {"host": {}, "password": {"format": "password"}}, "required": ["host"]}
    spec = {"id": UNLISTED, "authSpec": [{"name": "Basic", "spec": schema}]}
    wanted = {
        "name": "unlisted",
        "authSpec": "Basic",
        "connectionSpec": {"id": UNLISTED, "version": "1.0"},
        "params": {"hots": "x", "password": "y"},
        "owner": "a/b/c",
    }
    other = PluginProcess.like(plugin)
    emulator.fault("GET /connectionSpecs/{id}", status=200, body={"items": [spec]})

    assert other.check(wanted)[1] == [
        "params.host: is missing",
        "params.hots: is no parameter of Basic; did you mean host?",
    ]
    assert other.check({**wanted, "authSpec": "Basics"})[1] == [
        "authSpec: Basics is none of this connection spec; did you mean Basic?"
    ]
    assert other.check({**wanted, "params": {"host": "x"}})[1] == []
    assert other.check({**wanted, "validate": False})[1] == []
    asked = [each for each in emulator.journal() if "connectionSpecs" in each["path"]]
    assert len(asked) == 1
    other.stop()


def test_a_judge_out_of_reach_is_a_warning(plugin: PluginProcess, emulator: EmulatorProcess) -> None:
    other = PluginProcess.like(plugin)
    emulator.fault("GET /connectionSpecs/{id}", status=403, times=3)

    _, failures = other.check(
        {
            "name": "x",
            "authSpec": "B",
            "connectionSpec": {"id": UNLISTED, "version": "1.0"},
            "params": {"a": "b"},
            "owner": "o",
        }
    )

    assert failures == []
    assert "could not be asked for" in other.stop()
