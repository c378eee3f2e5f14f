"""Ctrl-C during a wait ends the update, loses nothing, and the next one continues."""

from __future__ import annotations

import time

from tests.stack.project import StackProject
from tests.stack.running import RunningUp


def test_interrupted_wait_ends_in_seconds_and_the_next_update_continues(project: StackProject) -> None:
    project.emulator.switch(initializing="60000ms")
    project.declare(lake={})
    running = RunningUp(project)
    running.wait_until(lambda: len(project.emulator.connections()) == 1)
    interrupted_at = time.monotonic()

    said = running.interrupt()

    assert time.monotonic() - interrupted_at < 15
    assert "cancelled" in said
    [connection] = project.emulator.connections()
    resource = project.resource("lake")
    assert resource["id"] == connection["id"]
    assert resource["initErrors"]

    project.emulator.turn_clock(60)
    project.up()

    assert [each["id"] for each in project.emulator.connections()] == [connection["id"]]
    assert not project.resource("lake").get("initErrors")
