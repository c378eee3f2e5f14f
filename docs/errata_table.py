"""The table of docs/explanation/contract.md: where Adobe's OpenAPI and another document of Adobe's disagree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ERRATA: Final = Path(__file__).parents[1] / "tests" / "contract" / "errata.json"


def build_errata_table() -> str:
    """Return the table in Markdown, one line per erratum."""
    return "".join(f"{line}\n" for line in _build_lines())


def _build_lines() -> Iterator[str]:
    yield "| erratum | operations | what the OpenAPI does | the document that contradicts it | what this project does |"
    yield "|---|---|---|---|---|"
    for erratum in json.loads(ERRATA.read_text("utf-8")):
        operations = "<br>".join(operation.replace("*", r"\*") for operation in erratum["operations"])
        cells = (operations, erratum["openapi"], erratum["document"], erratum["stance"])
        yield f"| {erratum['name']} | {' | '.join(cells)} |"
