"""Check and diff of the real plugin process, while all of its threads wait for Flow Service."""

from __future__ import annotations

import pytest

from tests.emulator_process import EmulatorProcess
from tests.plugin.conftest import StartPlugin
from tests.provider.lifecycle.world import build_inputs
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

THREADS = 4


def test_check_and_diff_do_not_wait_for_creates(start_plugin: StartPlugin, emulator: EmulatorProcess) -> None:
    plugin = start_plugin()
    id_, outputs = plugin.create(build_inputs())
    emulator.switch(initializing="60000ms")
    for number in range(THREADS):
        plugin.start_create(build_inputs(name=f"lake-{number}"))
    wait_until(lambda: len(emulator.connections()) == 1 + THREADS)

    inputs, problems = plugin.check(build_inputs(name="another"), timeout=5)
    diff = plugin.diff(id_, outputs, build_inputs(description="another"), timeout=5)

    assert (inputs["name"], problems) == ("another", [])
    assert diff.changes == diff.DIFF_SOME
    plugin.cancel(timeout=2)
