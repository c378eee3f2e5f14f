"""`.tools/bin`: links to the Pulumi CLI that was chosen and to its own hosts beside it, nothing else of its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.cli import HOST
from engine.wrappers import DYNAMIC_PROVIDER

if TYPE_CHECKING:
    from pathlib import Path

_BESIDE = (HOST, f"{HOST}-exec", DYNAMIC_PROVIDER)


def link(folder: Path, cli: Path) -> bool:
    """Make the links; whether another CLI was linked before."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {"pulumi": cli}
    # The engine takes its own host for the one beside the real file, wherever a link leads.
    beside = cli.resolve().parent
    wanted.update({name: beside / name for name in _BESIDE if (beside / name).exists()})
    before = {file.name: file.readlink() for file in folder.iterdir() if file.is_symlink()}
    if before == wanted:
        return False
    for file in folder.iterdir():
        file.unlink()
    for name, target in wanted.items():
        (folder / name).symlink_to(target)
    return True
