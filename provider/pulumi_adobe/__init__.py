"""Adobe Experience Platform's data-source connections, declared with Pulumi.

The names are those of `__init__.pyi`. A program and the plugin import what they use, and most use one or two.
"""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

from pulumi_adobe.version import VERSION

__version__ = VERSION

_STUB = Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8")
_WHERE = {
    name.name: str(line.module)
    for line in ast.parse(_STUB).body
    if isinstance(line, ast.ImportFrom)
    for name in line.names
}

__all__ = sorted(_WHERE)  # noqa: PLE0605 - type checkers read the stub, which names them one by one


def __getattr__(name: str) -> object:
    """Import what is asked for the first time (PEP 562)."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_WHERE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
