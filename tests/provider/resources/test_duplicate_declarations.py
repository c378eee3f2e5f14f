"""Two resources of one program that describe the same entity: refused, unless they are in different places."""

from __future__ import annotations

import pulumi
import pytest
from pulumi.runtime import settings

from pulumi_adobe import DatabricksSourceConnection, SourceConnection
from tests.provider.resources.mock_engine import DATABRICKS_ARGUMENTS, MockEngine, ignore_warnings_of_sdk

pytestmark = [ignore_warnings_of_sdk, pytest.mark.usefixtures("mock_engine")]


class Component(pulumi.ComponentResource):
    """A component without parts."""


@pytest.fixture
def stack(mock_engine: MockEngine) -> pulumi.Resource:  # noqa: ARG001 - a resource needs an engine
    stack = Component("tests:Component", "stack")
    settings.set_root_resource(stack)
    return stack


def declare(resource_name: str, opts: pulumi.ResourceOptions | None = None, name: str = "lake") -> None:
    DatabricksSourceConnection(resource_name, opts, **{**DATABRICKS_ARGUMENTS, "name": name})


@pytest.mark.usefixtures("stack")
def test_second_resource_of_a_name_and_spec_is_refused_with_the_first_one() -> None:
    declare("one")

    with pytest.raises(pulumi.RunError) as refusal:
        declare("two")
    assert all(fact in str(refusal.value) for fact in ('DatabricksSourceConnection "two"', '"one"', '"lake"'))


@pytest.mark.usefixtures("stack")
def test_other_name_is_no_duplicate() -> None:
    declare("one")
    declare("two", name="other")


def test_resource_of_another_parent_is_accepted_because_its_provider_may_differ(stack: pulumi.Resource) -> None:
    declare("one")
    declare("two", pulumi.ResourceOptions(parent=stack))


@pytest.mark.usefixtures("stack")
def test_resource_that_is_only_read_is_no_duplicate() -> None:
    declare("one")
    declare("two", pulumi.ResourceOptions(id="known"))


@pytest.mark.usefixtures("stack")
def test_source_connections_of_one_name_may_belong_to_different_base_connections() -> None:
    for resource_name, base_connection in (("one", "id-1"), ("two", "id-2")):
        SourceConnection(resource_name, base_connection=base_connection, source="databricks", table="t", name="orders")

    with pytest.raises(pulumi.RunError, match='"two"'):
        SourceConnection("three", base_connection="id-2", source="databricks", table="t", name="orders")
