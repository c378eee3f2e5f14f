"""Look-ups in a program, against the emulator; Pulumi's own mocks are in the place of the engine."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from typing import Any, cast

import pulumi
import pytest

from pulumi_adobe import (
    DatabricksSourceConnection,
    FlowService,
    connection_spec,
    describe_table,
    explore_tables,
    find_connection,
    find_dataset,
    flow_runs,
    landing_zone_credentials,
)
from pulumi_adobe.resource_types.databricks import SCHEMA
from tests.emulator_process import EmulatorProcess
from tests.provider.flow_service.test_datasets import ORDERS, create_dataset
from tests.provider.lifecycle.world import ORG, World, build_inputs
from tests.provider.resources.flow_world import FlowWorld
from tests.provider.resources.mock_engine import DATABRICKS_ARGUMENTS

# The SDK and its mocks leave coroutines and an event loop behind; the fixture collects them where they disturb no test.
pytestmark = [
    pytest.mark.usefixtures("program"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class MockEngine(pulumi.runtime.Mocks):
    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        return f"{args.name}-id", dict(args.inputs)

    def call(self, _args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], None]:
        return {}, None


@pytest.fixture
def program(emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Configure this process as a program whose stack uses the emulator, with an event loop of its own."""
    for name in ("ADOBE_ENDPOINT", "ADOBE_SANDBOX"):
        monkeypatch.delenv(name, raising=False)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    pulumi.runtime.set_mocks(MockEngine(), project="lookups", stack="test", preview=False)
    pulumi.runtime.set_all_config(
        {
            "adobe:endpoint": emulator.url,
            "adobe:imsEndpoint": emulator.url,
            "adobe:orgId": ORG,
            "adobe:sandbox": "dev",
            "adobe:clientId": "emulator-client-id",
            "adobe:clientSecret": "emulator-client-secret",
        }
    )
    yield
    pulumi.runtime.settings.reset_options()
    asyncio.set_event_loop(None)
    # Look-ups run in threads of the loop; a closed loop and collected coroutines disturb no other test.
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()
    gc.collect()
    # The next collection looks at newer objects only: one of everything takes half a second.
    gc.freeze()


def get_value(look_up: Callable[[], pulumi.Output[Any]]) -> Any:
    """Call a look-up inside the event loop, and wait for its value."""

    async def wait_for_value() -> Any:
        return await look_up().future()

    return asyncio.get_event_loop().run_until_complete(wait_for_value())


@pytest.fixture
def base_id(emulator: EmulatorProcess) -> str:
    """Return the id of a base connection named `lake`."""
    return World(emulator).start_process().lifecycle.create(build_inputs()).id


def test_explore_tables_returns_the_paths_of_the_source(base_id: str) -> None:
    tables = get_value(lambda: explore_tables(base_id))

    assert tables == ["acme.customers", "acme.orders", "acme.spring_campaign"]


def test_describe_table_returns_the_columns_of_the_table(base_id: str) -> None:
    columns = get_value(lambda: describe_table(base_id, "acme.orders"))

    assert [column["name"] for column in columns] == ["order_id", "customer_id", "amount", "ordered_at"]


def test_error_of_a_look_up_names_the_look_up(base_id: str) -> None:
    with pytest.raises(pulumi.RunError, match=r"^describe_table: .*nothing"):
        get_value(lambda: describe_table(base_id, "nothing"))


def test_find_connection_returns_the_id_of_the_only_match(base_id: str) -> None:
    assert get_value(lambda: find_connection("lake")) == base_id
    assert get_value(lambda: find_connection("lake", source="databricks")) == base_id


@pytest.mark.usefixtures("base_id")
def test_connection_that_does_not_exist_is_named_with_the_nearest_one() -> None:
    with pytest.raises(pulumi.RunError, match=r'^find_connection: 0 .*"leke".*did you mean lake\?'):
        get_value(lambda: find_connection("leke"))


