"""The Python SDK as this repository keeps it: Pulumi's generated code, with cheaper imports and no other dependencies.

A program pays for each import in every command. The generated package imports all of its modules, and parses its own
version with a library that is slow to import.
"""

from __future__ import annotations

import ast
import hashlib
import re
from typing import TYPE_CHECKING

from engine.messages import Problem

if TYPE_CHECKING:
    from pathlib import Path

_LEFT_OUT = ("pulumi-plugin.json", "README.md")
"""What would describe a distribution of its own: the package has one file `pulumi-plugin.json` already."""

_DIGEST = "# Generated from the package schema with the SHA-256 "
_VERSION_IMPORTS = "from semver import VersionInfo as SemverVersion\nfrom parver import Version as PEP440Version\n"
_OWN_IMPORTS = "from semver import VersionInfo as SemverVersion\n\nfrom pulumi_adobe.version import VERSION\n"
_OLD_TYPING = re.compile(
    r"if sys\.version_info >= \(3, 11\):\n    from typing import .*\nelse:\n    from typing_ext.*\n"
)
_STAR_IMPORT = re.compile(r"^from \.(\w+) import \*\n", re.MULTILINE)
_LAZY = '''

def __getattr__(name: str) -> object:
    """Import what is asked for the first time."""
    if name not in _MODULES:
        raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")
    import importlib

    value = getattr(importlib.import_module(f"{{__name__}}.{{_MODULES[name]}}"), name)
    globals()[name] = value
    return value


_MODULES = {modules}

__all__ = list(_MODULES)
'''


def adopt_python_sdk(generated: Path, schema: bytes, target: Path) -> None:
    """Replace the package in ``target`` by the generated one."""
    files = {file.relative_to(generated): file.read_text("utf-8") for file in generated.rglob("*") if file.is_file()}
    kept = {path: text for path, text in files.items() if path.name not in _LEFT_OUT}
    for old_file in target.rglob("*.py*"):
        old_file.unlink()
    for path, text in kept.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(_adapt_generated_file(path.as_posix(), text, kept, schema), "utf-8")


def _adapt_generated_file(path: str, text: str, files: dict[Path, str], schema: bytes) -> str:
    if path == "_utilities.py":
        return _use_own_version(text)
    if path == "__init__.py":
        return _replace_star_imports(text, files, schema)
    return _OLD_TYPING.sub("", text) if "NotRequired[" not in text else text


def _use_own_version(text: str) -> str:
    begin, end = text.find("def _get_semver_version"), text.find("def get_resource_opts_defaults")
    if _VERSION_IMPORTS not in text or begin < 0 or end < begin:
        raise Problem("Pulumi's generator writes another _utilities.py than engine/python_sdk.py expects. Adapt it.")
    text = f"{text[:begin]}_version = SemverVersion.parse(VERSION)\n_version_str = VERSION\n\n{text[end:]}"
    return text.replace(_VERSION_IMPORTS, _OWN_IMPORTS).replace("import importlib.metadata\n", "")


def _replace_star_imports(text: str, files: dict[Path, str], schema: bytes) -> str:
    modules = _STAR_IMPORT.findall(text)
    by_file = {path.as_posix(): content for path, content in files.items()}
    names = {name: module for module in modules for name in _list_public_names(by_file[f"{module}.py"])}
    typed = "".join(f"    from .{module} import *\n" for module in modules)
    first = _STAR_IMPORT.search(text)
    if first is None:
        raise Problem("Pulumi's generator writes another __init__.py than engine/python_sdk.py expects. Adapt it.")
    eager = f"if typing.TYPE_CHECKING:\n{typed}"
    body = _STAR_IMPORT.sub("", text[: first.start()]) + eager + _STAR_IMPORT.sub("", text[first.start() :])
    table = "{\n" + "".join(f'    "{name}": "{module}",\n' for name, module in names.items()) + "}"
    return body + _LAZY.format(modules=table) + f"\n{_DIGEST}{hashlib.sha256(schema).hexdigest()}\n"


def _list_public_names(source: str) -> list[str]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return [str(name) for name in ast.literal_eval(node.value)]
    return []
