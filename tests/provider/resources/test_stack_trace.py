"""The stack trace in the state has the program's frames, and nothing outside the constructor is affected."""

from __future__ import annotations

import subprocess
import sys
import traceback
from pathlib import Path

from pulumi.runtime import resource as sdk_resource

from pulumi_adobe.resources.stack_trace import limit_stack_trace

PROGRAM = """
import asyncio

import pulumi
from pulumi.runtime import resource
from pulumi_adobe import DatabricksSourceConnection

asyncio.set_event_loop(asyncio.new_event_loop())  # as a language host does
trace = []

def register(*args, **kwargs):
    frames = resource._get_stack_trace().frames
    trace.extend(frame.pc.uri.rpartition("/")[2] + ":" + str(frame.pc.line) for frame in frames)
    raise SystemExit(0)

pulumi.resource.register_resource = register

def declare():
    DatabricksSourceConnection("lake", name="lake", domain="https://adb-1.azuredatabricks.net", cluster_id="c",
                               access_token="t-1234", database="d")

try:
    declare()
finally:
    print(trace)
"""


def test_only_frames_of_the_program_are_stored(tmp_path: Path) -> None:
    """The program runs as it does under a language host: by runpy, below other frames."""
    (tmp_path / "program.py").write_text(PROGRAM)
    program = str(tmp_path / "program.py")
    host = f"lambda depth: run(depth - 1) if depth else runpy.run_path({program!r}, run_name='__main__')"

    output = subprocess.run(
        [sys.executable, "-c", f"import runpy\nrun = {host}\nrun(20)"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    lines = PROGRAM.splitlines()
    declaration = next(number for number, line in enumerate(lines, 1) if 'Connection("lake"' in line)
    call = lines.index("    declare()") + 1
    assert f"'program.py:{declaration}', 'program.py:{call}']" in output
    assert output.count("program.py") == 2


def test_traceback_of_another_error_is_complete_inside_the_context() -> None:
    with limit_stack_trace():
        stack = traceback.extract_stack()

    assert len(stack) > 5
    assert not hasattr(sys, "tracebacklimit")


def test_sdk_function_is_unchanged_outside_the_context() -> None:
    def construct(depth: int) -> int:
        return construct(depth - 1) if depth else len(sdk_resource._get_stack_trace().frames)  # noqa: SLF001 - the SDK's

    class Constructor:
        def __init__(self, depth: int) -> None:
            self.frames: int = self.__class__(depth - 1).frames if depth else construct(0)

    assert Constructor(3).frames > 5
