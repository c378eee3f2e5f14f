"""A declared connection as the engine gets it, with Pulumi's own mocks in the engine's place."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from typing import Any

import pulumi
import pytest
from pulumi.runtime import mocks, settings

from pulumi_adobe import DatabricksSourceConnection, DatabricksSourceConnectionArgs

GIVEN: dict[str, Any] = {
    "name": "lake",
    "domain": "https://adb-1.7.azuredatabricks.net",
    "cluster_id": "0612-200003-abc123",
    "access_token": "dapi-0123456789",
    "database": "acme-db",
}

pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::RuntimeWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


class Engine(pulumi.runtime.Mocks):
    """Keeps what is registered."""

    def __init__(self) -> None:
        self.registered: list[mocks.MockResourceArgs] = []

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        self.registered.append(args)
        return f"{args.name}-id", {**args.inputs, "etag": '"1"', "createdAt": "now", "orgId": "ORG"}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        raise NotImplementedError(args.token)


@pytest.fixture
def engine() -> Iterator[Engine]:
    # The SDK wants a current event loop, and other tests may have closed theirs.
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    engine = Engine()
    pulumi.runtime.set_mocks(engine, project="project", stack="dev")
    yield engine
    pulumi.runtime.settings.reset_options()
    asyncio.set_event_loop(None)
    loop.close()
    # The mocks leave coroutines and loops behind; collected here, they trouble no other test.
    gc.collect()


def value_of(output: pulumi.Output[Any]) -> Any:
    found: list[Any] = []
    pulumi.runtime.test(lambda: output.apply(found.append))()  # type: ignore[no-untyped-call]  # the SDK has no types here
    return found[-1]


def test_keywords_and_the_class_of_arguments_declare_the_same(engine: Engine) -> None:
    first = DatabricksSourceConnection("one", **GIVEN)
    second = DatabricksSourceConnection("two", DatabricksSourceConnectionArgs(**{**GIVEN, "name": "other"}))
    for each in (first, second):
        value_of(each.id)

    registered = sorted(engine.registered, key=lambda args: args.name)
    properties = [{**args.inputs, "name": "", "owner": ""} for args in registered]
    assert properties[0] == properties[1]
    assert {args.typ for args in engine.registered} == {"pulumi-python:dynamic/adobe:DatabricksSourceConnection"}
    assert [args.inputs["owner"] for args in registered] == ["project/dev/one", "project/dev/two"]
    assert registered[0].inputs["clusterId"] == "0612-200003-abc123"


def test_outputs_are_attributes_under_the_programs_names(engine: Engine) -> None:
    connection = DatabricksSourceConnection("one", **GIVEN)

    assert value_of(connection.id) == "one-id"
    assert value_of(connection.etag) == '"1"'
    assert value_of(connection.created_at) == "now"
    assert value_of(connection.org_id) == "ORG"
    assert value_of(connection.cluster_id) == "0612-200003-abc123"
    assert value_of(connection.catalog) is None
    assert engine.registered


@pytest.mark.usefixtures("engine")
def test_arguments_that_were_not_given_are_outputs_too() -> None:
    """The SDK makes none of those that are seldom given, which costs time with each resource."""
    lake: Any = DatabricksSourceConnection("lake", **GIVEN, force_destroy=True)

    assert [value_of(lake.force_destroy), value_of(lake.adopt_id), value_of(lake.catalog)] == [True, None, None]
    with pytest.raises(AttributeError, match="clusterid"):
        _ = lake.clusterid


def test_the_access_token_is_a_secret_whether_it_is_wrapped_or_not(engine: Engine) -> None:
    for name, token in (("plain", "dapi-1"), ("wrapped", pulumi.Output.secret("dapi-1"))):
        connection = DatabricksSourceConnection(name, **{**GIVEN, "name": name, "access_token": token})

        async def is_secret(connection: DatabricksSourceConnection = connection) -> None:
            assert await connection.access_token.is_secret()

        pulumi.runtime.test(is_secret)()  # type: ignore[no-untyped-call]  # the same
    assert engine.registered


def test_properties_are_called_by_both_names_in_options(engine: Engine) -> None:
    connection = DatabricksSourceConnection("one", **GIVEN)

    assert connection.translate_input_property("cluster_id") == "clusterId"
    assert connection.translate_input_property("clusterId") == "clusterId"
    assert connection.translate_output_property("createdAt") == "created_at"
    assert connection.translate_input_property("__provider") == "__provider"
    assert engine is not None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"cluster_id": ""}, ["cluster_id must not be empty or blank"]),
        ({"name": None, "domain": "http://x.y", "database": 7}, ["name is missing", "domain must", "database must be"]),
        ({"clusterid": "x"}, ["clusterid is no argument (did you mean cluster_id?)"]),
        ({"zzz": "x"}, ["zzz is no argument (there are name, description"]),
        ({"auth_spec": "x"}, ["auth_spec is no argument"]),
        ({"access_token": "dapi-1\n"}, ["access_token begins or ends with a blank"]),
    ],
    ids=str,
)
def test_wrong_arguments_are_named_all_at_once_without_a_value(
    engine: Engine, changed: dict[str, Any], words: list[str]
) -> None:
    with pytest.raises(pulumi.RunError) as refused:
        DatabricksSourceConnection("one", **{**GIVEN, **changed})

    assert str(refused.value).startswith('DatabricksSourceConnection "one": ')
    assert all(word in str(refused.value) for word in words)
    assert "dapi" not in str(refused.value)
    assert engine.registered == [] or all(args.name != "one" for args in engine.registered)


def test_outputs_are_not_judged_before_they_are_known(engine: Engine) -> None:
    DatabricksSourceConnection("one", **{**GIVEN, "cluster_id": pulumi.Output.from_input("")})
    assert engine is not None


def test_a_second_of_the_same_name_is_refused_unless_it_is_elsewhere(engine: Engine) -> None:
    class Root(pulumi.ComponentResource):
        pass

    stack = Root("tests:Root", "root")
    settings.set_root_resource(stack)
    DatabricksSourceConnection("one", **GIVEN)
    with pytest.raises(pulumi.RunError, match='"one" declares the name "lake" already'):
        DatabricksSourceConnection("two", **GIVEN)
    DatabricksSourceConnection("three", pulumi.ResourceOptions(parent=stack), **GIVEN)
    DatabricksSourceConnection("four", opts=pulumi.ResourceOptions(id="known"), **GIVEN)
    assert engine is not None


@pytest.mark.parametrize(
    "args", [("one", "two"), ({"name": "x"},), (pulumi.ResourceOptions(), pulumi.ResourceOptions())]
)
def test_arguments_of_other_types_are_a_type_error(args: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match="DatabricksSourceConnectionArgs"):
        DatabricksSourceConnection("one", *args)


def test_arguments_print_without_the_token() -> None:
    assert "dapi" not in repr(DatabricksSourceConnectionArgs(**GIVEN))
