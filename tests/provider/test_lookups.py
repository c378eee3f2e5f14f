"""Look-ups in a program, against the emulator; Pulumi's own mocks play the engine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from pulumi.runtime.sync_await import _ensure_event_loop

from pulumi_adobe import (
    FlowService,
    connection_spec,
    describe_table,
    explore_tables,
    find_connection,
    flow_runs,
    landing_zone_credentials,
)
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG, World, build_inputs
from tests.provider.resources.flow_world import FlowWorld


class _Engine(pulumi.runtime.Mocks):
    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        return f"{args.name}-id", dict(args.inputs)

    def call(self, _args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], None]:
        return {}, None


@pytest.fixture
def program(emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ADOBE_ENDPOINT", "ADOBE_SANDBOX"):
        monkeypatch.delenv(name, raising=False)
    _loop()
    pulumi.runtime.set_mocks(_Engine(), project="lookups", stack="test", preview=False)
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


def _loop() -> asyncio.AbstractEventLoop:
    """That of the SDK; other tests may have closed it."""
    loop: asyncio.AbstractEventLoop = _ensure_event_loop()  # type: ignore[no-untyped-call]
    if loop.is_closed():
        asyncio.set_event_loop(asyncio.new_event_loop())
    return asyncio.get_event_loop()


def value(make: Callable[[], pulumi.Output[Any]]) -> Any:
    async def known() -> Any:
        return await make().future()

    return _loop().run_until_complete(known())


@pytest.mark.usefixtures("program")
def test_tables_and_columns_are_those_of_the_source(emulator: EmulatorProcess) -> None:
    base = World(emulator).start_process().lifecycle.create(build_inputs()).id

    assert value(lambda: explore_tables(base)) == ["acme.customers", "acme.orders", "acme.spring_campaign"]
    columns = value(lambda: describe_table(base, "acme.orders"))
    assert [column["name"] for column in columns] == ["order_id", "customer_id", "amount", "ordered_at"]
    with pytest.raises(pulumi.RunError, match=r"describe_table: .*no columns found"):
        value(lambda: describe_table(base, "nothing"))


@pytest.mark.usefixtures("program")
def test_a_connection_is_found_when_it_is_the_only_one(emulator: EmulatorProcess) -> None:
    world = World(emulator)
    base = world.start_process().lifecycle.create(build_inputs()).id

    assert value(lambda: find_connection("lake", source="databricks")) == base
    with pytest.raises(pulumi.RunError, match=r'0 connections are named "leke"; did you mean lake\?'):
        value(lambda: find_connection("leke"))
    world.start_process().service.create("connections", {**emulator_body(), "name": "lake"})
    with pytest.raises(pulumi.RunError, match='2 connections are named "lake": '):
        value(lambda: find_connection("lake"))
    with pytest.raises(pulumi.RunError, match=r"databrics is no source of the catalogue; did you mean databricks\?"):
        find_connection("lake", source="databrics")
    assert connection_spec("snowflake").title == "Snowflake"


def emulator_body() -> dict[str, Any]:
    from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS  # noqa: PLC0415 - of one test

    return dict(DATABRICKS.to_body(build_inputs()))


@pytest.mark.usefixtures("program")
def test_another_place_is_reached_by_its_provider(emulator: EmulatorProcess) -> None:
    World(emulator, {"sandbox": "prod"}).start_process().lifecycle.create(build_inputs())

    def found() -> pulumi.Output[str]:
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

    assert value(found) == emulator.connections()[0]["id"]
    with pytest.raises(pulumi.RunError, match="0 connections"):
        value(lambda: find_connection("lake"))


@pytest.mark.usefixtures("program")
def test_runs_come_last_first_with_what_went_wrong(emulator: EmulatorProcess) -> None:
    ways = FlowWorld(World(emulator))
    flow = ways.create_lifecycle().create(ways.build_dataflow_inputs()).id
    emulator.turn_clock(120)
    entity = ways.world.start_process().service.get("connections", ways.base_connection_id)
    expired: Any = [{"op": "replace", "path": "/auth/params/accessToken", "value": "expired"}]
    ways.world.start_process().service.update("connections", ways.base_connection_id, expired, entity["etag"])
    emulator.turn_clock(86400)

    last, first = value(lambda: flow_runs(flow))

    assert (first["status"], first["records_read"], first["records_written"]) == ("success", 5, 5)
    assert (last["status"], last["records_written"]) == ("failed", 0)
    assert last["errors"] == ["CONNECTOR-2001-500: the source refused the credentials of the base connection"]
    assert first["started_at"] < last["started_at"]


@pytest.mark.usefixtures("program")
def test_credentials_of_a_landing_zone_are_secret_and_warned_about(
    emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(pulumi.log, "warn", said.append)

    async def secret() -> bool:
        return await landing_zone_credentials().is_secret()

    found = value(landing_zone_credentials)
    assert _loop().run_until_complete(secret())
    assert found["sas_uri"].endswith(found["sas_token"])
    assert said == []
    value(lambda: landing_zone_credentials(warn_days=365))
    assert "dlz_databricks_source end on 20" in said[0]
    assert found["sas_token"] not in said[0]
    with pytest.raises(pulumi.RunError, match=r"landing_zone_credentials: .*type must be one of"):
        value(lambda: landing_zone_credentials("other"))
    assert emulator.journal()


@pytest.mark.usefixtures("program")
def test_settings_that_are_missing_are_named() -> None:
    pulumi.runtime.set_all_config({})

    with pytest.raises(pulumi.RunError, match="adobe:orgId"):
        value(lambda: find_connection("lake"))
