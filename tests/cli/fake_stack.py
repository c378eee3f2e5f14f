"""A stack whose Pulumi is `fake_pulumi`: it answers at once, and fails where it is told to."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from adobe_flow.pulumi_cli.stack import Stack


def create_fake_stack(folder: Path) -> Stack:
    """Return a stack without resources, of the project `project` in a folder below this one."""
    program = folder / "bin" / "pulumi"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).with_name("fake_pulumi.py")}" "$@"\n')
    program.chmod(0o755)
    project = folder / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("name: project\n")
    (project / "state.json").write_text('{"version": 3, "deployment": {"resources": []}}')
    return Stack(project, "dev", {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"})
