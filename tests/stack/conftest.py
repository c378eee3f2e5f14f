"""An emulator for all tests with the real engine, empty at the start of each, and projects on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import create_connections_project
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
def adapter() -> str:
    """The adapter of the test's projects; `ON_BOTH_ADAPTERS` runs a test on each."""
    return "dynamic"


@pytest.fixture
def project(tmp_path: Path, emulator: EmulatorProcess, adapter: str) -> StackProject:
    """A program that declares the connections of the stack's config, on a stack that declares nothing yet."""
    return create_connections_project(tmp_path / "project", emulator, adapter)


@pytest.fixture
def made(project: StackProject) -> StackProject:
    """The same, with the tutorial's connection declared and made, and the journal empty."""
    project.declare(lake={})
    project.up()
    project.emulator.clear_journal()
    return project
