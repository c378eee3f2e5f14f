"""How far programs can go with each source."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_adobe.sources import connection_specs
from pulumi_adobe.sources.reach import get_example, get_reach

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.mark.parametrize("source", sorted(connection_specs()))
def test_source_without_base_connection_goes_further_than_one(source: str) -> None:
    spec = connection_specs()[source]

    assert spec.source_connection.has_base_connection or get_reach(spec) != "base connection"


@pytest.mark.parametrize("source", ["databricks", "amazon-s3"])
def test_tables_and_files_go_as_far_as_a_dataflow(source: str) -> None:
    assert get_reach(connection_specs()[source]) == "dataflow"


@pytest.mark.parametrize("source", sorted(connection_specs()))
def test_example_is_there(source: str) -> None:
    example = get_example(connection_specs()[source])

    assert not example or (EXAMPLES / example / "__main__.py").is_file()
