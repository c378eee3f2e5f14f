from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.runs.scene import RunsScene, runs_scene
from tests.emulator_process import EmulatorProcess


@pytest.fixture
def scene(emulator: EmulatorProcess) -> Iterator[RunsScene]:
    with runs_scene(emulator) as made:
        yield made
