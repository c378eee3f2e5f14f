"""The base class of all resources: arguments become inputs, secrets are marked, outputs become attributes."""

from __future__ import annotations

from typing import Any, ClassVar

import pulumi
import pytest
from pulumi.runtime import mocks

from pulumi_adobe import (
    BaseConnection,
    DatabricksSourceConnection,
    Dataflow,
    Schedule,
    SourceConnection,
    TargetConnection,
)
from tests.provider.resources.mock_engine import (
    DATABRICKS_ARGUMENTS,
    MockEngine,
    get_value,
    ignore_warnings_of_sdk,
    is_known,
    is_secret,
)

pytestmark = ignore_warnings_of_sdk


def declare(resource_name: str = "one", **changed_arguments: Any) -> DatabricksSourceConnection:
    return DatabricksSourceConnection(resource_name, **{**DATABRICKS_ARGUMENTS, **changed_arguments})


def test_inputs_have_the_names_of_the_state(mock_engine: MockEngine) -> None:
    get_value(declare().id)

    assert mock_engine.get_inputs("one")["clusterId"] == "0612-200003-abc123"
    assert "cluster_id" not in mock_engine.get_inputs("one")


def test_owner_is_project_stack_and_resource_name(mock_engine: MockEngine) -> None:
    get_value(declare().id)

    assert mock_engine.get_inputs("one")["owner"] == "project/dev/one"


@pytest.mark.usefixtures("mock_engine")
def test_outputs_are_attributes_under_the_names_of_the_program() -> None:
    connection = declare()

    assert get_value(connection.id) == "one-id"
    assert get_value(connection.etag) == '"1"'
    assert get_value(connection.created_at) == "now"
    assert get_value(connection.org_id) == "ORG"
    assert get_value(connection.cluster_id) == "0612-200003-abc123"
    assert get_value(connection.catalog) is None


@pytest.mark.usefixtures("mock_engine")
def test_arguments_that_are_not_given_are_empty_outputs() -> None:
    connection: Any = declare(force_destroy=True)

    assert get_value(connection.force_destroy) is True
    assert [get_value(connection.adopt_id), get_value(connection.catalog)] == [None, None]


@pytest.mark.usefixtures("mock_engine")
def test_other_attributes_do_not_exist() -> None:
    connection: Any = declare()

    with pytest.raises(AttributeError, match="clusterid"):
        _ = connection.clusterid


@pytest.mark.usefixtures("mock_engine")
@pytest.mark.parametrize("is_wrapped", [False, True], ids=["plain", "secret"])
def test_secret_argument_is_a_secret_output(*, is_wrapped: bool) -> None:
    token = pulumi.Output.secret("dapi-1") if is_wrapped else "dapi-1"

    assert is_secret(declare(access_token=token).access_token)


@pytest.mark.usefixtures("mock_engine")
def test_other_argument_is_no_secret_output() -> None:
    assert not is_secret(declare().cluster_id)


@pytest.mark.usefixtures("mock_engine")
def test_options_accept_the_names_of_the_program_and_of_the_state() -> None:
    connection = declare()

    assert connection.translate_input_property("cluster_id") == "clusterId"
    assert connection.translate_input_property("clusterId") == "clusterId"
    assert connection.translate_output_property("createdAt") == "created_at"
    assert connection.translate_input_property("__provider") == "__provider"


def test_wrong_arguments_are_refused_all_at_once_without_a_value(mock_engine: MockEngine) -> None:
    with pytest.raises(pulumi.RunError) as refusal:
        declare(name=None, domain="http://x.y", access_token="dapi-1\n")

    assert str(refusal.value).startswith('DatabricksSourceConnection "one": ')
    assert all(argument in str(refusal.value) for argument in ("name ", "domain ", "access_token "))
    assert "dapi" not in str(refusal.value)
    assert mock_engine.registered_resources == []


def test_outputs_are_not_validated_before_they_are_known(mock_engine: MockEngine) -> None:
    get_value(declare(cluster_id=pulumi.Output.from_input("")).id)

    assert [args.name for args in mock_engine.registered_resources] == ["one"]


def add_description(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
    return pulumi.ResourceTransformationResult({**args.props, "description": "added"}, args.opts)


AUTH = {"host": "h", "username": "u", "password": "planted-1"}


class ForeignValues(MockEngine):
    """An engine that knows a value of each optional output: of a state, a transform or a read."""

    VALUES: ClassVar = {"description": "theirs", "catalog": "main", "accessTokenExpiresAt": "2026-12-01"}

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        return id_, {**self.VALUES, **outputs}


@pytest.mark.usefixtures("mock_engine")
def test_an_output_has_the_value_that_a_transformation_added() -> None:
    connection = declare(opts=pulumi.ResourceOptions(transformations=[add_description]))

    assert get_value(connection.description) == "added"


@pytest.mark.parametrize("is_preview", [False, True], ids=["up", "preview"])
@pytest.mark.usefixtures("mock_engine")
def test_outputs_of_arguments_that_are_not_given_have_the_value_of_the_engine(*, is_preview: bool) -> None:
    pulumi.runtime.set_mocks(ForeignValues(), project="project", stack="dev", preview=is_preview)
    connection: Any = declare()

    for name, value in ForeignValues.VALUES.items():
        assert get_value(getattr(connection, connection.translate_output_property(name))) == value


@pytest.mark.usefixtures("mock_engine")
def test_a_preview_knows_that_an_argument_is_not_given(mock_engine: MockEngine) -> None:
    pulumi.runtime.set_mocks(mock_engine, project="project", stack="dev", preview=True)
    connection = declare()

    assert get_value(connection.catalog) is None
    assert [is_known(each) for each in (connection.catalog, connection.description)] == [True, True]
    assert not is_known(connection.created_by)


@pytest.mark.parametrize(
    ("resource", "arguments"),
    [
        (SourceConnection, {"base_connection": "id", "source": "snowflake", "table": "t"}),
        (TargetConnection, {"dataset_id": "6889f4f89b982b2b90bc1207"}),
        (Dataflow, {"source": "s", "target": "t", "mapping": {"a": "b"}, "schedule": Schedule.once()}),
        (BaseConnection, {"source": "mixpanel", "name": "x", "auth": AUTH}),
    ],
)
@pytest.mark.usefixtures("mock_engine")
def test_every_resource_has_the_outputs_that_it_declares(resource: Any, arguments: dict[str, Any]) -> None:
    pulumi.runtime.set_mocks(ForeignValues(), project="project", stack="dev")

    assert get_value(resource("one", **arguments).description) == "theirs"
