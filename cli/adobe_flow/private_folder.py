"""Temporary folders that only the user can read, and that do not stay behind when a process is killed.

Each folder has a lock file. The processes that use the folder hold its lock: this one, and the children that inherit
the descriptor. The system frees the lock when the last of them is gone, however it ended, and the next start of the
command line removes the folder.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

if sys.platform != "win32":
    import fcntl

_PREFIX: Final = "adobe-flow-"
_LOCK: Final = ".lock"
_HELD: Final[set[int]] = set()


@contextmanager
def create_private_folder() -> Iterator[Path]:
    """Create a folder of mode 0700, and remove it afterwards, whatever happens."""
    with TemporaryDirectory(prefix=_PREFIX) as name:
        folder = Path(name)
        descriptor = _lock(folder, os.O_CREAT | os.O_EXCL)
        if descriptor is None:
            yield folder
            return
        _HELD.add(descriptor)
        try:
            yield folder
        finally:
            _HELD.discard(descriptor)
            os.close(descriptor)


def get_held_locks() -> tuple[int, ...]:
    """Return the descriptors that a child process inherits, so that the folder stays as long as the child."""
    return tuple(_HELD)


def remove_abandoned_folders() -> None:
    """Remove the folders of processes that are gone. What cannot be removed stays."""
    if sys.platform == "win32":
        return
    with suppress(OSError), os.scandir(gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and _is_own_folder(entry):
                _remove_if_abandoned(Path(entry.path))


def _is_own_folder(entry: os.DirEntry[str]) -> bool:
    if sys.platform == "win32":
        return False
    with suppress(OSError):
        status = entry.stat(follow_symlinks=False)
        return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
    return False


def _remove_if_abandoned(folder: Path) -> None:
    with suppress(OSError):
        descriptor = _lock(folder)
        if descriptor is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(descriptor)


def _lock(folder: Path, flags: int = 0) -> int | None:
    """Return the descriptor that holds the folder's lock. Raises `OSError` if there is no lock, or another holds it."""
    if sys.platform == "win32":
        return None
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
