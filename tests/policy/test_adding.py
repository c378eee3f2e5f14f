"""What a team adds is one small file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.policy.programs import PACK, read_new_rule

SCRIPT = """
from adobe_flow_policy.rules import RULES
from tests.policy.resources import connection, validate
(rule,) = [rule for rule in RULES if rule.name == "production-force-destroy"]
print(validate(rule, connection(stack="prod", forceDestroy=True)), validate(rule, connection(stack="prod")))
"""


@pytest.mark.slow
def test_example_file_on_the_docs_page_becomes_a_rule_of_the_pack(tmp_path: Path) -> None:
    pack = tmp_path / "policy"
    shutil.copytree(PACK, pack)
    (pack / "adobe_flow_policy" / "rules" / "production_force_destroy.py").write_text(read_new_rule(), "utf-8")

    process = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=PACK.parent,
        env={"PYTHONPATH": f"{pack}:{PACK.parent}"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert process.stdout == (
        "['forceDestroy: the option is set, so a deletion would also delete the dataflows. Remove force_destroy.'] []\n"
    )
