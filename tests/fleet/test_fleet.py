"""`python -m fleet_runner rehearse`, with the real engine, as `make fleet` runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import wait_until

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine")]
EXAMPLE = Path(__file__).parents[2] / "examples" / "fleet"
_SECONDS = 150


def rehearse(folder: Path, *options: str) -> subprocess.Popen[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ADOBE_", "PULUMI"))}
    command = [sys.executable, "-m", "fleet_runner", "rehearse", "--folder", str(folder), *options]
    return subprocess.Popen(
        command,
        cwd=EXAMPLE,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def read_output(process: subprocess.Popen[str]) -> str:
    return process.communicate(timeout=_SECONDS)[0]


def test_failed_stack_does_not_stop_the_others_and_the_next_run_updates_only_the_rest(tmp_path: Path) -> None:
    first = rehearse(tmp_path, "--stacks", "3", "--fail", "sandbox-2")
    output = read_output(first)

    assert first.returncode == 1, output
    assert "sandbox-1: done, 1 changed" in output
    assert "sandbox-3: done, 1 changed" in output
    assert "sandbox-2: failed, 0 changed" in output
    assert "Sandbox not found with name = [sandbox-2]" in output
    assert "2 done, 1 failed; 2 connections changed" in output
    assert "3 tokens" in output

    second = rehearse(tmp_path, "--stacks", "3")
    output = read_output(second)

    assert second.returncode == 0, output
    assert "sandbox-2: done, 1 changed" in output
    assert "1 done, 2 up to date; 1 connections changed" in output
    assert "1 POST connections, 1 tokens" in output


def test_ctrl_c_lets_running_stacks_end_and_starts_no_more(tmp_path: Path) -> None:
    """The terminal sends the signal to the engines too; no lock, no emulator and no half-made stack is left."""
    process = rehearse(tmp_path, "--stacks", "3", "--at-once", "1", "--latency-ms", "700")
    locks = tmp_path / "state" / ".pulumi" / "locks"
    wait_until(lambda: list(locks.rglob("*.json")), _SECONDS)

    os.killpg(process.pid, signal.SIGINT)
    output = read_output(process)

    assert process.returncode == 130, output
    assert "2 waiting" in output
    assert "The same command goes on from here." in output
    assert "Traceback" not in output
    assert list(locks.rglob("*.json")) == []
