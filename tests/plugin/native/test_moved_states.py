"""A state of the dynamic adapter is one of the native adapter: nothing changes, and nothing is sent."""

from __future__ import annotations

import json

import pytest
from pulumi.runtime.proto import provider_pb2 as pb

from tests.emulator_process import EmulatorProcess
from tests.plugin.native.conftest import StartProvider
from tests.plugin.native.recorded_resources import RecordedResource, list_recorded_resources
from tests.plugin.native.test_calls import INPUTS, LAKE
from tests.stack.states.recorded import RecordedState

RESOURCES = list_recorded_resources()


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.urn.rpartition("::")[2])
def test_moved_resource_does_not_change(
    resource: RecordedResource, start_provider: StartProvider, emulator: EmulatorProcess
) -> None:
    provider = start_provider(sandbox=resource.outputs["sandboxName"])

    inputs, problems = provider.check(resource.urn, resource.given, resource.given)
    response = provider.diff(resource.urn, resource.id, resource.outputs, inputs)

    assert problems == []
    assert response.changes == pb.DiffResponse.DIFF_NONE, response
    assert [each["path"] for each in emulator.journal()] == []


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.urn.rpartition("::")[2])
def test_import_by_id_returns_the_inputs_that_a_program_declares(
    resource: RecordedResource, start_provider: StartProvider, emulator: EmulatorProcess
) -> None:
    emulator.load(json.loads(RecordedState("2026-11").entities_file.read_text("utf-8")))
    provider = start_provider(sandbox=resource.outputs["sandboxName"])

    id_, outputs, inputs = provider.read(resource.urn, resource.id)

    assert id_ == resource.id
    assert outputs["etag"] == resource.outputs["etag"]
    # An import checks what it has read, as it is.
    checked, problems = provider.check(resource.urn, inputs, inputs)
    assert (checked, problems) == (inputs, [])
    assert provider.diff(resource.urn, id_, outputs, inputs).changes == pb.DiffResponse.DIFF_NONE
    kept = {"name", "description", "clusterId", "tableName", "path", "dataSetId", "mapping", "frequency", "deltaColumn"}
    assert {key: inputs.get(key) for key in kept if key in resource.given and key != "name"} == {
        key: value for key, value in resource.given.items() if key in kept and key != "name"
    }


def test_write_to_a_moved_resource_keeps_what_the_way_back_needs(start_provider: StartProvider) -> None:
    provider = start_provider()
    id_, outputs = provider.create(LAKE, INPUTS)
    assert "__provider" not in outputs
    moved = {**outputs, "__provider": "gASV"}

    updated = provider.update(LAKE, id_, moved, {**INPUTS, "clusterId": "other"})
    _, refreshed, inputs = provider.read(LAKE, id_, updated, INPUTS)

    assert updated["__provider"] == refreshed["__provider"] == "gASV"
    assert "__provider" not in inputs
