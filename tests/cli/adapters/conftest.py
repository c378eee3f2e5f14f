"""A stack whose state is a recorded one, of the dynamic or the native provider."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.malformed.conftest import MalformedWorld, open_world
from tests.emulator_process import EmulatorProcess


@pytest.fixture
def world(
    emulator: EmulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[MalformedWorld]:
    yield from open_world(emulator, tmp_path, monkeypatch, capsys)
