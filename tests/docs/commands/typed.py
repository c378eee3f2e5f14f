"""The commands that the pages tell people to type."""

from __future__ import annotations

import re
from pathlib import Path

from tests.docs.test_links import PAGES, ROOT

TUTORIAL = "docs/tutorial.md"
"""The page whose commands belong together: test_tutorial.py types them in one shell."""
_BLOCK = re.compile(r"^[ ]*```console\n(.*?)^[ ]*```", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"^[ ]*\$ ((?:.*\\\n)*.*)$", re.MULTILINE)


def typed(page: str) -> list[str]:
    """Those of one page, in order; a line that ends with a backslash goes on."""
    text = (ROOT / page).read_text("utf-8")
    return [command for block in _BLOCK.findall(text) for command in _COMMAND.findall(block)]


def pages() -> list[str]:
    """The pages that have some, and whose commands are typed one by one."""
    return [page for page in PAGES if typed(page) and page != TUTORIAL]


def named(page: str) -> str:
    """A page as a test's id."""
    return str(Path(page).with_suffix(""))
