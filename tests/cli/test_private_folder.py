"""Private folders: what a killed process left is removed by the next start, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from adobe_flow.private_folder import create_private_folder, get_held_locks, remove_abandoned_folders


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def leave_folder(scratch: Path) -> Path:
    """Have a process create a folder and die in it as by `kill -9`."""
    code = (
        "import os\nfrom adobe_flow.private_folder import create_private_folder\n"
        "with create_private_folder() as folder:\n    (folder / 'state').write_text('{}')\n    os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(scratch)}, check=False)
    [folder] = scratch.iterdir()
    return folder


def test_private_folder_is_readable_only_by_the_user_and_removed_at_the_end(scratch: Path) -> None:
    with create_private_folder() as folder:
        assert folder.parent == scratch
        assert folder.stat().st_mode & 0o777 == 0o700

    assert list(scratch.iterdir()) == []


def test_private_folder_of_a_dead_process_is_removed(scratch: Path) -> None:
    leave_folder(scratch)

    remove_abandoned_folders()

    assert list(scratch.iterdir()) == []


def test_private_folder_of_a_living_process_is_kept() -> None:
    with create_private_folder() as folder:
        remove_abandoned_folders()

        assert folder.exists()


def test_private_folder_is_kept_while_a_child_process_holds_its_lock(scratch: Path) -> None:
    with create_private_folder() as folder:
        child = subprocess.Popen(["sleep", "60"], pass_fds=get_held_locks())
        kept = folder.rename(scratch / "adobe-flow-kept")
        folder.mkdir()
    remove_abandoned_folders()
    assert kept.exists()
    child.kill()
    child.wait()

    remove_abandoned_folders()

    assert list(scratch.iterdir()) == []


def test_folder_that_is_not_ours_is_kept(scratch: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / ".lock").touch()
    (scratch / "adobe-flow-link").symlink_to(elsewhere)
    (scratch / "adobe-flow-file").touch()
    (scratch / "adobe-flow-without-lock").mkdir()
    (scratch / "another").mkdir()
    (scratch / "another" / ".lock").touch()

    remove_abandoned_folders()

    assert len(list(scratch.iterdir())) == 4
    assert (elsewhere / ".lock").exists()
