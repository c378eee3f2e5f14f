from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SLOW = """
import pathlib, signal, sys, time
def end(*_):
    time.sleep(1)
    pathlib.Path("ended").write_text("in order")
    sys.exit(7)
signal.signal(signal.SIGINT, end)
print("ready", flush=True)
time.sleep(60)
"""
RUN = """
import os, pathlib, sys
from engine.processes import run_in_foreground
sys.exit(run_in_foreground([sys.executable, "-c", sys.argv[1]], pathlib.Path.cwd(), os.environ))
"""


def test_ctrl_c_lets_the_program_end_and_its_exit_code_is_returned(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUN, SLOW],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        os.killpg(process.pid, signal.SIGINT)

        assert process.wait(timeout=30) == 7
    assert (tmp_path / "ended").read_text() == "in order"


COMMAND = """
import os, pathlib, sys
from engine.__main__ import Command, run_command
from engine.processes import run_in_foreground
from engine.project import locate_project
command = [sys.executable, "-c", sys.argv[1]]
run = Command(lambda _: run_in_foreground(command, pathlib.Path.cwd(), os.environ))
sys.exit(run_command(run, locate_project()))
"""


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signal_to_the_command_lets_its_program_end(number: int, exit_code: int, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, SLOW],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, number)
        # A closed terminal sends SIGHUP twice: the second signal must not hurry the program.
        os.kill(process.pid, number)

        _, errors = process.communicate(timeout=30)
    assert (process.returncode, "Interrupted" in errors) == (exit_code, True)
    assert (tmp_path / "ended").read_text() == "in order"
