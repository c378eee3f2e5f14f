"""Cancel, as the engine calls it after Ctrl-C, ends every wait of the real plugin process."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, status_pb2

from tests.emulator_process import EmulatorProcess
from tests.plugin.conftest import StartPlugin
from tests.plugin.plugin_process import get_call, get_message
from tests.provider.lifecycle.world import READ_ROUTE, build_inputs
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

WAITING_CREATES = 5
"""One more than the plugin has threads."""


def _read_partial_failure(error: grpc.RpcError) -> provider_pb2.ErrorResourceInitFailed:
    metadata: dict[str, Any] = dict(get_call(error).trailing_metadata())
    detail = provider_pb2.ErrorResourceInitFailed()
    assert status_pb2.Status.FromString(metadata["grpc-status-details-bin"]).details[0].Unpack(detail)
    return detail


def test_cancel_ends_the_waits_of_all_threads_and_each_create_keeps_its_id(
    start_plugin: StartPlugin, emulator: EmulatorProcess
) -> None:
    emulator.switch(initializing="60000ms")
    plugin = start_plugin()
    futures = [plugin.start_create(build_inputs(name=f"lake-{number}")) for number in range(WAITING_CREATES)]
    wait_until(lambda: len(emulator.connections()) >= WAITING_CREATES - 1)

    plugin.cancel(timeout=2)

    ids = {connection["id"] for connection in emulator.connections()}
    for future in futures[: WAITING_CREATES - 1]:
        with pytest.raises(grpc.RpcError) as error:
            future.result(timeout=3)
        assert _read_partial_failure(error.value).id in ids
        assert "cancelled" in get_message(error.value)


def test_cancel_ends_the_pause_before_a_retry(start_plugin: StartPlugin, emulator: EmulatorProcess) -> None:
    emulator.fault("POST /connections", status=429, headers={"Retry-After": "60"}, times=9)
    plugin = start_plugin()
    future = plugin.start_create(build_inputs())
    wait_until(lambda: any(request["status"] == 429 for request in emulator.journal()))

    plugin.cancel(timeout=2)

    with pytest.raises(grpc.RpcError) as error:
        future.result(timeout=3)
    assert "cancelled" in get_message(error.value)
    assert emulator.connections() == []


def test_cancel_ends_the_wait_for_the_rate_limit(start_plugin: StartPlugin, emulator: EmulatorProcess) -> None:
    plugin = start_plugin({"adobe:requestsPerSecond": "0.05"})
    future = plugin.start_create(build_inputs())
    wait_until(lambda: any(request["path"].endswith("/token/v3") for request in emulator.journal()))

    plugin.cancel(timeout=2)

    with pytest.raises(grpc.RpcError) as error:
        future.result(timeout=3)
    assert "cancelled" in get_message(error.value)


def test_create_waits_until_an_initializing_connection_is_enabled(
    start_plugin: StartPlugin, emulator: EmulatorProcess
) -> None:
    emulator.switch(initializing="1")

    id_, outputs = start_plugin().create(build_inputs())

    assert (emulator.connections()[0]["id"], outputs["state"]) == (id_, "enabled")


def test_cancelled_read_leaves_no_partial_failure(start_plugin: StartPlugin, emulator: EmulatorProcess) -> None:
    plugin = start_plugin()
    id_, outputs = plugin.create(build_inputs())
    emulator.fault(READ_ROUTE, status=503, times=9)
    plugin.cancel(timeout=2)

    with pytest.raises(grpc.RpcError, match="cancelled"):
        plugin.read(id_, outputs)
