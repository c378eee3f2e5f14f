from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from fleet_runner.fingerprint import build_message, is_up_to_date
from fleet_runner.sandboxes import Sandbox


@dataclass
class Update:
    kind: str = "update"
    result: str = "succeeded"
    message: str = "fleet 1"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("Pulumi.yaml", "__main__.py"):
        (tmp_path / name).write_text("x")
    return tmp_path


def test_fingerprint_depends_only_on_program_and_config(project: Path) -> None:
    sandbox = Sandbox("dev", {"a": "1", "b": "2"})
    before = build_message(project, sandbox)

    (project / "Pulumi.dev.yaml").write_text("encryptionsalt: made by the engine")
    assert build_message(project, Sandbox("dev", {"b": "2", "a": "1"})) == before
    assert build_message(project, Sandbox("dev", {"a": "1", "b": "3"})) != before
    (project / "__main__.py").write_text("y")
    assert build_message(project, sandbox) != before


@pytest.mark.parametrize(
    ("last", "is_so"),
    [
        (Update(), True),
        (None, False),
        (Update(message="fleet 2"), False),
        (Update(result="failed"), False),
        (Update(result="in-progress"), False),
        (Update(kind="destroy"), False),
        (Update(kind="refresh"), False),
    ],
)
def test_stack_is_up_to_date_only_after_a_complete_update_with_the_same_fingerprint_and_no_later_one(
    last: Update | None, is_so: object
) -> None:
    assert is_up_to_date(last, "fleet 1") is is_so
