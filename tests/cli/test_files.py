"""A file is written whole or not at all, also on a full disk; what somebody else has changed is not overwritten."""

from __future__ import annotations

import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adobe_flow.files import replace_file, write_files
from adobe_flow.problem import Problem

FULL = 1000


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may become longer than `FULL` bytes, which the system refuses as it refuses a write to a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_either_all_files_are_written_or_none(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("before")

    with full_disk(), pytest.raises(Problem) as problem:
        write_files({one: "after", other: "x" * 2 * FULL})

    assert str(other) in problem.value.message
    assert [file.name for file in tmp_path.iterdir()] == ["one"]
    assert one.read_text() == "before"


def test_replaced_file_keeps_its_mode_and_its_symbolic_link(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.touch(mode=0o640)
    file.chmod(0o640)
    link.symlink_to(file)

    write_files({link: "after"})

    assert (link.is_symlink(), file.read_text(), stat.S_IMODE(file.stat().st_mode)) == (True, "after", 0o640)


def test_private_file_has_private_mode_and_a_device_file_is_not_replaced(tmp_path: Path) -> None:
    write_files({tmp_path / "file": "text"}, private=True)
    write_files({Path("/dev/null"): "text"})

    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize(("before", "now"), [(b"read", b"edited"), (None, b"edited")])
def test_file_changed_since_it_was_read_is_not_overwritten(tmp_path: Path, before: bytes | None, now: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(now)

    with pytest.raises(Problem, match="has changed"):
        replace_file(file, before, b"mine")

    assert file.read_bytes() == now
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("before", [b"read", None])
def test_unchanged_file_is_replaced(tmp_path: Path, before: bytes | None) -> None:
    file = tmp_path / "file"
    if before is not None:
        file.write_bytes(before)

    replace_file(file, before, b"mine")

    assert file.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [file]


def test_full_disk_keeps_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"before")

    with full_disk(), pytest.raises(Problem, match="cannot be written"):
        replace_file(file, b"before", b"x" * 2 * FULL)

    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]
