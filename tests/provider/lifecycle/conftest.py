"""One emulator for all of these tests, empty at the start of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World


@pytest.fixture(scope="session")
def lifecycle_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatorProcess]:
    with EmulatorProcess.start(tmp_path_factory.mktemp("emulator") / "lifecycle.sqlite") as process:
        yield process


@pytest.fixture
def world(lifecycle_emulator: EmulatorProcess) -> World:
    lifecycle_emulator.reset()
    return World(lifecycle_emulator)
