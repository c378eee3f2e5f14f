from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

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


def test_ctrl_c_lets_the_program_end_in_order_and_its_exit_code_counts(tmp_path: Path) -> None:
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
