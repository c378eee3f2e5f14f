"""Ctrl-C during a wait ends the update, loses nothing, and the next one continues; a kill leaves no plugin behind."""

from __future__ import annotations

import signal
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


def test_after_a_kill_of_the_engine_its_plugin_ends_in_seconds_and_sends_nothing_more(project: StackProject) -> None:
    project.emulator.fault("POST /connections", status=429, headers={"Retry-After": "4"}, times=9)
    project.declare(lake={})
    running = RunningUp(project)
    running.wait_until(lambda: any(request["status"] == 429 for request in project.emulator.journal()))

    running.send(signal.SIGKILL)
    _, outliving = running.wait_for_all(grace_seconds=15)

    assert outliving == []
    assert [request["method"] for request in project.emulator.journal() if request["status"] == 429] == ["POST"]
