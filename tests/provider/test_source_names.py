"""The names of the sources as a `Literal` type: generated from the catalogue, and refused by a type checker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docs.source_names import SOURCE_NAMES, build_source_names

PROGRAM = """
from pulumi_adobe import Auth, BaseConnection, SourceConnection, connection_spec, find_connection

BaseConnection("one", source="snowflak", auth=Auth("KeyPair Authentication", {}))
connection_spec("snowflak")
find_connection("one", source="snowflak")
SourceConnection("one", base_connection="id", source="snowflak")
SourceConnection("two", source="data-landing-zone", path="orders", format="json")
BaseConnection("two", source="snowflake", auth=Auth("KeyPair Authentication", {}))
"""


def test_module_is_generated_from_the_catalogue() -> None:
    assert SOURCE_NAMES.read_text("utf-8") == build_source_names()


@pytest.mark.slow
def test_type_checker_refuses_a_source_that_the_catalogue_lacks(tmp_path: Path) -> None:
    program = tmp_path / "__main__.py"
    program.write_text(PROGRAM, "utf-8")

    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", program.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    refused_lines = {line.split(":")[1] for line in checked.stdout.splitlines() if "snowflak'" in line}
    assert refused_lines == {"4", "5", "6", "7"}, checked.stdout
