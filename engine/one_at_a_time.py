"""One set-up at a time in one clone."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.project import Project


@contextmanager
def one_at_a_time(project: Project) -> Iterator[None]:
    """Wait for another set-up of this clone, if one is going on; the system frees the lock of one that died."""
    project.tools.mkdir(exist_ok=True)
    with (project.tools / "set-up.lock").open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another set-up of this clone is going on; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
