"""A plugin process whose engine is gone ends, and sends nothing more."""

from __future__ import annotations

import socket
import time

import pytest

from tests.emulator_process import EmulatorProcess
from tests.plugin.conftest import StartPlugin
from tests.provider.lifecycle.world import build_inputs
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

_LONGEST_SECONDS = 6


def test_plugin_ends_with_its_retries_when_its_engine_is_gone(
    start_plugin: StartPlugin, emulator: EmulatorProcess
) -> None:
    emulator.fault("POST /connections", status=429, headers={"Retry-After": "3"}, times=9)
    with socket.create_server(("127.0.0.1", 0)) as engine:
        plugin = start_plugin(engine=f"127.0.0.1:{engine.getsockname()[1]}")
        plugin.start_create(build_inputs())
        wait_until(lambda: any(request["status"] == 429 for request in emulator.journal()))

    plugin.wait(_LONGEST_SECONDS)

    assert [request["method"] for request in emulator.journal() if request["status"] == 429] == ["POST"]
    assert emulator.connections() == []


def test_plugin_runs_as_long_as_its_engine_listens(start_plugin: StartPlugin) -> None:
    with socket.create_server(("127.0.0.1", 0)) as engine:
        plugin = start_plugin(engine=f"127.0.0.1:{engine.getsockname()[1]}")
        plugin.check(build_inputs())
        time.sleep(3)

        assert plugin.create(build_inputs())[0]
