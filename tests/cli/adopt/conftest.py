"""A stack whose Pulumi is `fake_pulumi`: it answers at once, and fails where it is told to."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from adobe_flow.stack import Stack


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    program = tmp_path / "bin" / "pulumi"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).with_name("fake_pulumi.py")}" "$@"\n')
    program.chmod(0o755)
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: project\n")
    return Stack(folder, "dev", {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"})
