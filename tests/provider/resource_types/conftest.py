"""A sandbox that has a base connection, a source connection and a target connection."""

from __future__ import annotations

import pytest

from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World
from tests.provider.resources.flow_world import FlowWorld


@pytest.fixture
def flow_world(emulator: EmulatorProcess) -> FlowWorld:
    return FlowWorld(World(emulator))
