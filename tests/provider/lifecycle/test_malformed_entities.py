"""Entities with any members of any types: no id is lost, and every problem is an `AdobeError`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.lifecycle.errors import PartialFailure
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.schema.resource_schema import ResourceSchema
from tests.property_examples import scale_examples
from tests.provider.lifecycle.world import READ_ROUTE, World
from tests.provider.resources.flow_world import DATAFLOW, SOURCE_CONNECTION, TARGET_CONNECTION

NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda values: st.lists(values, max_size=2) | st.dictionaries(st.text(), values, max_size=2),
    max_leaves=4,
)
COMMON_MEMBERS = (
    *("id", "name", "description", "createdAt", "createdBy", "updatedAt", "updatedBy", "updatedClient"),
    *("sandboxName", "imsOrgId", "connectionSpec", "errorMessage", "stateReason"),
)
INNER_MEMBERS = {
    "auth": ("specName", "params"),
    "lastOperation": ("status",),
    "data": ("format", "schema"),
    "params": ("tableName", "columns", "path", "dataSetId"),
    "scheduleParams": ("startTime", "interval", "backfill", "frequency"),
    "flowSpec": ("id", "version"),
    "transformations": (),
    "sourceConnectionIds": (),
}
MEMBERS_BY_SCHEMA = {
    DATABRICKS: ("auth",),
    SOURCE_CONNECTION: ("data", "params", "baseConnectionId"),
    TARGET_CONNECTION: ("data", "params"),
    DATAFLOW: ("scheduleParams", "flowSpec", "sourceConnectionIds", "transformations"),
}
STATES = st.sampled_from(["enabled", "failed", "initializing", "draft"])


def build_member_strategy(name: str) -> st.SearchStrategy[Any]:
    return JSON_VALUES | st.fixed_dictionaries({}, optional=dict.fromkeys(INNER_MEMBERS.get(name, ()), JSON_VALUES))


def build_entity_strategy(resource_schema: ResourceSchema) -> st.SearchStrategy[dict[str, Any]]:
    names = (*COMMON_MEMBERS, *MEMBERS_BY_SCHEMA[resource_schema], "lastOperation")
    return st.fixed_dictionaries(
        {"etag": st.just('"1"') | JSON_VALUES, "state": STATES | JSON_VALUES},
        optional={name: build_member_strategy(name) for name in names},
    )


EXAMPLES = settings(
    max_examples=scale_examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@EXAMPLES
@given(entity=build_entity_strategy(DATABRICKS))
@example({"etag": '"1"', "state": "enabled", "createdAt": 10**18})
@example({"etag": '"1"', "state": "failed", "lastOperation": {"status": True}})
def test_a_created_entity_is_kept_with_its_id_or_deleted_again(world: World, entity: dict[str, Any]) -> None:
    world.emulator.reset()
    world.emulator.fault(READ_ROUTE, status=200, body={"items": [entity]}, times=100)
    try:
        kept_ids = [world.create().id]
    except PartialFailure as error:
        kept_ids = [error.id]
    except AdobeError:
        kept_ids = []

    assert [connection["id"] for connection in world.list_connections()] == kept_ids


@pytest.mark.parametrize("resource_schema", MEMBERS_BY_SCHEMA, ids=lambda schema: schema.type_name)
@EXAMPLES
@given(data=st.data())
def test_read_returns_a_resource_or_raises_an_adobe_error(
    world: World, resource_schema: ResourceSchema, data: st.DataObject
) -> None:
    entity = data.draw(build_entity_strategy(resource_schema))
    world.emulator.clear_faults()
    route = f"GET /{resource_schema.collection}/{{id}}"
    world.emulator.fault(route, status=200, body={"items": [entity]}, times=100)
    prior_outputs = {"name": "lake", "startTime": "2026-12-01T03:00:00Z", "etag": '"0"'}
    hooks = get_resource_type(resource_schema.type_name).load_hooks()

    try:
        resource = Lifecycle(resource_schema, hooks, world.start_process().context).read("any", prior_outputs)
    except AdobeError:
        return

    assert resource is not None
