"""An empty sandbox for each test."""

from __future__ import annotations

import pytest

from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World


@pytest.fixture
def world(emulator: EmulatorProcess) -> World:
    return World(emulator)
