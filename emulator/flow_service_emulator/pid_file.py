"""The pid file: two lines with the process and its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flow_service_emulator.database import make_private

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class ProcessRecord:
    """The content of a pid file."""

    pid: int
    url: str


def write(path: Path, pid: int, url: str) -> None:
    """Write the process, in the place of one that is gone, for the data file admits only one."""
    make_private(path)
    path.write_text(f"{pid}\n{url}\n", encoding="utf-8")


def read(path: Path) -> ProcessRecord | None:
    """Return the content; None if there is no valid one."""
    try:
        pid, url = path.read_text(encoding="utf-8").split()
        return ProcessRecord(int(pid), url)
    except (OSError, ValueError):
        return None


def remove(path: Path, pid: int) -> None:
    """Remove the file, if it names that process."""
    noted = read(path)
    if noted is None or noted.pid == pid:
        path.unlink(missing_ok=True)
