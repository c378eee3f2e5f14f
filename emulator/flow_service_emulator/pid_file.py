"""The pid file: which process serves, and where; two lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flow_service_emulator.database import make_private

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Noted:
    """What a pid file says."""

    pid: int
    url: str


def write(path: Path, pid: int, url: str) -> None:
    """Note the process; whoever stood there is gone, or the data file would have been refused."""
    make_private(path)
    path.write_text(f"{pid}\n{url}\n", encoding="utf-8")


def read(path: Path) -> Noted | None:
    """What is noted, or None where nothing is that makes sense."""
    try:
        pid, url = path.read_text(encoding="utf-8").split()
        return Noted(int(pid), url)
    except (OSError, ValueError):
        return None


def remove(path: Path, pid: int) -> None:
    """Take the note away, if it is about that process."""
    noted = read(path)
    if noted is None or noted.pid == pid:
        path.unlink(missing_ok=True)
