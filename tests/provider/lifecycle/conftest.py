"""An empty sandbox for each test."""

from __future__ import annotations

import pytest

from pulumi_adobe.lifecycle.create import CreatedResource
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World


@pytest.fixture
def world(emulator: EmulatorProcess) -> World:
    return World(emulator)


@pytest.fixture
def created(world: World) -> CreatedResource:
    """The connection of `build_inputs`, created by this stack. The journal has no requests."""
    created = world.create()
    world.emulator.clear_journal()
    return created
