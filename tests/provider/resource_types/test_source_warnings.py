"""The preview warns about sources that Adobe has ended, and about parameters that only older pages have."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.sources import ConnectionSpec, connection_specs
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World

ENDED = {spec.source for spec in connection_specs().values() if spec.status in {"deprecated", "not-working"}}


@pytest.fixture
def world(emulator: EmulatorProcess) -> World:
    return World(emulator)


def warnings_of(world: World, source: str, **changes: Any) -> list[str]:
    """Return what two checks of such a connection show in one process."""
    spec = connection_specs()[source]
    auth_spec = next(iter(spec.auth_specs))
    inputs = {
        "name": source,
        "authSpec": auth_spec,
        "connectionSpec": {"id": spec.id, "version": spec.version},
        "owner": f"project/dev/{source}",
        **{f"params.{name}": "x-value" for name in _list_current_parameters(spec, auth_spec)},
        **changes,
    }
    process, resource_type = world.start_process(), get_resource_type("BaseConnection")
    lifecycle = Lifecycle(resource_type.schema.for_properties(inputs), resource_type.load_hooks(), process.context)
    assert [*lifecycle.validate({}, inputs), *lifecycle.validate({}, inputs)] == []
    return process.messages


def _list_current_parameters(spec: ConnectionSpec, auth_spec: str) -> list[str]:
    return [parameter.name for parameter in spec.auth_specs[auth_spec] if not parameter.obsolete]


@pytest.mark.parametrize("source", sorted(name for name, spec in connection_specs().items() if spec.auth_specs))
def test_only_ended_sources_have_a_warning(world: World, source: str) -> None:
    messages = warnings_of(world, source)

    assert len(messages) == (1 if source in ENDED else 0)
    assert all(connection_specs()[source].title in message for message in messages)


@pytest.mark.parametrize(
    ("source", "facts"),
    [
        ("apache-phoenix", ("deprecated", 'source="data-landing-zone"')),
        ("zoho-crm", ("deprecated", "no successor")),
        ("salesforce-marketing-cloud", ("deprecated", "Salesforce Marketing Cloud V2", "adobe-flow sources --compare")),
        ("oracle-eloqua", ("no longer work", "Oracle Eloqua V2", "connection_spec_id")),
    ],
)
def test_warning_of_an_ended_source_names_the_successor(world: World, source: str, facts: tuple[str, ...]) -> None:
    (message,) = warnings_of(world, source)

    assert message.startswith("warning: BaseConnection ")
    assert all(fact in message for fact in facts)


@pytest.mark.parametrize("source", ["mixpanel", "mailchimp-campaign", "mailchimp-members"])
def test_parameter_of_an_older_page_is_accepted_with_a_warning(world: World, source: str) -> None:
    (message,) = warnings_of(world, source, **{"params.host": "https://api.example.com"})

    assert "auth.host" in message
    assert "api.example.com" not in message
