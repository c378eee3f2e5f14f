"""Two stacks that create a connection of one name at the same time, with the real engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.emulator_process import EmulatorProcess
from tests.stack.project import StackProject
from tests.waiting import wait_until


def test_concurrent_stacks_are_warned_of_the_second_connection_and_nothing_is_deleted(
    tmp_path: Path, emulator: EmulatorProcess
) -> None:
    slow, quick = (StackProject(tmp_path / name, emulator) for name in ("slow", "quick"))
    for stack in (slow, quick):
        stack.declare(lake={})
    # The POST of the slow one waits until the quick one has listed, posted and read what it created.
    emulator.fault("POST /connections", delayMs=12_000)
    with ThreadPoolExecutor(1) as threads:
        slow_up = threads.submit(slow.up)
        wait_until(emulator.has_met_all_faults, seconds=60)
        quick_text = quick.up().text
        slow_text = slow_up.result().text

    first, second = (stack.resource("lake")["id"] for stack in (quick, slow))
    assert {connection["id"] for connection in emulator.connections()} == {first, second}
    assert "exists 2 times" not in quick_text
    for text, own_id in ((slow_text, second), (quick.refresh().text, first)):
        assert f"This stack holds {own_id}" in text
        assert text.index(f"first: {first}") < text.index(f"second: {second}")
