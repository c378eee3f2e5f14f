"""Delete of a connection that dataflows use: it is refused, or `force_destroy` deletes the dataflows first."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.flow_service.errors import CredentialsRejected
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import StillInUse
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import DELETE_ROUTE, LAKE, World, build_inputs
from tests.provider.resources.flow_world import DATAFLOW, FlowWorld

DATAFLOWS_ROUTE = "GET /flows"
DELETE_DATAFLOW_ROUTE = "DELETE /flows/{id}"


def build_dataflow(name: str, *base_connection_ids: str) -> dict[str, Any]:
    sources = [{"id": "source", "baseConnection": {"id": id_}} for id_ in base_connection_ids]
    return {
        "id": f"id-{name}",
        "name": name,
        "state": "enabled",
        "inheritedAttributes": {"sourceConnections": sources},
    }


def list_dataflows(world: World, *dataflows: dict[str, Any]) -> None:
    """Let the emulator answer the next list of the dataflows with these."""
    world.emulator.fault(DATAFLOWS_ROUTE, status=200, body={"items": list(dataflows), "_links": {}})


@pytest.mark.parametrize(
    ("names", "count"), [(("orders",), "1 dataflow."), (("orders", "customers"), "2 dataflows.")], ids=["one", "two"]
)
def test_delete_refuses_a_connection_in_use_and_names_its_dataflows(
    world: World, created: CreatedResource, names: tuple[str, ...], count: str
) -> None:
    unrelated_dataflow = {**build_dataflow("unrelated"), "inheritedAttributes": {"sourceConnections": None}}
    dataflows = [build_dataflow(name, created.id) for name in names]
    list_dataflows(world, *dataflows, unrelated_dataflow, {"id": "without-attributes"})

    with pytest.raises(StillInUse) as error:
        world.start_process().lifecycle.delete(created.id, created.outputs)

    first_line, *dataflow_lines = error.value.message.split("\n")
    assert first_line.startswith(f"{LAKE} ({created.id}) ")
    assert count in first_line
    assert "It was not deleted" in first_line
    assert [line.strip() for line in dataflow_lines] == [f'"{name}" (id-{name}, enabled)' for name in names]
    assert all(fact in error.value.hint for fact in ("set force_destroy to true", "`pulumi up`"))
    assert world.list_writes() == []


def test_force_destroy_waits_for_a_dataflow_that_is_initializing_or_updating(
    world: World, created: CreatedResource
) -> None:
    dataflow = build_dataflow("orders", created.id)
    list_dataflows(world, dataflow)
    world.emulator.fault(DELETE_DATAFLOW_ROUTE, status=400, body={"errorCode": "1416-400"}, times=2)
    shown = {"items": [{"id": dataflow["id"], "state": "updating", "etag": '"1"'}]}
    world.emulator.fault("GET /flows/{id}", status=200, body=shown, times=2)
    world.emulator.fault(DELETE_DATAFLOW_ROUTE, status=204, rawBody="")

    inputs = {**created.outputs, "forceDestroy": True}
    world.start_process().lifecycle.delete(created.id, inputs)

    assert world.count_requests("DELETE", dataflow["id"]) == 3
    assert world.list_connections() == []


def test_force_destroy_deletes_the_dataflows_first_and_names_them(world: World, created: CreatedResource) -> None:
    list_dataflows(world, build_dataflow("orders", created.id))
    world.emulator.fault(DELETE_DATAFLOW_ROUTE, status=204, rawBody="")
    process = world.start_process()

    process.lifecycle.delete(created.id, {**created.outputs, "forceDestroy": True})

    assert world.list_connections() == []
    (message,) = process.messages
    assert all(fact in message for fact in (created.id, "force_destroy", "id-orders"))
    paths = [request["path"] for request in world.emulator.journal() if request["method"] == "DELETE"]
    assert [path.split("/")[-2] for path in paths] == ["flows", "connections"]


def test_a_deleted_dataflow_does_not_block_another_connection(world: World) -> None:
    created = [world.create(name=name) for name in ("a", "b")]
    list_dataflows(world, build_dataflow("orders", *(resource.id for resource in created)))
    world.emulator.fault(DELETE_DATAFLOW_ROUTE, status=204, rawBody="")
    lifecycle = world.start_process().lifecycle

    lifecycle.delete(created[0].id, {**created[0].outputs, "forceDestroy": True})
    lifecycle.delete(created[1].id, created[1].outputs)

    assert world.list_connections() == []


def test_the_refusal_of_flow_service_itself_is_an_error_with_a_hint(world: World, created: CreatedResource) -> None:
    refusal = {"errorCode": "1418-400", "errorMessage": "in use by flows"}
    world.emulator.fault(DELETE_ROUTE, status=400, body=refusal)

    with pytest.raises(StillInUse) as error:
        world.start_process().lifecycle.delete(created.id, created.outputs)

    facts = (f"{LAKE} ({created.id})", "DELETE /data/foundation/flowservice/", "400", "in use by flows")
    assert all(fact in error.value.message for fact in facts)
    assert all(fact in error.value.hint for fact in ("It was not deleted", "dataflows"))


def test_dataflows_that_cannot_be_listed_are_a_warning_and_flow_service_still_refuses(
    world: World, created: CreatedResource
) -> None:
    world.emulator.fault(DATAFLOWS_ROUTE, status=403, body={"error_code": "403027", "message": "no"})
    world.emulator.fault(DELETE_ROUTE, status=400, body={"errorCode": "1418-400", "errorMessage": "in use by flows"})
    process = world.start_process()

    with pytest.raises(StillInUse, match="in use by flows"):
        process.lifecycle.delete(created.id, created.outputs)

    (warning,) = process.messages
    assert warning.startswith("warning: ")
    assert all(fact in warning for fact in ("dataflows could not be listed", "403"))


def test_rejected_credentials_are_an_error_and_no_warning(world: World, created: CreatedResource) -> None:
    process = world.start_process(client_secret="wrong-secret")

    with pytest.raises(CredentialsRejected):
        process.lifecycle.delete(created.id, created.outputs)

    assert process.messages == []


@pytest.mark.parametrize("sources", [None, "none", [None], [{"baseConnection": None}], [{"baseConnection": {"id": 7}}]])
def test_malformed_dataflows_do_not_block_a_deletion(world: World, created: CreatedResource, sources: Any) -> None:
    malformed_dataflow = {"id": "f", "inheritedAttributes": {"sourceConnections": sources}}
    list_dataflows(world, malformed_dataflow, {"id": "g", "inheritedAttributes": None})

    world.start_process().lifecycle.delete(created.id, created.outputs)

    assert world.list_connections() == []


def test_several_deletions_list_the_dataflows_once(world: World) -> None:
    for name in ("a", "b", "c"):
        world.create(name=name)
    lifecycle = world.start_process().lifecycle

    for connection in world.list_connections():
        lifecycle.delete(connection["id"], build_inputs())

    assert world.count_requests("GET", "/flows") == 1
    assert world.list_connections() == []


def test_the_deletion_of_a_dataflow_lists_no_dataflows(emulator: EmulatorProcess) -> None:
    flow_world = FlowWorld(World(emulator))
    dataflow = flow_world.create(DATAFLOW, flow_world.build_dataflow_inputs())
    emulator.clear_journal()

    flow_world.create_lifecycle(DATAFLOW).delete(dataflow.id, dataflow.outputs)

    methods = [request["method"] for request in emulator.journal() if "/flowservice/" in request["path"]]
    assert methods == ["DELETE"]
