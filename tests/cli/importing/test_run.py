"""Pulumi's import: after a backup, with a version that can do it; whatever fails, the way on is told."""

from __future__ import annotations

import json
import shlex
import stat
from pathlib import Path
from typing import Any

import pytest

from adobe_flow.importing.entries import write_import_file
from adobe_flow.importing.run import refresh_resources, require_import_support, run_import, write_backup
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.stack import Stack
from tests.cli.test_files import FULL, full_disk

ENTRIES = [{"type": "acme:Group", "name": name, "component": True} for name in ("a", "b", "c", "d")]


def fail(stack: Stack, command: str, said: str) -> None:
    (stack.folder / "fails.txt").write_text(f"{command} {said}")


def list_calls(stack: Stack) -> list[list[str]]:
    calls: list[list[str]] = json.loads((stack.folder / "calls.json").read_text("utf-8"))
    return calls


def list_backups(stack: Stack) -> list[Path]:
    return sorted((stack.folder / ".adobe-flow").glob("*.json"))


@pytest.mark.parametrize(
    ("version", "is_new_enough"), [("v3.254.0\n", True), ("v4.0.1", True), ("3.260.0-dev.1", True)]
)
def test_pulumi_version_that_can_import_states_is_accepted(stack: Stack, version: str, is_new_enough: object) -> None:
    assert is_new_enough
    (stack.folder / "version.txt").write_text(version)

    require_import_support(stack)


@pytest.mark.parametrize(("version", "named"), [("v3.253.1\n", "3.253.1"), ("v3.99.0", "3.99.0"), ("what?", "0")])
def test_older_pulumi_is_refused_with_the_required_version(stack: Stack, version: str, named: str) -> None:
    (stack.folder / "version.txt").write_text(version)

    with pytest.raises(Problem) as problem:
        require_import_support(stack)

    assert "needs Pulumi 3.254.0 or newer" in str(problem.value)
    assert f"this is {named}. Nothing was changed." in str(problem.value)


def test_import_generates_no_code_sets_no_protect_and_leaves_no_file(stack: Stack) -> None:
    run_import(stack, write_import_file(ENTRIES))

    ((command, *arguments),) = list_calls(stack)
    assert command == "import"
    assert {"--yes", "--skip-preview", "--generate-code=false", "--protect=false"} < set(arguments)
    assert not Path(arguments[arguments.index("--file") + 1]).exists()
    assert len(stack.list_resources()) == len(ENTRIES)


def test_partly_failed_import_is_reported_with_the_command_to_continue(stack: Stack) -> None:
    fail(stack, "import", "the backend went away")

    with pytest.raises(Problem) as problem:
        run_import(stack, write_import_file(ENTRIES))

    assert "the backend went away" in str(problem.value)
    assert "run this again: it goes on with the rest" in str(problem.value)
    assert len(stack.list_resources()) == len(ENTRIES) // 2


def test_locked_state_is_reported_with_the_command_that_unlocks_it(stack: Stack) -> None:
    fail(stack, "import", "the stack is currently locked by 1 lock(s)")

    with pytest.raises(Problem, match="pulumi cancel"):
        run_import(stack, write_import_file(ENTRIES))


def test_refresh_after_an_import_reads_only_imported_resources_and_returns_the_messages(stack: Stack) -> None:
    run_import(stack, write_import_file(ENTRIES[:1]))
    (imported,) = [each["urn"] for each in stack.list_resources()]

    changed, gone = refresh_resources(stack, [imported, "urn:2"])

    assert changed == "lake was changed"
    assert gone.startswith("warning: urn:2 was deleted")
    command, *arguments = next(call for call in list_calls(stack) if call[0] == "refresh")
    targets = [arguments[place + 1] for place, argument in enumerate(arguments) if argument == "--target"]
    assert (command, targets) == ("refresh", [imported, "urn:2"])


def test_failed_refresh_reports_the_content_of_the_state_and_the_next_step(stack: Stack) -> None:
    fail(stack, "refresh", "403 Forbidden")

    with pytest.raises(Problem) as problem:
        refresh_resources(stack, ["urn:1"])

    assert "403 Forbidden" in str(problem.value)
    assert "pulumi refresh, then pulumi up" in str(problem.value)


def test_backup_is_private_ignored_by_git_and_restored_by_a_command_for_any_folder(stack: Stack) -> None:
    before: Any = stack.export_state()

    backup, undo = write_backup(stack)

    assert [backup] == list_backups(stack)
    assert json.loads(backup.read_text("utf-8")) == before
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert (backup.parent / ".gitignore").read_text("utf-8") == "*\n"
    assert shlex.split(undo) == [
        *("pulumi", "-C", str(stack.folder), "stack", "import", "--stack", "dev", "--file", str(backup))
    ]


def test_restore_command_in_the_project_folder_is_short(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(stack.folder)

    backup, undo = write_backup(Stack(Path(), "dev", stack.environment))

    assert undo == f"pulumi stack import --stack dev --file {backup}"


def test_failed_backup_is_a_problem_and_leaves_no_partial_file(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    # The limit that stands for a full disk counts for files in memory too, which a full disk does not touch.
    monkeypatch.delattr("os.memfd_create", raising=False)
    state = {"deployment": {"resources": []}, "filler": "x" * 2 * FULL}
    (stack.folder / "state.json").write_text(json.dumps(state))
    stack.export_state()

    with full_disk(), pytest.raises(Problem, match="nothing was adopted"):
        write_backup(stack)

    assert list((stack.folder / ".adobe-flow").iterdir()) == []
