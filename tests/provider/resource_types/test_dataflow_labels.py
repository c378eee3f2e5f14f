"""Access labels of a dataflow: set by a PATCH, and what a 404 or 403 means where they may hide it (labels.md)."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import AccessDenied, NotFound, Unavailable
from pulumi_adobe.lifecycle.errors import PartialFailure
from pulumi_adobe.resource_types.dataflow import SCHEMA
from pulumi_adobe.schema.validation import normalize, validate
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.lifecycle.world import WITH_OWNERSHIP
from tests.provider.resources.flow_world import FlowWorld

LABEL = "core/C12"
CLIENT = "emulator-client-id"


def _list_writes(flow_world: FlowWorld) -> list[tuple[str, Any]]:
    """Return method and body of the requests that wrote dataflows, oldest first."""
    journal = flow_world.world.emulator.journal()
    return [
        (request["method"], request["body"])
        for request in journal
        if request["method"] in {"POST", "PATCH", "DELETE"}
        and "/flows" in request["path"].removeprefix("/data/foundation/flowservice")
    ]


def _hide(flow_world: FlowWorld) -> None:
    """Take the label from the caller."""
    flow_world.world.emulator.set_scenario(withoutLabels={CLIENT: [LABEL]})


def test_create_sends_labels_by_a_patch_and_not_in_the_post(flow_world: FlowWorld) -> None:
    new_inputs = flow_world.build_dataflow_inputs(labels=[LABEL])

    created = flow_world.create_lifecycle().create(new_inputs)

    (_, post), (_, patch) = _list_writes(flow_world)
    assert "labels" not in post
    assert patch == [{"op": "add", "path": "/labels", "value": [LABEL]}]
    entity = flow_world.get_dataflow(created.id)
    assert (created.outputs["labels"], created.outputs["etag"]) == ([LABEL], entity["etag"])
    assert entity["labels"] == [LABEL]
    assert not flow_world.create_lifecycle().diff(created.id, created.outputs, new_inputs)


def test_create_of_an_unlabelled_dataflow_sends_no_patch(flow_world: FlowWorld) -> None:
    flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())

    assert [method for method, _ in _list_writes(flow_world)] == ["POST"]


def test_failed_patch_of_labels_keeps_the_id_and_the_next_update_sends_them(flow_world: FlowWorld) -> None:
    flow_world.world.emulator.fault("PATCH /flows/{id}", status=403, body={"error_code": "403027"})
    new_inputs = flow_world.build_dataflow_inputs(labels=[LABEL])

    with pytest.raises(PartialFailure) as failure:
        flow_world.create_lifecycle().create(new_inputs)

    assert "labels" not in failure.value.outputs
    flow_world.world.emulator.clear_faults()
    assert flow_world.create_lifecycle().diff(failure.value.id, failure.value.outputs, new_inputs)
    outputs = flow_world.create_lifecycle().update(failure.value.id, failure.value.outputs, new_inputs)
    assert outputs["labels"] == flow_world.get_dataflow(failure.value.id)["labels"] == [LABEL]


@pytest.mark.parametrize("labels", [[LABEL, "custom/orders"], ["core/C1"], None], ids=str)
def test_labels_are_changed_and_removed_in_place(flow_world: FlowWorld, labels: list[str] | None) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(labels=[LABEL]))
    new_inputs = flow_world.build_dataflow_inputs(labels=labels)

    diff = flow_world.create_lifecycle().diff(created.id, created.outputs, new_inputs)
    outputs = flow_world.create_lifecycle().update(created.id, created.outputs, new_inputs)

    assert [operation["path"] for operation in diff.patch_operations] == ["/labels"]
    assert diff.replaces == ()
    assert outputs.get("labels") == flow_world.get_dataflow(created.id).get("labels") == labels


def test_foreign_change_of_labels_is_drift(flow_world: FlowWorld) -> None:
    new_inputs = flow_world.build_dataflow_inputs(labels=[LABEL])
    created = flow_world.create_lifecycle().create(new_inputs)
    service = flow_world.world.start_process().service
    operation: Any = {"op": "add", "path": "/labels", "value": ["core/C1", LABEL]}
    service.update("flows", created.id, [operation], created.outputs["etag"])

    read_state = flow_world.create_lifecycle().read(created.id, created.outputs)

    assert read_state is not None
    assert read_state.inputs["labels"] == ["core/C1", LABEL]
    assert flow_world.create_lifecycle().diff(created.id, read_state.outputs, new_inputs)


@pytest.mark.parametrize("refresh_from", ["id", "list"])
@pytest.mark.parametrize("cause", ["hidden", "deleted"])
def test_labelled_dataflow_that_is_not_found_does_not_count_as_deleted(
    flow_world: FlowWorld, refresh_from: str, cause: str
) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(labels=[LABEL]))
    if cause == "deleted":
        flow_world.world.start_process().service.delete("flows", created.id)
    else:
        _hide(flow_world)
    process = flow_world.world.start_process(Options(test="off", refresh_from=refresh_from))

    with pytest.raises(NotFound) as failure:
        flow_world.create_lifecycle(process=process).read(created.id, created.outputs)

    assert created.id in failure.value.message
    for fact in (LABEL, "pulumi state delete <URN>"):
        assert fact in failure.value.hint


def test_unlabelled_dataflow_that_is_not_found_counts_as_deleted_with_a_message(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    flow_world.world.start_process().service.delete("flows", created.id)
    process = flow_world.world.start_process()

    assert flow_world.create_lifecycle(process=process).read(created.id, created.outputs) is None

    assert any(created.id in message and "label" in message for message in process.messages)


def test_update_and_delete_without_the_label_say_what_to_do(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(labels=[LABEL]))
    _hide(flow_world)
    changed_inputs = flow_world.build_dataflow_inputs(labels=[LABEL], description="changed")

    with pytest.raises(AccessDenied) as failed_update:
        flow_world.create_lifecycle().update(created.id, created.outputs, changed_inputs)
    with pytest.raises(AccessDenied) as failed_delete:
        flow_world.create_lifecycle().delete(created.id, created.outputs)

    for failure in (failed_update, failed_delete):
        assert failure.value.code == "2120-403"
        assert LABEL in failure.value.hint


def test_delete_sends_the_request_although_the_ownership_line_cannot_be_read(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(labels=[LABEL]))
    _hide(flow_world)
    process = flow_world.world.start_process(WITH_OWNERSHIP)

    with pytest.raises(AccessDenied):
        flow_world.create_lifecycle(process=process).delete(created.id, created.outputs)


def test_delete_of_a_labelled_dataflow_that_is_gone_is_no_error(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(labels=[LABEL]))
    flow_world.world.start_process().service.delete("flows", created.id)

    flow_world.create_lifecycle().delete(created.id, created.outputs)


def test_unclear_response_to_the_delete_of_a_labelled_dataflow_is_no_deletion(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(labels=[LABEL]))
    _hide(flow_world)
    flow_world.world.emulator.fault("DELETE /flows/{id}", status=500, times=20)

    with pytest.raises(Unavailable):
        flow_world.create_lifecycle().delete(created.id, created.outputs)


def test_label_that_hides_the_new_dataflow_from_its_creator_keeps_the_id(flow_world: FlowWorld) -> None:
    _hide(flow_world)

    with pytest.raises(PartialFailure) as failure:
        flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(labels=[LABEL]))

    assert failure.value.id in failure.value.message
    assert LABEL in failure.value.hint


def test_refusal_of_another_entity_is_not_explained_by_a_label(flow_world: FlowWorld) -> None:
    new_inputs = flow_world.build_dataflow_inputs(labels=[LABEL], targetConnectionIds=["gone"])

    with pytest.raises(NotFound) as failure:
        flow_world.create_lifecycle().create(new_inputs)

    assert LABEL not in str(failure.value)


@pytest.mark.parametrize(
    ("labels", "normalized"),
    [([LABEL, "core/C1", LABEL], ["core/C1", LABEL]), ([], None), ([LABEL, UNKNOWN], [LABEL, UNKNOWN])],
    ids=["sorted", "empty", "unknown"],
)
def test_labels_have_one_spelling(labels: list[Any], normalized: list[Any] | None) -> None:
    assert normalize(SCHEMA, {"labels": labels}).get("labels") == normalized


@pytest.mark.parametrize(
    ("labels", "problems"),
    [([LABEL], 0), ([UNKNOWN], 0), (["C12"], 1), ([""], 1), ([7], 1), (["core/C12/x"], 1)],
    ids=str,
)
def test_label_has_a_namespace_and_a_name(labels: list[Any], problems: int) -> None:
    found = [problem for field, problem in validate(SCHEMA, {"labels": labels}) if field.name == "labels"]

    assert len(found) == problems
