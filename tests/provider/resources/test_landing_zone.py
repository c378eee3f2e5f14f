"""Landing zone credentials in a program: what is refused at once, and the configuration of a cluster."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest
from pulumi.runtime import settings

from pulumi_adobe import FlowService, LandingZoneCredentials, merge_spark_conf
from tests.provider.resources.mock_engine import MockEngine, get_value, ignore_warnings_of_sdk

pytestmark = [ignore_warnings_of_sdk, pytest.mark.usefixtures("mock_engine")]


class Component(pulumi.ComponentResource):
    """A component without parts."""


@pytest.fixture
def _stack(mock_engine: MockEngine) -> None:  # noqa: ARG001 - a resource needs an engine
    settings.set_root_resource(Component("tests:Component", "stack"))


def test_landing_zone_kind_defaults_to_that_of_the_databricks_source(mock_engine: MockEngine) -> None:
    get_value(LandingZoneCredentials("zone").sandbox_name)

    inputs = mock_engine.get_inputs("zone")
    assert inputs["kind"] == "dlz_databricks_source"
    assert inputs["owner"] == "project/dev/zone"


@pytest.mark.parametrize("days", [0, -1, 61, 90, "14", 1.5, True])
def test_rotate_before_is_a_whole_number_of_days_below_the_life_of_a_token(days: Any) -> None:
    with pytest.raises(pulumi.RunError, match='LandingZoneCredentials "zone": rotate_before'):
        LandingZoneCredentials("zone", rotate_before=days)


@pytest.mark.parametrize("days", [1, 60])
def test_rotate_before_within_the_range_is_accepted(mock_engine: MockEngine, days: int) -> None:
    get_value(LandingZoneCredentials("zone", rotate_before=days).sandbox_name)

    assert mock_engine.get_inputs("zone")["rotateBefore"] == days


def test_kind_that_adobe_does_not_have_is_refused() -> None:
    kind: Any = "databricks"

    with pytest.raises(pulumi.RunError, match="kind must be dlz_databricks_source or user_drop_zone"):
        LandingZoneCredentials("zone", kind=kind)


@pytest.mark.usefixtures("_stack")
def test_second_resource_of_a_landing_zone_is_refused_and_another_kind_or_provider_is_not() -> None:
    LandingZoneCredentials("one")
    LandingZoneCredentials("drop", kind="user_drop_zone")
    prod = FlowService("prod", org_id="O", sandbox="prod", client_id="id")
    LandingZoneCredentials("prod", pulumi.ResourceOptions(provider=prod))

    with pytest.raises(pulumi.RunError) as refusal:
        LandingZoneCredentials("two")
    assert all(fact in str(refusal.value) for fact in ('"two"', '"one"', "dlz_databricks_source"))


def test_configurations_are_merged_and_the_later_entry_of_a_key_counts() -> None:
    merged = merge_spark_conf({"a": "1", "b": "1"}, pulumi.Output.from_input({"b": "2"}), {"c": "3"})

    assert get_value(merged) == {"a": "1", "b": "2", "c": "3"}