def test_several_connections_of_one_name_are_an_error_with_their_ids(emulator: EmulatorProcess, base_id: str) -> None:
    duplicate = World(emulator).start_process().service.create("connections", SCHEMA.to_body(build_inputs()))

    with pytest.raises(pulumi.RunError, match=r'^find_connection: 2 .*"lake"') as error:
        get_value(lambda: find_connection("lake"))
    assert base_id in str(error.value)
    assert str(duplicate.id) in str(error.value)


def test_unknown_source_is_named_with_the_nearest_one() -> None:
    with pytest.raises(pulumi.RunError, match=r"databrics \(did you mean databricks\?\)"):
        find_connection("lake", source=cast("Any", "databrics"))


def test_connection_spec_is_the_entry_of_the_catalogue_and_sends_nothing(emulator: EmulatorProcess) -> None:
    assert connection_spec("snowflake").title == "Snowflake"
    assert emulator.journal() == []


def test_look_up_in_another_sandbox_uses_its_provider(emulator: EmulatorProcess) -> None:
    World(emulator, {"sandbox": "prod"}).start_process().lifecycle.create(build_inputs())

    def find_in_prod() -> pulumi.Output[str]:
        provider = FlowService(
            "prod",
            org_id=ORG,
            sandbox="prod",
            endpoint=emulator.url,
            ims_endpoint=emulator.url,
            client_id="emulator-client-id",
            client_secret="emulator-client-secret",
        )
        return find_connection("lake", provider=provider)

    assert get_value(find_in_prod) == emulator.connections()[0]["id"]
    with pytest.raises(pulumi.RunError, match="find_connection: 0 "):
        get_value(lambda: find_connection("lake"))


def test_find_dataset_returns_the_id_in_the_sandbox_of_its_provider(emulator: EmulatorProcess) -> None:
    in_prod = create_dataset(emulator, "Invoices", sandbox="prod")

    assert get_value(lambda: find_dataset("ACME orders")) == ORDERS
    assert get_value(lambda: find_dataset("Invoices", provider=_build_provider(emulator, "prod"))) == in_prod
    with pytest.raises(pulumi.RunError, match=r'^find_dataset: the sandbox dev has no dataset "Invoices"'):
        get_value(lambda: find_dataset("Invoices"))


def test_dataset_that_does_not_exist_is_named_with_the_nearest_one() -> None:
    with pytest.raises(pulumi.RunError, match=r'"ACME order" \(did you mean ACME orders\?\)'):
        get_value(lambda: find_dataset("ACME order"))


def test_several_datasets_of_one_name_are_an_error_with_their_ids(emulator: EmulatorProcess) -> None:
    duplicate = create_dataset(emulator, "ACME orders")

    with pytest.raises(pulumi.RunError, match=r'^find_dataset: .* 2 datasets "ACME orders"') as error:
        get_value(lambda: find_dataset("ACME orders"))
    assert ORDERS in str(error.value)
    assert duplicate in str(error.value)


def _build_provider(emulator: EmulatorProcess, sandbox: str, name: str = "elsewhere") -> FlowService:
    return FlowService(
        name,
        org_id=ORG,
        sandbox=sandbox,
        endpoint=emulator.url,
        ims_endpoint=emulator.url,
        client_id="emulator-client-id",
        client_secret="emulator-client-secret",
    )


