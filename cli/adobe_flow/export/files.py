"""The files of an export: the program or the config, which connection each resource is, and the secrets to fill in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adobe_flow.export.collect import Export
from adobe_flow.export.program import program
from adobe_flow.export.stack_config import commands, stack_config
from adobe_flow.files import write_files
from adobe_flow.problem import Problem

ADOPTION: Final = "adoption.json"
_SECRETS: Final = "set-secrets.sh"
_SCRIPT: Final = """\
#!/bin/sh
# Each command asks for its value, so that it stands neither here nor in the shell's history; -x says for which.
set -ex
"""


@dataclass(frozen=True)
class Texts:
    """``main`` is the program or the config; ``commands`` fill in what nobody can read back."""

    main: str
    commands: Sequence[str]
    as_config: bool

    def write(self, folder: Path, export: Export, *, force: bool) -> list[str]:
        """Write them all, or, where one is there and is not to be replaced, none (Problem). Gives their paths."""
        ids = {each.resource: each.entity["id"] for each in export.connections}
        files = {
            "connections.yaml" if self.as_config else "__main__.py": self.main,
            ADOPTION: json.dumps(ids, indent=2) + "\n",
            _SECRETS: _SCRIPT + "".join(f"{command}\n" for command in self.commands),
        }
        _require_free(folder, files, force=force)
        folder.mkdir(parents=True, exist_ok=True)
        write_files({folder / name: content for name, content in files.items()})
        return [str(folder / name) for name in files]


def texts(export: Export, *, as_config: bool, several: bool) -> Texts:
    """What an export comes to."""
    if as_config:
        return Texts(stack_config(export.connections), commands(export.connections), as_config)
    used, keys = [each.sandbox for each in export.connections], export.keys
    main = program(export.connections, keys, list(dict.fromkeys(used)) if several else [])
    return Texts(main, [f"pulumi config set --secret {key}" for key in keys.values()], as_config)


def _require_free(folder: Path, files: Mapping[str, str], *, force: bool) -> None:
    there = [name for name in files if (folder / name).exists()]
    if there and not force:
        raise Problem(
            f"{folder} has {', '.join(there)} already. Nothing was written.", "Name another folder, or give --force."
        )
