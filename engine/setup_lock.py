"""The lock that allows one set-up at a time in one clone."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.messages import print_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.project import Project


@contextmanager
def hold_setup_lock(project: Project) -> Iterator[None]:
    """Hold the lock, and wait for another set-up of this clone first. The system frees the lock of one that died."""
    project.tools.mkdir(exist_ok=True)
    with (project.tools / "set-up.lock").open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print_message("Another set-up of this clone is running; waiting for its end.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
