"""Drafts: created as such, published when the program no longer declares them as drafts, and never the other way."""

from __future__ import annotations

from tests.provider.resources.flow_world import FlowWorld


def test_declared_draft_stays_a_draft(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(draft=True))

    assert created.outputs["state"] == "draft"
    assert not flow_world.create_lifecycle().diff(
        created.id, created.outputs, flow_world.build_dataflow_inputs(draft=True)
    )


def test_draft_is_published_once_it_is_not_declared_as_one(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(draft=True))

    outputs = flow_world.create_lifecycle().update(created.id, created.outputs, flow_world.build_dataflow_inputs())

    assert outputs["state"] == flow_world.get_dataflow(created.id)["state"] == "enabled"
    assert outputs["etag"] == flow_world.get_dataflow(created.id)["etag"]


def test_live_entity_is_replaced_to_become_a_draft(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())

    diff = flow_world.create_lifecycle().diff(created.id, created.outputs, flow_world.build_dataflow_inputs(draft=True))

    assert diff.replaces == ("draft",)
