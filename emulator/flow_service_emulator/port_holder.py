"""The process that holds a port, for the error message of a start that finds it taken."""

from __future__ import annotations

from pathlib import Path

_PROC = Path("/proc")
_LISTENING = "0A"
_MAX_LENGTH = 200


def find_port_holder(port: int) -> str:
    """Return pid and command of the process that listens on a port; an empty text if this user cannot see it."""
    inodes = {f"socket:[{inode}]" for inode in _list_socket_inodes(port)}
    for process in _PROC.glob("[0-9]*") if inodes else ():
        if _holds_socket(process, inodes):
            command = (
                (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()[:_MAX_LENGTH]
            )
            return f"pid {process.name} ({command})"
    return ""


def _list_socket_inodes(port: int) -> set[str]:
    inodes = set()
    for table in ("net/tcp", "net/tcp6"):
        try:
            lines = (_PROC / table).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for fields in (line.split() for line in lines):
            if fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(fields[9])
    return inodes


def _holds_socket(process: Path, inodes: set[str]) -> bool:
    try:
        return any(str(entry.readlink()) in inodes for entry in (process / "fd").iterdir())
    except OSError:
        return False
