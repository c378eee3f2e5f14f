"""The pages of docs/policies as programs: their common beginning, and the examples that rules refuse and take."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

from tests.stack.project import PROGRAMS, ROOT

PACK: Final = ROOT / "policy"
PAGES: Final = ROOT / "docs" / "policies"
_BLOCK: Final = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def read_page(rule: str) -> str:
    """Return the text of a rule's page."""
    return (PAGES / f"{rule}.md").read_text("utf-8")


def read_refused_example(rule: str) -> str:
    """Return the example that the rule refuses."""
    return _examples(rule)[0]


def read_accepted_example(rule: str) -> str:
    """Return the example that the rule accepts."""
    return _examples(rule)[1]


def list_resource_names(example: str) -> set[str]:
    """Return the names of the resources of an example; `place` puts a word before the sandbox."""
    calls = re.findall(r'(\w+)\(\s*"([\w-]+)"', example)
    return {f"place-{name}" if function == "place" else name for function, name in calls}


def read_new_rule() -> str:
    """Return the file of "Add a rule"."""
    return _blocks((PAGES / "README.md").read_text("utf-8"))[0]


def write_program(folder: Path, examples: list[str], *, adapter: str = "dynamic") -> Path:
    """Write a program of the pages' common beginning, or of one for the native provider, and these examples."""
    native = Path(__file__).with_name("native_beginning.py")
    is_native = adapter == "native"
    beginning = native.read_text("utf-8") if is_native else _blocks((PAGES / "README.md").read_text("utf-8"))[-1]
    folder.mkdir()
    (folder / "__main__.py").write_text("\n\n".join([beginning, *examples]), encoding="utf-8")
    shutil.copy(PROGRAMS / "shared" / "cluster.py", folder)
    shutil.copy(PROGRAMS / "shared" / "pulumi_databricks.py", folder)
    return folder


def _examples(rule: str) -> tuple[str, str]:
    first, second = _blocks(read_page(rule))
    return first, second


def _blocks(text: str) -> list[str]:
    return list(_BLOCK.findall(text))
