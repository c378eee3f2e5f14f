"""The metadata of tables and flow specs, each requested once per run."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.flow_service.errors import NotFound
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World
from tests.provider.resources.flow_world import FlowWorld


def list_queries(emulator: EmulatorProcess, path_suffix: str) -> list[Any]:
    requests = [request for request in emulator.journal() if request["method"] == "GET"]
    return [request["query"] for request in requests if request["path"].endswith(path_suffix)]


def test_the_columns_of_a_table_are_requested_once(emulator: EmulatorProcess) -> None:
    flow_world = FlowWorld(World(emulator))
    emulator.clear_journal()
    metadata = flow_world.world.start_process().context.metadata

    first, second = (metadata.get_columns(flow_world.base_connection_id, "acme.orders") for _ in range(2))

    assert first == second
    assert [column["name"] for column in first] == ["order_id", "customer_id", "amount", "ordered_at"]
    assert list_queries(emulator, "/explore") == [{"objectType": "table", "object": "acme.orders"}]


@pytest.mark.parametrize("body", [[], {}, {"schema": None}, {"schema": {"columns": {}}}, {"schema": {"columns": [7]}}])
def test_a_malformed_table_has_no_columns(world: World, body: Any) -> None:
    world.emulator.fault("GET /connections/{id}/explore", status=200, body=body)

    assert world.start_process().context.metadata.get_columns("any", "acme.orders") == []


@pytest.mark.parametrize(("members", "version"), [({}, "1.0"), ({"version": "1.7"}, "1.7")])
def test_a_flow_spec_is_requested_by_name_and_has_a_version(
    world: World, members: dict[str, str], version: str
) -> None:
    flow_specs = [{"id": "another", "name": "Other"}, {"id": "spec-1", "name": "CRMToAEP", **members}]
    world.emulator.fault("GET /flowSpecs", status=200, body={"items": flow_specs})

    flow_spec = world.start_process().context.metadata.get_flow_spec("CRMToAEP")

    assert flow_spec == {"id": "spec-1", "version": version}
    assert list_queries(world.emulator, "/flowSpecs") == [{"property": 'name=="CRMToAEP"'}]


def test_an_unknown_flow_spec_is_an_error_that_names_the_known_ones(world: World) -> None:
    with pytest.raises(NotFound, match="Nothing") as error:
        world.start_process().context.metadata.get_flow_spec("Nothing")

    assert all(fact in error.value.hint for fact in ("name of the flow spec", "CRMToAEP", "CloudStorageToAEP"))
