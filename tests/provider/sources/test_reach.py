"""How far programs can go with each source."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_adobe.sources import connection_specs
from pulumi_adobe.sources.reach import get_example, get_reach

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.mark.parametrize("source", sorted(connection_specs()))
def test_source_without_base_connections_is_supported_up_to_another_resource(source: str) -> None:
    spec = connection_specs()[source]

    assert spec.source_connection.has_base_connection or get_reach(spec) != "base connection"


@pytest.mark.parametrize("source", ["databricks", "amazon-s3"])
def test_table_and_file_sources_are_supported_up_to_a_dataflow(source: str) -> None:
    assert get_reach(connection_specs()[source]) == "dataflow"


@pytest.mark.parametrize("source", sorted(connection_specs()))
def test_example_program_of_a_source_exists(source: str) -> None:
    example = get_example(connection_specs()[source])

    assert not example or (EXAMPLES / example / "__main__.py").is_file()
