"""One emulator for all of these tests, empty at the start of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def shared_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatorProcess]:
    with EmulatorProcess.start(tmp_path_factory.mktemp("emulator") / "shared.sqlite") as process:
        yield process


@pytest.fixture
def emulator(shared_emulator: EmulatorProcess) -> EmulatorProcess:
    shared_emulator.reset()
    return shared_emulator


@pytest.fixture
def adobe(emulator: EmulatorProcess) -> Iterator[AdobeClient]:
    with AdobeClient(emulator.url) as client:
        yield client
