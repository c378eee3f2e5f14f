"""The folder of the set-up can be taken away: nothing else knows it."""

from __future__ import annotations

import re
import subprocess

from tests.setup.fake_project import ROOT

KNOW_IT = ("engine/", "tests/setup/", "Makefile", ".ci/")
"""What belongs to the set-up."""
PROSE = (".md",)
_REFERENCE = re.compile(r"\bengine/|\b(?:from|import) engine\b")


def test_no_file_outside_the_set_up_refers_to_its_folder() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = [ROOT / name for name in listed.splitlines() if not name.startswith(KNOW_IT) and not name.endswith(PROSE)]

    refer = [
        str(file)
        for file in files
        if file.exists() and _REFERENCE.search(file.read_text(encoding="utf-8", errors="ignore"))
    ]

    assert refer == []
