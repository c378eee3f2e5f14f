"""Record a state with the provider of this checkout: `python -m tests.stack.states 2026-11-native native`.

It needs `pulumi` on PATH (`eval "$(make -s env)"`). A recorded state stands for the states of users, so do not record
it anew because `tests/stack/test_recorded_states.py` fails: that test fails where an upgrade breaks users' stacks.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.emulator_process import EmulatorProcess
from tests.stack.states.recorded import PROGRAM, RecordedState, create_project


def main(name: str, program: str = PROGRAM) -> None:
    """Bring ``program`` up on an emulator of its own, and save the state and the entities under ``name``."""
    with (
        tempfile.TemporaryDirectory() as folder,
        EmulatorProcess.start(Path(folder) / "flow.sqlite") as emulator,
    ):
        project = create_project(Path(folder) / "project", emulator, program)
        project.up()
        RecordedState(name).save(project)


if __name__ == "__main__":
    main(*sys.argv[1:])
