"""The dataflows of the sandbox: listed once, however many connections and dataflows are deleted."""

from __future__ import annotations

from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World
from tests.provider.resources.flow_world import DATAFLOW, SOURCE_CONNECTION, FlowWorld


def test_dataflows_are_listed_once_in_pages_of_a_hundred(emulator: EmulatorProcess) -> None:
    flow_world = FlowWorld(World(emulator))
    dataflow = flow_world.create(DATAFLOW, flow_world.build_dataflow_inputs())
    source_connection = flow_world.source_connection
    emulator.clear_journal()
    process = flow_world.world.start_process()

    dataflows = process.context.dataflows.list_using(source_connection.id)
    flow_world.create_lifecycle(DATAFLOW, process).delete(dataflow.id, dataflow.outputs)
    flow_world.create_lifecycle(SOURCE_CONNECTION, process).delete(source_connection.id, source_connection.outputs)

    assert [summary.id for summary in dataflows] == [dataflow.id]
    requests = [request for request in emulator.journal() if request["method"] == "GET"]
    assert [request["query"] for request in requests if request["path"].endswith("/flows")] == [{"limit": "100"}]
