"""Whatever members an answer has, and of whatever types: no id is lost, and what is wrong is said in our words."""

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
from tests.provider.lifecycle.world import World, build_inputs
from tests.provider.resources.flow_world import DATAFLOW, SOURCE_CONNECTION, TARGET_CONNECTION

BASE = DATABRICKS
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
ANY_KIND = (
    *("id", "name", "description", "createdAt", "createdBy", "updatedAt", "updatedBy", "updatedClient"),
    *("sandboxName", "imsOrgId", "connectionSpec", "errorMessage", "stateReason"),
)
INNER = {
    "auth": ("specName", "params"),
    "lastOperation": ("status",),
    "data": ("format", "schema"),
    "params": ("tableName", "columns", "path", "dataSetId"),
    "scheduleParams": ("startTime", "interval", "backfill", "frequency"),
    "flowSpec": ("id", "version"),
    "transformations": (),
    "sourceConnectionIds": (),
}
MEMBERS = {
    BASE: ("auth",),
    SOURCE_CONNECTION: ("data", "params", "baseConnectionId"),
    TARGET_CONNECTION: ("data", "params"),
    DATAFLOW: ("scheduleParams", "flowSpec", "sourceConnectionIds", "transformations"),
}
STATES = st.sampled_from(["enabled", "failed", "initializing", "draft"])


def member(name: str) -> st.SearchStrategy[Any]:
    return JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(INNER.get(name, ()), JSON))


def entities(declaration: ResourceSchema) -> st.SearchStrategy[dict[str, Any]]:
    names = (*ANY_KIND, *MEMBERS[declaration], "lastOperation")
    return st.fixed_dictionaries(
        {"etag": st.just('"1"') | JSON, "state": STATES | JSON}, optional={name: member(name) for name in names}
    )


EXAMPLES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@EXAMPLES
@given(entity=entities(BASE))
@example({"etag": '"1"', "state": "enabled", "createdAt": 10**18})
@example({"etag": '"1"', "state": "failed", "lastOperation": {"status": True}})
def test_what_was_made_is_kept_by_its_id_or_gone_again(world: World, entity: dict[str, Any]) -> None:
    world.emulator.reset()
    world.emulator.fault("GET /connections/{id}", status=200, body={"items": [entity]}, times=100)
    try:
        kept = world.start_process().lifecycle.create(build_inputs()).id
    except PartialFailure as error:
        kept = error.id
    except AdobeError:
        kept = ""

    assert [each["id"] for each in world.list_connections()] == ([kept] if kept else [])


@pytest.mark.parametrize("declaration", MEMBERS, ids=lambda each: each.type_name)
@EXAMPLES
@given(data=st.data())
def test_a_read_finds_something_or_says_what_is_wrong(
    world: World, declaration: ResourceSchema, data: st.DataObject
) -> None:
    entity = data.draw(entities(declaration))
    world.emulator.clear_faults()
    world.emulator.fault(f"GET /{declaration.collection}/{{id}}", status=200, body={"items": [entity]})
    kept = {"name": "lake", "startTime": "2026-12-01T03:00:00Z", "etag": '"0"'}

    try:
        hooks = get_resource_type(declaration.type_name).load_hooks()
        found = Lifecycle(declaration, hooks, world.start_process().context).read("any", kept)
    except AdobeError:
        return

    assert found is not None
