"""The folder `.tools/bin`: links to the chosen Pulumi CLI and to its own hosts, nothing else of its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.cli import HOST
from engine.wrappers import DYNAMIC_PROVIDER

if TYPE_CHECKING:
    from pathlib import Path

_HOSTS = (HOST, f"{HOST}-exec", DYNAMIC_PROVIDER)


def link_cli_into_bin(folder: Path, cli: Path) -> bool:
    """Create the links to the CLI in `.tools/bin`, and return whether the folder had other links before."""
    folder.mkdir(parents=True, exist_ok=True)
    links = {"pulumi": cli}
    # The engine uses the host that is beside the real file, wherever a link leads.
    cli_folder = cli.resolve().parent
    links.update({name: cli_folder / name for name in _HOSTS if (cli_folder / name).exists()})
    old_links = {file.name: file.readlink() for file in folder.iterdir() if file.is_symlink()}
    if old_links == links:
        return False
    for file in folder.iterdir():
        file.unlink()
    for name, target in links.items():
        (folder / name).symlink_to(target)
    return True
