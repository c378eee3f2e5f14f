"""A sandbox that has a base connection, a source connection and a target connection."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World
from tests.provider.resources.flow_world import FlowWorld


@pytest.fixture(scope="session")
def original_flow_world(shared_emulator: EmulatorProcess) -> tuple[FlowWorld, dict[str, list[dict[str, Any]]]]:
    """The world that the first test creates, and all its entities, which the other tests load."""
    shared_emulator.reset()
    flow_world = FlowWorld(World(shared_emulator))
    return flow_world, {**shared_emulator.entities(), "connections": shared_emulator.connections()}


@pytest.fixture
def flow_world(
    original_flow_world: tuple[FlowWorld, dict[str, list[dict[str, Any]]]], emulator: EmulatorProcess
) -> FlowWorld:
    return FlowWorld.restore(World(emulator), *original_flow_world)
