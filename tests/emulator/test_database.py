"""What outlives the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.emulator.adobe_client import AdobeClient, replace
from tests.emulator_process import EmulatorProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("end", [EmulatorProcess.stop, EmulatorProcess.kill])
def test_connections_tokens_and_the_journal_outlive_the_process(
    tmp_path: Path, end: Callable[[EmulatorProcess], object]
) -> None:
    with EmulatorProcess.start(tmp_path / "folder" / "e.sqlite") as emulator, AdobeClient(emulator.url) as adobe:
        made = adobe.create()
        before, kept, noted = adobe.read(made["id"]), emulator.connections(), emulator.journal()
        end(emulator)
        emulator.restart()
        assert emulator.journal() == noted
        assert (adobe.read(made["id"]), emulator.connections()) == (before, kept)
        assert adobe.patch(made["id"], made["etag"], replace("/auth/params/clusterId", "c-2")).status_code == 200
        assert emulator.connections()[0]["auth"]["params"] == {**kept[0]["auth"]["params"], "clusterId": "c-2"}


def test_switches_and_faults_do_not(tmp_path: Path) -> None:
    with EmulatorProcess.start(tmp_path / "e.sqlite") as emulator:
        emulator.switch(secrets="absent")
        emulator.fault("GET /connections", status=503)
        emulator.restart()
        assert emulator.control("GET", "switches")["secrets"] == "masked"
        assert emulator.control("GET", "faults") == []


def test_a_second_emulator_on_the_same_file_is_refused(emulator: EmulatorProcess) -> None:
    with pytest.raises(RuntimeError, match="does another emulator use it"):
        EmulatorProcess.start(emulator.data)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "e.sqlite").write_text("a text that is no database" * 100, encoding="utf-8")
    with pytest.raises(RuntimeError, match="cannot use the data file"):
        EmulatorProcess.start(tmp_path / "e.sqlite")
