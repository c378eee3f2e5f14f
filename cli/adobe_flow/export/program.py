"""The Python program that declares what was exported, as `ruff format` and `mypy --strict` want it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from adobe_flow.export.collect import SandboxExport
from adobe_flow.export.declaration import KINDS, Declaration
from adobe_flow.export.expressions import format_lines, list_calls
from adobe_flow.export.literals import WIDTH
from adobe_flow.export.naming import build_variable

MODULE_KEY: Final = "exportedFrom"
"""The config key that says which sandbox's resources a stack declares, if the program has several."""

_HEAD: Final = '''\
"""Connections and dataflows of Adobe Experience Platform, as `adobe-flow export` found them{place}."""

from __future__ import annotations
'''
_SWITCH: Final = '''\
"""Declares the connections and dataflows of one sandbox, as `adobe-flow export` found them.

The stack's config says of which one: `{key}`.
"""

from __future__ import annotations

from importlib import import_module

import pulumi

MODULES = {{
{modules}}}
"""The module with the resources of each sandbox."""

import_module(MODULES[pulumi.Config().require("{key}")])
'''


def write_program(
    exports: Sequence[SandboxExport], *, is_single: bool, package: str = "pulumi_adobe"
) -> dict[str, str]:
    """Return the text of each file of the program, by its name. It imports the classes from ``package``.

    The resources of a single sandbox are in the program itself. Those of several are in a module each, of which the
    program imports the one that the stack's config names.
    """
    if is_single:
        return {"__main__.py": _write_module(exports[0], "", package)}
    modules = {export.sandbox: build_module_name(export.sandbox) for export in exports}
    entries = "".join(f'    "{sandbox}": "{module}",\n' for sandbox, module in modules.items())
    return {
        "__main__.py": _SWITCH.format(key=MODULE_KEY, modules=entries),
        **{
            f"{modules[export.sandbox]}.py": _write_module(export, f" in the sandbox {export.sandbox}", package)
            for export in exports
        },
    }


def build_module_name(sandbox: str) -> str:
    """Return the name of the module with the resources of a sandbox, whose name has letters, digits and hyphens."""
    return f"sandbox_{re.sub('[^a-z0-9]', '_', sandbox.lower())}"


def _write_module(export: SandboxExport, place: str, package: str) -> str:
    declarations = [declaration for kind in KINDS for declaration in export.list_of(kind)]
    calls = {call.function for declaration in declarations for call in list_calls(declaration.call)}
    parts = [_HEAD.format(place=place), *_write_imports(calls, package)]
    if any(function.startswith("config.") for function in calls):
        parts.append("config = pulumi.Config()\n")
    used_ids = {id_ for declaration in declarations for id_ in declaration.uses}
    statements = [
        line
        for declaration in declarations
        for line in _write_statement(declaration, is_used=declaration.id in used_ids)
    ]
    return "\n".join([*parts, *(["\n".join([*statements, ""])] if statements else [])])


def _write_imports(functions: set[str], package: str) -> Iterator[str]:
    if any(function.startswith("config.") for function in functions):
        yield "import pulumi\n"
    # A short form such as `Schedule.daily` belongs to a class.
    names = sorted({function.split(".")[0] for function in functions} - {"config"}, key=_sort_as_ruff)
    if names:
        line = f"from {package} import {', '.join(names)}\n"
        indented = "".join(f"    {name},\n" for name in names)
        yield line if len(line) <= WIDTH + 1 else f"from {package} import (\n{indented})\n"


def _sort_as_ruff(name: str) -> tuple[bool, str]:
    """Return the key by which ruff sorts imported names: classes come before functions."""
    return name[0].islower(), name


def _write_statement(declaration: Declaration, *, is_used: bool) -> list[str]:
    before = f"{build_variable(declaration.resource)} = " if is_used else ""
    return format_lines(before, declaration.call, "", 0)
