"""A client of Adobe's API, for the tests that speak it themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def adobe(emulator: EmulatorProcess) -> Iterator[AdobeClient]:
    with AdobeClient(emulator.url) as client:
        yield client
