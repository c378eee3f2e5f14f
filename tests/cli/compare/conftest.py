"""Two sandboxes that people have filled by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.compare.pipelines import SandboxClient, open_sandbox
from tests.emulator_process import EmulatorProcess


@pytest.fixture
def dev(emulator: EmulatorProcess) -> Iterator[SandboxClient]:
    with open_sandbox(emulator.url, "dev") as sandbox:
        yield sandbox


@pytest.fixture
def stage(emulator: EmulatorProcess) -> Iterator[SandboxClient]:
    """Another sandbox, in which all ids are others."""
    with open_sandbox(emulator.url, "stage") as sandbox:
        sandbox.replace_dataset()
        yield sandbox