@pytest.mark.parametrize("place", ["of the resource", "of its component", "of its parent"])
@pytest.mark.parametrize("look_up", [explore_tables, lambda base, **more: describe_table(base, "acme.orders", **more)])
def test_look_up_of_a_resource_follows_its_provider_and_an_explicit_one_wins(
    emulator: EmulatorProcess, look_up: Callable[..., pulumi.Output[Any]], place: str
) -> None:
    def look_up_in_prod(**more: Any) -> pulumi.Output[Any]:
        provider = _build_provider(emulator, "prod")
        options = {
            "of the resource": lambda: pulumi.ResourceOptions(provider=provider),
            "of its component": lambda: pulumi.ResourceOptions(
                parent=pulumi.ComponentResource("tests:index:Group", "group", {}, _with_providers(provider))
            ),
            "of its parent": lambda: pulumi.ResourceOptions(
                parent=DatabricksSourceConnection(
                    "parent", **DATABRICKS_ARGUMENTS, opts=pulumi.ResourceOptions(provider=provider)
                )
            ),
        }[place]()
        connection = DatabricksSourceConnection("lake", **{**DATABRICKS_ARGUMENTS, "name": "other"}, opts=options)
        return look_up(connection, **more)

    with pytest.raises(pulumi.RunError):
        get_value(look_up_in_prod)
    assert _sandboxes_of_look_ups(emulator) == {"prod"}

    emulator.clear_journal()
    with pytest.raises(pulumi.RunError):
        get_value(lambda: look_up_in_prod(provider=_build_provider(emulator, "stage", "third")))
    assert _sandboxes_of_look_ups(emulator) == {"stage"}


def _with_providers(provider: FlowService) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions(providers=[provider])


def _sandboxes_of_look_ups(emulator: EmulatorProcess) -> set[str]:
    explored = [request for request in emulator.journal() if request["path"].endswith("/explore")]
    return {request["headers"]["x-sandbox-name"] for request in explored}


def test_limit_of_flow_runs_must_be_positive() -> None:
    with pytest.raises(pulumi.RunError, match="limit"):
        flow_runs("some-id", limit=0)


def test_flow_runs_are_the_newest_first_with_their_errors(emulator: EmulatorProcess) -> None:
    flow_world = FlowWorld(World(emulator))
    dataflow_id = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs()).id
    emulator.turn_clock(120)
    _expire_token(flow_world)
    emulator.turn_clock(86400)

    last_run, first_run = get_value(lambda: flow_runs(dataflow_id))

    assert (first_run["status"], first_run["records_read"], first_run["records_written"]) == ("success", 5, 5)
    assert (last_run["status"], last_run["records_written"]) == ("failed", 0)
    (error,) = last_run["errors"]
    assert error.startswith("CONNECTOR-2001-500: ")
    assert first_run["started_at"] < last_run["started_at"]


def _expire_token(flow_world: FlowWorld) -> None:
    service, base_id = flow_world.world.start_process().service, flow_world.base_connection_id
    operations: list[Any] = [{"op": "replace", "path": "/auth/params/accessToken", "value": "expired"}]
    service.update("connections", base_id, operations, service.get("connections", base_id)["etag"])


def test_landing_zone_credentials_are_secret() -> None:
    async def is_secret() -> bool:
        return await landing_zone_credentials().is_secret()

    credentials = get_value(landing_zone_credentials)

    assert asyncio.get_event_loop().run_until_complete(is_secret())
    assert credentials["sas_uri"].endswith(credentials["sas_token"])


def test_warning_before_the_expiry_of_a_landing_zone_has_no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    warnings: list[str] = []
    monkeypatch.setattr(pulumi.log, "warn", warnings.append)

    credentials = get_value(landing_zone_credentials)
    (deprecation,) = warnings
    assert "LandingZoneCredentials" in deprecation
    get_value(lambda: landing_zone_credentials(warn_days=365))

    (_, _, warning) = warnings
    assert "dlz_databricks_source" in warning
    assert credentials["expiry_date"] in warning
    assert credentials["sas_token"] not in warning


def test_unknown_type_of_landing_zone_is_an_error() -> None:
    with pytest.raises(pulumi.RunError, match=r"^landing_zone_credentials: .*type"):
        get_value(lambda: landing_zone_credentials("other"))


def test_missing_settings_are_named() -> None:
    pulumi.runtime.set_all_config({})

    with pytest.raises(pulumi.RunError, match="adobe:orgId"):
        get_value(lambda: find_connection("lake"))
