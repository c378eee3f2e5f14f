"""The page about files, REST and streaming sources shows parts of the program that a test runs."""

from __future__ import annotations

import re
from pathlib import Path

from pulumi_adobe.sources import connection_specs

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "files-rest-and-streams.md").read_text(encoding="utf-8")
PROGRAM = (ROOT / "examples" / "families" / "__main__.py").read_text(encoding="utf-8")


def test_each_snippet_of_the_page_is_a_part_of_the_example() -> None:
    snippets = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

    assert len(snippets) > 5
    assert [snippet for snippet in snippets if snippet not in PROGRAM] == []


def test_example_has_a_source_of_each_family_except_tables() -> None:
    kinds = {spec.source_connection.kind for spec in connection_specs().values()}
    used = set(re.findall(r'source="([\w-]+)"', PROGRAM))

    assert {connection_specs()[name].source_connection.kind for name in used} == kinds - {"table"}
