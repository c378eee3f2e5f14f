"""Flow Service's connection test, and when its failure is an error."""

from __future__ import annotations

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConnectionTestFailed, PartialFailure
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.sources import connection_spec
from tests.provider.lifecycle.world import LAKE, TEST_ROUTE, World, build_inputs

LIKELY_CAUSES = ("access token", "cluster", "IP allow list", "SAS token")


@pytest.mark.parametrize("mode", ["auto", "warn"])
def test_a_failed_test_after_a_create_is_a_warning_with_the_likely_causes(world: World, mode: str) -> None:
    world.emulator.switch(test_result="false")
    process = world.start_process(Options(test=mode))

    created = process.lifecycle.create(build_inputs())

    (warning,) = process.messages
    assert warning.startswith(f"warning: {LAKE} ({created.id})")
    assert "test failed" in warning
    assert all(cause in warning for cause in LIKELY_CAUSES)
    assert world.get_connection()["id"] == created.id


@pytest.mark.parametrize("source", ["snowflake", "amazon-s3", "postgresql"])
def test_the_likely_causes_are_those_of_the_source(world: World, source: str) -> None:
    spec = connection_spec(source)
    auth_spec, parameters = next(iter(spec.auth_specs.items()))
    inputs = {
        "name": source,
        "owner": "project/dev/other",
        "authSpec": auth_spec,
        "connectionSpec": {"id": spec.id, "version": spec.version},
        **{f"params.{parameter.name}": "value" for parameter in parameters},
    }
    resource_type = get_resource_type("BaseConnection")
    world.emulator.switch(test_result="false")
    process = world.start_process(Options(test="warn"))

    schema = resource_type.schema.for_properties(inputs)
    Lifecycle(schema, resource_type.load_hooks(), process.context).create(inputs)

    (warning,) = process.messages
    assert "credentials" in warning
    assert not any(word in warning for word in ("Databricks", "cluster", "workspace", "SAS token"))


def test_a_failed_test_after_a_create_rolls_back_in_the_mode_fail(world: World) -> None:
    world.emulator.switch(test_result="false")

    with pytest.raises(ConnectionTestFailed) as error:
        world.create(Options(test="fail"))

    assert "deleted" in error.value.message.split("\n")[-1]
    assert world.list_connections() == []


def test_the_input_test_overrides_the_setting(world: World) -> None:
    world.emulator.switch(test_result="false")

    with pytest.raises(ConnectionTestFailed):
        world.create(Options(test="off"), test="fail")

    assert world.list_connections() == []


def test_the_mode_off_sends_no_test(world: World) -> None:
    world.create(Options(test="off"))

    assert world.count_requests("GET", "/test") == 0


def test_a_failed_test_after_an_update_is_an_error_with_the_likely_causes(
    world: World, created: CreatedResource
) -> None:
    world.emulator.switch(test_result="false")

    with pytest.raises(PartialFailure) as failure:
        world.start_process(Options(test="fail")).lifecycle.update(
            created.id, created.outputs, build_inputs(clusterId="x")
        )

    assert isinstance(failure.value.cause, ConnectionTestFailed)
    assert failure.value.message.startswith(f"{LAKE} ({created.id})")
    assert all(cause in failure.value.hint for cause in LIKELY_CAUSES)


@pytest.mark.parametrize("fault", [{"status": 503, "times": 10}, {"status": 403, "body": {"error_code": "403027"}}])
def test_a_test_that_could_not_be_run_is_a_warning_in_every_mode(world: World, fault: dict[str, object]) -> None:
    world.emulator.fault(TEST_ROUTE, **fault)
    process = world.start_process(Options(test="fail"))

    created = process.lifecycle.create(build_inputs())

    (warning,) = process.messages
    facts = (f"{LAKE} ({created.id})", "could not be tested", "/test", str(fault["status"]))
    assert warning.startswith("warning: ")
    assert all(fact in warning for fact in facts)
    assert world.get_connection()["id"] == created.id
