"""An emulator for all tests with the real engine, empty at the start of each, and projects on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.project import StackProject


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    folder = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(folder):
            item.add_marker(pytest.mark.engine)


@pytest.fixture(scope="session", autouse=True)
def _with_the_engine(engine: None) -> None:
    """Every test here needs it."""


@pytest.fixture
def project(tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    """This project's own program on a stack that declares nothing yet."""
    return StackProject(tmp_path / "project", emulator)


@pytest.fixture
def made(project: StackProject) -> StackProject:
    """The same, with the tutorial's connection declared and made, and the journal empty."""
    project.declare(lake={})
    project.up()
    project.emulator.clear_journal()
    return project
