"""Each safeguard, taken out, is missed by the test that docs/explanation/mutation.md names for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.safeguards import SAFEGUARDS, Safeguard
from tests.mutation.workspace import PACKAGE, ROOT

CODE = ROOT / "provider" / PACKAGE
TESTS = "tests/provider/lifecycle"
A_TEST_FAILED = 1


def test_docs_page_lists_every_safeguard() -> None:
    page = (ROOT / "docs" / "explanation" / "mutation.md").read_text(encoding="utf-8")
    rows = page.partition("| safeguard |")[2].partition("\n\n")[0].splitlines()[2:]

    assert rows == [each.row for each in SAFEGUARDS]


@pytest.mark.slow
@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=lambda each: each.name)
def test_removing_a_safeguard_makes_its_test_fail(tmp_path: Path, safeguard: Safeguard) -> None:
    shutil.copytree(CODE, tmp_path / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / PACKAGE / safeguard.file
    code = file.read_text(encoding="utf-8")
    assert code.count(safeguard.old) == 1
    file.write_text(code.replace(safeguard.old, safeguard.new), encoding="utf-8")

    # What the copy runs is nothing that coverage should measure, as it does all processes of a test run.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment["PYTHONPATH"] = os.pathsep.join((str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])))
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", f"{TESTS}/{safeguard.test}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)

    assert done.returncode == A_TEST_FAILED, done.stdout.decode()[-2000:]
