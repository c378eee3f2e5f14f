"""SIGTERM, SIGHUP and SIGKILL while Pulumi is at work: Pulumi ends in order, and no private folder stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.waiting import wait_until

pytestmark = pytest.mark.slow

_PULUMI = """
import os, signal, sys, time
from pathlib import Path
seen = Path(os.environ["SEEN"])
def receive(number, frame):
    with seen.open("a") as file:
        file.write(f"{signal.Signals(number).name}\\n")
    if os.environ["END_AT"] == str(len(seen.read_text().split())):
        print("cancelled", flush=True)
        sys.exit(1)
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, receive)
seen.with_name("begun").touch()
while not seen.with_name("go-on").exists():
    time.sleep(0.02)
print("x" * 200_000, flush=True)
seen.with_name("finished").touch()
"""


class Command:
    """`adobe-flow report` in a process of its own, whose Pulumi waits for the file `go-on`."""

    def __init__(self, folder: Path, *, end_at: int = 1, prefix: Sequence[str] = ()) -> None:
        self.folder, self.scratch = folder, folder / "scratch"
        program = folder / "bin" / "pulumi"
        for needed in (program.parent, self.scratch):
            needed.mkdir()
        program.write_text(f"#!{sys.executable}\n{_PULUMI}")
        program.chmod(0o755)
        (folder / "Pulumi.yaml").touch()
        self._env = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "TMPDIR": str(self.scratch)}
        self._env |= {"SEEN": str(folder / "seen"), "END_AT": str(end_at)}
        self.process = self.start("report", "--stack", "dev", "--cwd", str(folder), prefix=prefix)
        wait_until((folder / "begun").exists)

    def start(self, *arguments: str, prefix: Sequence[str] = ()) -> subprocess.Popen[str]:
        command = [*prefix, sys.executable, "-m", "adobe_flow", *arguments]
        return subprocess.Popen(command, env=self._env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def send(self, *numbers: int) -> None:
        for number in numbers:
            self.process.send_signal(number)

    def end(self) -> tuple[int, str]:
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said

    def has_received_more_than(self, count: int) -> bool:
        return len(self.received()) > count

    def received(self) -> list[str]:
        seen = self.folder / "seen"
        return seen.read_text().split() if seen.exists() else []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signal_interrupts_pulumi_waits_for_it_and_removes_the_folder(tmp_path: Path, number: signal.Signals) -> None:
    command = Command(tmp_path)

    command.send(number)
    exit_code, said = command.end()

    assert (exit_code, command.received()) == (128 + number, ["SIGINT"])
    assert "Traceback" not in said
    assert list(command.scratch.iterdir()) == []


def test_closed_terminal_that_sends_two_signals_does_not_kill_pulumi(tmp_path: Path) -> None:
    command = Command(tmp_path, end_at=9)

    command.send(signal.SIGHUP)
    wait_until(command.received)
    command.send(signal.SIGHUP, signal.SIGTERM)
    (tmp_path / "go-on").touch()

    assert command.end()[0] == 128 + signal.SIGHUP
    assert command.received() == ["SIGINT"]
    assert (tmp_path / "finished").exists()


def test_each_further_ctrl_c_stops_pulumi_harder(tmp_path: Path) -> None:
    command = Command(tmp_path, end_at=3)

    for _ in range(3):
        received = len(command.received())
        command.send(signal.SIGINT)
        wait_until(partial(command.has_received_more_than, received))

    assert command.end()[0] == 130
    assert command.received() == ["SIGINT", "SIGINT", "SIGTERM"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Pulumi's output is a pipe")
def test_killed_command_lets_pulumi_finish_and_the_next_start_removes_its_folder(tmp_path: Path) -> None:
    command = Command(tmp_path)

    command.send(signal.SIGKILL)
    command.end()
    command.start("schema", "list").communicate(timeout=60)
    kept = list(command.scratch.iterdir())
    (tmp_path / "go-on").touch()
    wait_until((tmp_path / "finished").exists)

    def is_removed() -> bool:
        command.start("schema", "list").communicate(timeout=60)
        return not list(command.scratch.iterdir())

    assert kept
    wait_until(is_removed)
    assert command.received() == []


def test_ignored_signal_stays_ignored(tmp_path: Path) -> None:
    command = Command(tmp_path, prefix=("nohup",))

    command.send(signal.SIGHUP)
    (tmp_path / "go-on").touch()

    assert command.end()[0] == 3
    assert command.received() == []
