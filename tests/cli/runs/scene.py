"""Dataflows with runs of every kind, made by hand in the sandbox of an emulator."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import Way
from tests.emulator_process import EmulatorProcess

DAY = 86_400
NO_SPARK_KEY = {"code": "CONNECTOR-1001-500", "detail": "Unable to access container using anonymous credentials."}


class RunsScene:
    """Makes dataflows, lets time go on, and tells what was sent."""

    def __init__(self, emulator: EmulatorProcess, way: Way) -> None:
        self.emulator = emulator
        self.way = way

    def recurring(self, name: str = "orders daily") -> str:
        """Make a dataflow that runs every day, from in a minute on; its id."""
        return self.way.made("/flows", self.way.flow(name=name))

    def once(self, name: str = "orders once") -> str:
        """Make a one-time dataflow, whose time does not come by itself in a test; its id."""
        flow = self.way.flow(name=name)
        plan = {"startTime": str(int(flow["scheduleParams"]["startTime"]) + 365 * DAY), "frequency": "once"}
        body = self.way.flow(name=name, scheduleParams=plan, transformations=flow["transformations"][1:])
        return self.way.made("/flows", body)

    def go_on(self, seconds: float = 120) -> None:
        """Let time go on by the emulator's clock; what is due runs."""
        self.emulator.turn_clock(seconds)

    def rule(self, **rule: Any) -> None:
        """Say how runs go from now on; without arguments well, and at once."""
        self.emulator.set_scenario(runs=[rule] if rule else [])

    def newest(self, flow: str) -> dict[str, Any]:
        """Return the newest run of a dataflow."""
        return self.way.runs(flow)[-1]

    @contextmanager
    def end_when_watched(self, run: str, seconds: float = 3600) -> Iterator[None]:
        """Let so much time go on once somebody has asked for the run by its id."""
        watcher = Thread(target=self._end_when_watched, args=(run, seconds), daemon=True)
        watcher.start()
        yield
        watcher.join()

    def _end_when_watched(self, run: str, seconds: float) -> None:
        deadline = time.monotonic() + 60
        while not any(each["path"].endswith(f"/runs/{run}") for each in self.emulator.journal()):
            if time.monotonic() > deadline:
                return
            time.sleep(0.05)
        self.go_on(seconds)

    def writes(self) -> list[str]:
        """Return what was sent that could change something, since the journal was cleared."""
        journal = self.emulator.journal()
        return [f"{each['method']} {each['path']}" for each in journal if each["effect"]]


@contextmanager
def runs_scene(emulator: EmulatorProcess) -> Iterator[RunsScene]:
    """Return a sandbox with a base, a source and a target connection, and no dataflow yet."""
    with AdobeClient(emulator.url) as adobe:
        yield RunsScene(emulator, Way(adobe))
