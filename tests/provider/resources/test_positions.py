"""What the state notes of the program: its lines, not those below it."""

from __future__ import annotations

import subprocess
import sys
import traceback
from pathlib import Path

from pulumi_adobe.resources.positions import noted_up_to_the_program

PROGRAM = """
import traceback
from pulumi_adobe.resources.positions import noted_up_to_the_program

def sdk(deep):
    return sdk(deep - 1) if deep else traceback.extract_stack()

def constructor():
    with noted_up_to_the_program():
        return sdk(5)

def declare():
    return constructor()

print([frame.name for frame in declare()])
"""


def test_the_program_is_noted_and_what_runs_it_is_not(tmp_path: Path) -> None:
    """The program runs as it does under a language host: by runpy, under some frames."""
    (tmp_path / "program.py").write_text(PROGRAM)
    run = "lambda n: run(n - 1) if n else runpy.run_path('program.py', run_name='__main__')"

    said = subprocess.run(
        [sys.executable, "-c", f"import runpy\nrun = {run}\nrun(20)"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert "'<module>', 'declare', 'constructor', 'sdk'" in said
    assert "lambda" not in said


def test_errors_are_shown_as_before() -> None:
    with noted_up_to_the_program():
        pass

    assert not hasattr(sys, "tracebacklimit")


def test_a_limit_of_the_program_is_kept() -> None:
    sys.tracebacklimit = 3
    try:
        with noted_up_to_the_program():
            pass
        assert len(traceback.extract_stack()) == 3
    finally:
        del sys.tracebacklimit
