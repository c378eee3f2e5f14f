"""The console of the tests' emulator."""

from __future__ import annotations

import pytest

from tests.emulator.console.console_client import Console
from tests.emulator_process import EmulatorProcess


@pytest.fixture
def console(emulator: EmulatorProcess) -> Console:
    return Console(emulator)
