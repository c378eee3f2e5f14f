"""The files of a Pulumi project. Pulumi: "Pulumi project file reference", `stackConfigDir`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from adobe_flow.documents import MAX_NESTING, is_nested_deeper
from adobe_flow.problem import Problem


def find_project_file(folder: Path) -> Path | None:
    """Return the project's own file in this folder or the nearest one above it, where Pulumi looks; None if absent."""
    folders = (folder, *folder.absolute().parents)
    files = (folder / name for folder in folders for name in ("Pulumi.yaml", "Pulumi.yml"))
    return next((file for file in files if file.is_file()), None)


def find_stack_folder(folder: Path) -> Path:
    """Return the folder of the stacks' files: the project's folder, unless its file names another one."""
    file = find_project_file(folder)
    try:
        project = read_yaml(file) if file else {}
    except Problem:
        project = {}
    # `config: <folder>` is how older projects name it.
    names = (project.get("stackConfigDir"), project.get("config"))
    subfolder = next((name for name in names if isinstance(name, str) and name.isprintable()), "")
    return (file.parent if file else folder) / subfolder


def find_stack_file(folder: Path, stack: str) -> Path:
    """Return the file of a stack, whether it exists yet or not. It ends like the project's own."""
    project = find_project_file(folder)
    ending = project.suffix if project else ".yaml"
    # A name may have the organization and the project before it.
    return find_stack_folder(folder) / f"Pulumi.{stack.rpartition('/')[2]}{ending}"


def read_yaml(file: Path) -> Mapping[str, Any]:
    """Return the object that the file holds; an empty one where it holds something else.

    Raises:
        Problem: It is no YAML. The message has no line of the file, which YAML's own errors quote.
    """
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise Problem(f"{file.name}{where} cannot be read: it is not YAML.", "Correct it, or restore it.") from None
    if is_nested_deeper(document, MAX_NESTING):
        raise Problem(f"{file.name} cannot be read: its nesting is too deep.", "Correct it, or restore it.")
    return document if isinstance(document, Mapping) else {}
