"""The state takes what is adopted in one step; whatever fails, it is as it was, or the way back is told."""

from __future__ import annotations

import json
import os
import shlex
import signal
import stat
from pathlib import Path
from typing import Any

import pytest

from adobe_flow.adopting.exchange import put_back, take_over
from adobe_flow.problem import Problem
from adobe_flow.stack import Stack
from tests.cli.test_files import FULL, full_disk

BEFORE = {"version": 3, "deployment": {"resources": [{"urn": "urn:1"}, {"urn": "urn:2"}, {"urn": "urn:3"}]}}
GAINED = [{"urn": "urn:4"}, {"urn": "urn:5"}, {"urn": "urn:6"}]


@pytest.fixture(autouse=True)
def state(stack: Stack) -> None:
    (stack.folder / "state.json").write_text(json.dumps(BEFORE))


def fails(stack: Stack, *plan: str) -> Stack:
    (stack.folder / "plan.txt").write_text("\n".join(plan))
    return stack


def urns(stack: Stack) -> list[Any]:
    return [each["urn"] for each in stack.resources()]


def backups(stack: Stack) -> list[Path]:
    return sorted((stack.folder / ".adobe-flow").glob("*.json"))


def refused(stack: Stack) -> str:
    with pytest.raises(Problem) as problem:
        take_over(stack, BEFORE, GAINED)
    return str(problem.value)


def test_the_state_gains_the_resources_and_a_private_backup_is_kept_out_of_git(stack: Stack) -> None:
    backup = take_over(fails(stack, "ok"), BEFORE, GAINED)

    assert urns(stack) == [f"urn:{number}" for number in range(1, 7)]
    assert json.loads(backup.read_text("utf-8")) == BEFORE
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert (backup.parent / ".gitignore").read_text("utf-8") == "*\n"


def test_without_room_for_the_backup_nothing_is_changed_and_no_part_of_it_stays(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The limit that stands for a full disk counts for files in memory too, which a full disk does not touch.
    monkeypatch.delattr("os.memfd_create", raising=False)
    big = {**BEFORE, "filler": "x" * 2 * FULL}
    (stack.folder / "state.json").write_text(json.dumps(big))

    with full_disk(), pytest.raises(Problem, match="nothing was adopted"):
        take_over(fails(stack, "ok"), big, GAINED)

    assert len(urns(stack)) == 3
    assert list((stack.folder / ".adobe-flow").iterdir()) == []


def test_the_way_back_can_be_typed_anywhere(tmp_path: Path) -> None:
    beside, here = Stack(tmp_path / "my project", "dev", {}), Stack(Path(), "dev", {})
    file = beside.folder / ".adobe-flow" / "one.json"

    assert shlex.split(put_back(beside, file)) == [
        *("pulumi", "-C", str(beside.folder), "stack", "import", "--stack", "dev", "--file", str(file))
    ]
    assert put_back(here, Path(".adobe-flow/one.json")).endswith("--file .adobe-flow/one.json")


def test_a_state_that_has_changed_meanwhile_is_not_touched(stack: Stack) -> None:
    (stack.folder / "state.json").write_text(json.dumps({"deployment": {"resources": [{"urn": "urn:new"}]}}))

    assert "has changed while the adoption was worked out" in refused(fails(stack))
    assert urns(stack) == ["urn:new"]
    assert backups(stack) == []


def test_a_locked_state_is_told_and_as_it_was(stack: Stack) -> None:
    text = refused(fails(stack, "refuse"))

    assert "currently locked" in text
    assert "Nothing was changed." in text
    assert "pulumi cancel" in text
    assert json.loads((stack.folder / "state.json").read_text("utf-8")) == BEFORE
    assert backups(stack) == []


@pytest.mark.parametrize("how", ["tear", "lose"])
def test_after_a_torn_import_the_backup_is_put_back(stack: Stack, how: str) -> None:
    text = refused(fails(stack, how, "ok"))

    assert "The backup was put back" in text
    assert json.loads((stack.folder / "state.json").read_text("utf-8")) == BEFORE


def test_where_that_fails_too_the_command_that_does_it_is_told(stack: Stack) -> None:
    text = refused(fails(stack, "tear", "refuse"))

    (backup,) = backups(stack)
    assert put_back(stack, backup) in text
    assert json.loads(backup.read_text("utf-8")) == BEFORE


def test_an_interruption_waits_until_the_state_is_whole_and_tells_the_way_back(
    stack: Stack, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "bin" / "pulumi"
    text = script.read_text("utf-8").replace("exec", f"case $* in *import*) kill -INT {os.getpid()};; esac\nexec")
    script.write_text(text)

    with pytest.raises(KeyboardInterrupt):
        take_over(fails(stack, "ok"), BEFORE, GAINED)

    assert len(urns(stack)) == 6
    (backup,) = backups(stack)
    assert f"The state of dev has them already. To go back: {put_back(stack, backup)}" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
