"""The files beside the program: the project's, each stack's config, and the scripts that ask for the secrets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

from adobe_flow.export.target import StackTarget
from adobe_flow.pulumi_cli.project import read_yaml

PROJECT_FILE: Final = "Pulumi.yaml"
_PROJECT: Final = """\
name: {name}
description: Connections and dataflows of Adobe Experience Platform
runtime:
  name: python
  options:
    toolchain: pip
    virtualenv: .venv
"""
NATIVE_PLUGIN: Final = """\
plugins:
  providers:
    - name: adobe
      path: .venv/bin
"""
"""What the project file of a native program says: where Pulumi finds the provider."""

_REQUIREMENTS: Final = """\
pulumi>=3.259,<4
pulumi-adobe
"""
_RUFF: Final = """\
line-length = 120

[lint]
# The program marks the texts in which ruff would see a mistake.
extend-select = ["S104", "S108"]

[lint.isort]
known-first-party = ["pulumi_adobe"]
"""
SCRIPT_HEAD: Final = """\
#!/bin/sh
# Each command asks for its value, so that it stands neither here nor in the shell's history; -x says for which.
set -ex
"""


def build_project_files(project: str, *, is_native: bool = False) -> dict[str, str]:
    """Return the text of each file that a new project needs, by its name. A project that exists keeps its own."""
    plugin = NATIVE_PLUGIN if is_native else ""
    return {PROJECT_FILE: _PROJECT.format(name=project) + plugin, "requirements.txt": _REQUIREMENTS, "ruff.toml": _RUFF}


def build_secrets_script(target: StackTarget) -> str:
    """Return the script that asks for the secrets of a stack."""
    return SCRIPT_HEAD + "".join(f"{command}\n" for command in target.secret_commands)


def merge_stack_config(file: Path, config: Mapping[str, str]) -> str:
    """Return the text of a stack's file with these values.

    What the file has already stays as it is, comments and encrypted values included: a person may have filled it in.

    Args:
        file: The stack's file, whether it exists or not.
        config: The values by their keys, namespaces included.
    """
    if not file.exists():
        return _dump_yaml({"config": dict(config)})
    existing = read_yaml(file)
    present = existing.get("config")
    present = present if isinstance(present, Mapping) else {}
    missing = {key: value for key, value in config.items() if key not in present}
    text = file.read_text("utf-8")
    if not missing:
        return text
    lines = text.splitlines()
    if "config:" not in lines:
        return _dump_yaml({**existing, "config": {**present, **missing}})
    indent = next((len(line) - len(line.lstrip()) for line in lines[lines.index("config:") + 1 :] if line.strip()), 0)
    added = [" " * (indent or 2) + line for line in _dump_yaml(missing).splitlines()]
    position = lines.index("config:") + 1
    return "\n".join([*lines[:position], *added, *lines[position:], ""])


def _dump_yaml(value: Mapping[str, object]) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)
    return text
