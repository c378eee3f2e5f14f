"""The files of an export, by their names in the folder, and how they are written."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from adobe_flow.export.declaration import Declaration
from adobe_flow.export.import_file import build_import_file
from adobe_flow.export.program import MODULE_KEY, write_program
from adobe_flow.export.project_files import (
    SCRIPT_HEAD,
    build_project_files,
    build_secrets_script,
    merge_stack_config,
)
from adobe_flow.export.readme import build_readme
from adobe_flow.export.stack_config import build_stack_config, list_secret_commands
from adobe_flow.export.target import StackTarget
from adobe_flow.files import write_files
from adobe_flow.problem import Problem
from pulumi_adobe.plugin.state_format import DYNAMIC, NATIVE

README: Final = "README.md"
_ADOPTION: Final = "adoption.json"
_SCRIPT: Final = "set-secrets.sh"


@dataclass(frozen=True)
class ExportFiles:
    """The texts of an export.

    Attributes:
        text: The program or the stack config, as it is printed if no folder is named.
        commands: The commands that fill in what nobody can read back.
        own: The files that the export writes, by their names; a file that exists is replaced with `--force` only.
        preserved: The files of the project, by their names; one that exists stays as it is.
        merged: The stacks' files, by their names; they keep what they have.
    """

    text: str
    commands: Sequence[str]
    own: Mapping[str, str] = field(repr=False)
    preserved: Mapping[str, str] = field(default_factory=dict, repr=False)
    merged: Mapping[str, str] = field(default_factory=dict, repr=False)

    def write(self, folder: Path, *, force: bool) -> list[str]:
        """Write all files, and return their paths. Raises Problem if one exists that is not to be replaced."""
        existing = [name for name in self.own if (folder / name).exists()]
        if existing and not force:
            raise Problem(
                f"{folder} has {', '.join(existing)} already. Nothing was written.",
                "Name another folder, or give --force.",
            )
        new = {name: text for name, text in self.preserved.items() if not (folder / name).exists()}
        files = {folder / name: text for name, text in {**self.own, **new, **self.merged}.items()}
        for parent in {file.parent for file in files}:
            parent.mkdir(parents=True, exist_ok=True)
        write_files(files)
        return [str(file) for file in files]


def build_program_files(
    targets: Sequence[StackTarget], folder: Path, *, is_single: bool, is_native: bool = False
) -> ExportFiles:
    """Return the files of a program: with import files, stacks' config, scripts for the secrets and a README.

    With ``is_native``, the declarations are those of the native provider.
    """
    package, state_format = ("pulumi_adobe.native", NATIVE) if is_native else ("pulumi_adobe", DYNAMIC)
    program = write_program([target.export for target in targets], is_single=is_single, package=package)
    own = {**program, README: build_readme(targets, is_single=is_single, is_native=is_native)}
    merged: dict[str, str] = {}
    for target in targets:
        extra = {} if is_single else {MODULE_KEY: target.export.sandbox}
        own[target.import_file] = build_import_file(target, state_format)
        own[target.secrets_script] = build_secrets_script(target)
        own[target.adoption_file] = _format_adoption_ids(target.export.declarations)
        file = target.find_config_file(folder)
        # `stackConfigDir` may name a folder elsewhere.
        merged[os.path.relpath(file, folder)] = merge_stack_config(file, target.build_config(extra))
    commands = [command for target in targets for command in target.secret_commands]
    project_files = build_project_files(targets[0].project, is_native=is_native) if targets else {}
    return ExportFiles("\n".join(program.values()), commands, own, project_files, merged)


def build_config_files(connections: Sequence[Declaration]) -> ExportFiles:
    """Return the files of this project's own stack config: with the ids to adopt, and a script for the secrets."""
    commands = list_secret_commands(connections)
    text = build_stack_config(connections)
    script = "".join(f"{command}\n" for command in commands)
    own = {"connections.yaml": text, _ADOPTION: _format_adoption_ids(connections), _SCRIPT: SCRIPT_HEAD + script}
    return ExportFiles(text, commands, own)


def _format_adoption_ids(declarations: Sequence[Declaration]) -> str:
    """Return the text of the file that says which entity each resource is, for `adobe-flow adopt --map-file`."""
    return json.dumps({declaration.resource: declaration.id for declaration in declarations}, indent=2) + "\n"
