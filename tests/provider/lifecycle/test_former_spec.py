"""A resource keeps a connection spec whose id the catalogue has corrected since."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.errors import CannotAdopt
from pulumi_adobe.lifecycle.former_spec import describe_former_spec, keep_former_spec
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.sources import connection_specs
from tests.provider.lifecycle.world import Process, World

CAMPAIGN, MEMBERS = (
    {"id": connection_specs()[f"mailchimp-{name}"].id, "version": "1.0"} for name in ("campaign", "members")
)


def build_mailchimp_inputs(**changes: Any) -> dict[str, Any]:
    return {
        "name": "newsletter",
        "authSpec": "Basic Authentication",
        "connectionSpec": CAMPAIGN,
        "params.username": "acme",
        "params.password": "made-up-password-1",
        "owner": "project/dev/newsletter",
        **changes,
    }


def create_lifecycle(process: Process, inputs: dict[str, Any]) -> Lifecycle:
    resource_type = get_resource_type("BaseConnection")
    return Lifecycle(resource_type.schema.for_properties(inputs), resource_type.load_hooks(), process.context)


def test_corrected_id_replaces_nothing_and_is_a_warning(world: World) -> None:
    old_inputs, new_inputs = build_mailchimp_inputs(connectionSpec=MEMBERS), build_mailchimp_inputs(name="weekly")
    process = world.start_process(Options(test="off"))
    created = create_lifecycle(process, old_inputs).create(old_inputs)
    lifecycle = create_lifecycle(process, new_inputs)

    resource_diff = lifecycle.diff(created.id, created.outputs, new_inputs)
    updated = lifecycle.update(created.id, created.outputs, new_inputs)

    assert resource_diff.replaces == ()
    assert updated["connectionSpec"] == MEMBERS
    assert not lifecycle.diff(created.id, updated, new_inputs)
    (message,) = process.messages
    assert message.startswith("warning: ")
    assert 'source="mailchimp-members"' in message


def test_other_sources_are_still_replaced_when_their_spec_changes(world: World) -> None:
    inputs = build_mailchimp_inputs()
    process = world.start_process(Options(test="off"))
    created = create_lifecycle(process, inputs).create(inputs)

    for spec in (MEMBERS, {"id": "another", "version": "1.0"}):
        new_inputs = build_mailchimp_inputs(connectionSpec=spec)
        assert create_lifecycle(process, new_inputs).diff(created.id, created.outputs, new_inputs).replaces


def test_connection_of_the_other_source_is_not_adopted(world: World) -> None:
    """Nobody declared it under the wrong name yet, so the program can name the right one."""
    old_inputs = build_mailchimp_inputs(connectionSpec=MEMBERS)
    created = create_lifecycle(world.start_process(Options(test="off")), old_inputs).create(old_inputs)
    inputs = build_mailchimp_inputs(adoptId=created.id)

    with pytest.raises(CannotAdopt, match="connectionSpec"):
        create_lifecycle(world.start_process(Options(test="off")), inputs).create(inputs)


@pytest.mark.parametrize("spec", [None, UNKNOWN, "text", {"id": 1}, {}])
def test_connection_specs_of_any_other_form_are_unchanged(spec: object) -> None:
    inputs, prior_outputs = {"connectionSpec": CAMPAIGN}, {"connectionSpec": spec}

    assert keep_former_spec(prior_outputs, inputs) == inputs
    assert keep_former_spec(inputs, prior_outputs) == prior_outputs
    assert describe_former_spec(prior_outputs, inputs) == ""
